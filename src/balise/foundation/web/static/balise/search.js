// Search or act, with Ctrl+K: what this page can do is listed here, all else is asked of the server.
// Focus moves through the results; a letter typed on one goes to the words again.
const dialog = document.getElementById("search");
const form = dialog.querySelector("form");
const words = document.getElementById("search-words");
const here = document.getElementById("search-here");
const found = document.getElementById("search-found");
const PAUSE = 150;
const DOABLE = "main [data-key], main .head-actions :is(a, button), main button[type=submit]";
let waiting = 0;
let asked = null;
let enter = false;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const results = () => [...dialog.querySelectorAll("#search-here button, #search-found a")];

function nameOf(target) {
  const copy = (target.labels?.[0] ?? target).cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return target.ariaLabel ?? copy.textContent.replace(/\s+/g, " ").trim();
}

function listDoable() {
  const wanted = plain(words.value).split(/\s+/).filter(Boolean);
  const doable = new Map();
  for (const target of document.querySelectorAll(DOABLE)) {
    // What a row of a list offers by a key is that row's.
    if (target.disabled || target.dataset.rowKey || target.closest("dialog") || !target.checkVisibility({ visibilityProperty: true })) continue;
    const name = nameOf(target);
    if (name && !doable.has(name) && wanted.every((word) => plain(name).includes(word))) doable.set(name, target);
  }
  const list = document.createElement("ul");
  for (const [name, target] of doable) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    if (target.dataset.key) button.append(Object.assign(document.createElement("kbd"), { textContent: target.dataset.key }));
    button.addEventListener("click", () => {
      dialog.close();
      target.focus();
      target.click();
    });
    list.append(document.createElement("li"));
    list.lastChild.append(button);
  }
  here.replaceChildren();
  if (!doable.size) return;
  here.append(Object.assign(document.createElement("h2"), { textContent: dialog.dataset.here }), list);
}

function ask() {
  asked = words.value;
  form.dispatchEvent(new Event("look"));
}

function look() {
  clearTimeout(waiting);
  listDoable();
  if (words.value === asked) return;
  asked = null;
  waiting = setTimeout(ask, PAUSE);
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  dialog.showModal();
  words.select();
  look();
}

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  }
});
document.querySelector("[data-search]").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
addEventListener("open-search", open); // the key / of every page

words.addEventListener("input", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  enter = words.value !== asked || form.matches(".htmx-request");
  if (!enter) results()[0]?.click();
  else if (words.value !== asked) ask();
});
dialog.addEventListener("htmx:afterSettle", () => {
  if (enter && words.value === asked) results()[0]?.click();
  enter = false;
});
dialog.addEventListener("close", () => (enter = false));
dialog.addEventListener("keydown", (event) => {
  const all = [words, ...results()];
  const at = all.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at >= 0) {
    event.preventDefault();
    all[(at + step + all.length) % all.length].focus();
  } else if (at > 0 && (event.key.length === 1 || event.key === "Backspace") && !event.ctrlKey && !event.metaKey) words.focus();
});
