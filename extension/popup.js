// The pop-up: shows what would be reported, and opens the form with it. It keeps and sends nothing;
// its only request is for the file beside it that names the centre.
import { filled, judged } from "./report.js";

const part = (id) => document.getElementById(id);
const centre = await (await fetch("centre.json")).json();
const language = chrome.i18n.getMessage("language");
const inWords = (words) => words[language] ?? words.en;
const name = inWords(centre.name);
const form = inWords(centre.form);

document.documentElement.lang = language;
for (const each of document.querySelectorAll("[data-says]")) {
  each.textContent = chrome.i18n.getMessage(each.dataset.says, name);
}
for (const { code, label } of centre.kinds) part("kind").add(new Option(inWords(label), code));
part("form").href = form;

const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
const { address, refused } = judged(tab);
if (refused) {
  part("refused").textContent = chrome.i18n.getMessage(refused);
  part("refused").hidden = false;
  part("form").hidden = false;
} else {
  part("title").textContent = tab.title || "–";
  part("address").textContent = address;
  part("private").hidden = !tab.incognito;
  part("report").hidden = false;
  part("report").addEventListener("submit", async (event) => {
    event.preventDefault();
    // In the same window: what was seen in a private one goes to no other.
    const url = filled(form, address, part("kind").value);
    await chrome.tabs.create({ url, index: tab.index + 1, windowId: tab.windowId });
    close();
  });
  part("kind").focus();
  if (centre.staff) {
    const { offer } = await import("./fingerprint.js"); // of the package for analysts alone
    offer(part("analyst"), tab, address, centre.staff);
    part("analyst").hidden = false;
  }
}
document.documentElement.dataset.ready = "";
