// The charter with a script: the same pages, filled here from what stays on this device. It asks
// the server for the steps, once and without an answer in them, and then for nothing.
import { begins } from "../balise/ready.js";
import * as carrying from "./carrying.js";
import * as rules from "./charter.js";
import * as keeping from "./keeping.js";
import * as steps from "./steps.js";

const BLANK_OWN = "own-0"; // the row from which a rule in their own words is drawn
const LINE = "…".repeat(24); // in the place of their own words, to write by hand
const OURS = ["charter", "csrfmiddlewaretoken", "step"]; // fields that no one fills in

const root = document.querySelector("[data-charter]");
const start = document.querySelector("[data-charter-start]");
const heading = document.querySelector("h1");
const lang = document.documentElement.lang;
const blanks = new Map();
let charter = rules.begin();
let keeps = false;
let here = null;

const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
const inWords = (day) =>
  new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long" }).format(new Date(`${day}T12:00`));
const each = (selector, within = here) => [...within.querySelectorAll(selector)];
const part = (name, within = here) => within.querySelector(`[data-${name}]`);
const token = () => root.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// Our pages allow no text to become HTML (Trusted Types): a request reads a page as a document.
const page = (address) =>
  new Promise((found, fail) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", address);
    asked.responseType = "document";
    asked.onload = () => (asked.status === 200 && asked.response ? found(asked.response) : fail(new Error(address)));
    asked.onerror = fail;
    asked.send();
  });

async function load() {
  const pages = await Promise.all(root.dataset.blanks.trim().split(/\s+/).map(page));
  for (const blank of pages.map((found) => found.querySelector("[data-here]"))) blanks.set(blank.dataset.here, blank);
}

// What was answered stays in this tab: a reload goes on from there, with what stands in the form.
function hold(form = null) {
  const step = root.querySelector("[data-here]").dataset.here;
  const said = form && [...new FormData(form)].filter(([name]) => !OURS.includes(name));
  keeping.hold({ step, keeps, charter, said }, today());
}

function refill(said) {
  const fields = each("form").filter(isStep).flatMap((form) => [...form.elements]);
  for (const field of fields.filter(({ name, type }) => name && type !== "hidden" && type !== "submit")) {
    const values = said.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? field.value;
  }
  here.dispatchEvent(new Event("change"));
}

function count(what, { chosen = [], held = [] } = {}) {
  if (!charter.isCounted || charter.counted.includes(what)) return;
  charter = rules.onceCounted(charter, what);
  const said = new URLSearchParams({ what, band: rules.band(charter), csrfmiddlewaretoken: token() });
  const ofBank = (picks) => picks.map((pick) => pick.code).filter((code) => !rules.isOwn(code));
  for (const code of ofBank(chosen)) said.append("chosen", code);
  for (const code of ofBank(held)) said.append("kept", code);
  fetch(root.dataset.count, { method: "POST", body: said, keepalive: true }).catch(() => {});
}

// Rows

const suits = (element) => {
  const bands = element.dataset.bands.split(" ").filter(Boolean);
  return bands.length > 0 && (!charter.bands.length || bands.some((band) => charter.bands.includes(band)));
};

function ownRow(blank, pick) {
  const row = blank.cloneNode(true);
  const words = row.querySelector("[data-says]").textContent.trim();
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(words, () => pick.says);
  for (const element of [row, ...each("*", row)])
    for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll(BLANK_OWN, pick.code);
  return row;
}

// Put the rows of these picks into a list, in their order; `fill` sets what a row says.
function arrange(name, picks, fill = () => {}, from = name) {
  const rows = new Map(each(`[data-list="${from}"] > [data-code]`).map((row) => [row.dataset.code, row]));
  const own = rows.get(BLANK_OWN);
  const shown = picks.flatMap((pick, at) => {
    const row = rows.get(pick.code) ?? (rules.isOwn(pick.code) && own ? ownRow(own, pick) : null);
    if (row) fill(row, rules.full(pick), at + 1);
    return row ?? [];
  });
  here.querySelector(`[data-list="${name}"]`).replaceChildren(...shown);
  return shown;
}

const check = (name, values) =>
  each(`input[name="${name}"]`).forEach((input) => (input.checked = values.includes(input.value)));
const mark = (row, name, is) => each(`[data-${name}]`, row).forEach((found) => (found.hidden = found.dataset[name] !== is));

// What each step shows

function chosenNow() {
  let many = 0;
  for (const theme of each("details[data-theme-of]")) {
    const rows = each("[data-code]", theme).filter((row) => row.querySelector("input:checked"));
    each("[data-code]", theme).forEach((row) => row.classList.toggle("charter-on", rows.includes(row)));
    part("chosen", theme).hidden = !rows.length;
    part("chosen", theme).textContent = rows.length;
    many += rows.length;
  }
  const own = charter.picks.filter((pick) => rules.isOwn(pick.code)).length;
  part("many").textContent = many + own;
}

const fills = {
  family() {
    check("bands", charter.bands);
    check("aims", charter.aims);
    check("homes", [`${charter.homes}`]);
    check("isCounted", charter.isCounted ? ["on"] : []);
  },
  choose() {
    const themes = each("details[data-theme-of]");
    for (const row of each(".charter-rule")) {
      const pick = rules.find(charter, row.dataset.code);
      if (!pick && !suits(row)) {
        row.remove();
        continue;
      }
      each("[data-aim]", row).forEach((aim) => charter.aims.includes(aim.dataset.aim) || aim.remove());
      const homes = part("homes", row);
      if (charter.homes === 1) homes?.remove();
      else if (pick?.home) homes.querySelector("select").value = pick.home;
    }
    const said = charter.picks.map(rules.full);
    check("children", said.filter((pick) => pick.whom !== "parents").map((pick) => pick.code));
    check("parents", said.filter((pick) => pick.whom !== "children").map((pick) => pick.code));
    const serving = (theme) => each(".charter-rule", theme).filter((row) => part("aim", row)).length;
    const left = themes.filter((theme) => theme.querySelector(".charter-rule") || theme.remove());
    const best = Math.max(...left.map(serving));
    const isChosen = (theme) => theme.querySelector("input:checked");
    const first = left.find((theme) => serving(theme) === best);
    for (const theme of left) {
      theme.open = left.some(isChosen) ? Boolean(isChosen(theme)) : theme === first;
      const rows = each(".charter-rule", theme);
      theme.append(...rows.toSorted((one, other) => each("[data-aim]", other).length - each("[data-aim]", one).length));
    }
    chosenNow();
    here.addEventListener("change", chosenNow);
  },
  turn() {
    const ideas = here.querySelector('[data-list="ideas"]');
    const own = here.querySelector(`[data-list="ranked"] > [data-code="${BLANK_OWN}"]`);
    ideas.append(own);
    const refused = rules.refused(charter);
    arrange("ranked", rules.ranked(charter), (row, _pick, nth) => {
      row.dataset.state = "ranked";
      part("nth", row).textContent = nth;
    }, "ideas");
    arrange("refused", refused, (row, pick) => {
      row.dataset.state = "refused";
      row.querySelector("input").value = pick.why;
    }, "ideas");
    part("refused-title").hidden = !refused.length;
    each('[data-list="ideas"] > [data-code]').forEach((row) => (row === own || !suits(row)) && row.remove());
  },
  agree() {
    arrange("ranked", rules.ranked(charter));
    const deals = arrange("open", rules.open(charter), (row, pick) => {
      mark(row, "by", { vetoed: "refused", proposed: "proposed", trial: "trial" }[pick.standing]);
      part("why", row).hidden = !pick.why;
      part("why", row).textContent = pick.why;
      const say = pick.standing === "proposed" ? "keep" : "try";
      each("[type=radio]", row).forEach((radio) => (radio.checked = radio.value === say));
      row.querySelector('[name^="tries-"]').value = pick.tries;
    });
    part("nothing").hidden = deals.length > 0;
    part("ends").textContent = inWords(rules.later(today(), 14));
    check("isCounted", charter.isCounted ? ["on"] : []);
  },
  done() {
    each(charter.homes === 1 ? "[data-two-homes]" : "[data-one-home]").forEach((button) => button.remove());
    arrange("agreed", rules.agreed(charter), (row, pick) => {
      mark(row, "who", pick.whom);
      mark(row, "home", `${pick.home}`);
      part("trial", row).hidden = !pick.until;
      part("until", row).textContent = pick.until ? inWords(pick.until) : "";
      part("tries", row).textContent = pick.tries;
    });
    if (charter.title) part("title").textContent = charter.title;
    here.querySelector("#title").value = charter.title;
    const box = part("keep");
    box.checked = keeps;
    box.addEventListener("change", () => {
      keeps = box.checked && keeping.keep(charter);
      if (!keeps) keeping.drop();
      box.checked = keeps;
      hold();
    });
    part("print").addEventListener("click", () => print());
  },
  again() {
    arrange("kept", rules.agreed(charter).filter((pick) => rules.full(pick).standing === "kept"));
    check("isCounted", charter.isCounted ? ["on"] : []);
  },
};

// Going from one step to another

function swap(within) {
  each("[data-without]", within).forEach((found) => (found.hidden = true));
  each("[data-with]", within).forEach((found) => (found.hidden = false));
}

function show(step, pressed = "") {
  here = document.importNode(blanks.get(step), true);
  root.replaceChildren(here);
  root.hidden = false;
  if (start) start.hidden = true;
  document.querySelector(".lead:not([data-charter] *)")?.remove();
  document.body.dataset.density = here.dataset.density;
  heading.textContent = here.dataset.heading;
  fills[step]();
  swap(here);
  hold();
  const [, code] = pressed.split(":");
  const same = code && here.querySelector(`button[value="${CSS.escape(pressed)}"]`);
  const row = code && here.querySelector(`[data-code="${CSS.escape(code)}"]`);
  const shown = (button) => button?.getClientRects().length > 0;
  const focused = [same, ...(row ? each("button", row) : [])].find(shown);
  if (focused) {
    focused.focus();
    return;
  }
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function go(step, pressed = "") {
  if (keeps) keeps = keeping.keep(charter);
  if (step !== here?.dataset.here) history.pushState({ step }, "", root.dataset.address);
  show(step, pressed);
}

function submitted(form, button) {
  const step = form.elements.namedItem("step").value;
  const pressed = button?.value ?? "stay";
  charter = steps.read(step, charter, new FormData(form), { go: pressed, today: today() });
  const next = steps.following(step, pressed, blanks);
  if (step === "done" && next === "family") keeps = false; // the one that is kept stays
  if (next === "done") charter = rules.finished(charter, today());
  if (step === "family") count("started");
  if (next === "done") count("finished", { chosen: rules.agreed(charter) });
  if (step === "again" && rules.isLater(charter, today()))
    count("reopened", { held: charter.picks.filter((pick) => rules.full(pick).standing === "kept") });
  go(next, pressed.includes(":") ? pressed : "");
}

function save(name) {
  const file = URL.createObjectURL(new Blob([JSON.stringify(charter)], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: file, download: `${name}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

function opened(found, lost = 0) {
  charter = found;
  go(charter.made ? "again" : "family");
  const { practices } = known();
  part("lost").hidden = !lost && charter.picks.every(({ code }) => rules.isOwn(code) || practices.includes(code));
}

// The codes that this site knows, in the order in which a code on paper names them.
const known = () => {
  const values = (step, name) => each(`input[name="${name}"]`, blanks.get(step)).map((input) => input.value);
  const practices = each(".charter-rule", blanks.get("choose")).map((row) => row.dataset.code);
  return { bands: values("family", "bands"), aims: values("family", "aims"), practices };
};

function codeOpened(form, code) {
  const says = part("refused", form);
  says.hidden = true;
  try {
    const { told, lost } = carrying.read(code, known());
    opened(rules.read(JSON.stringify(told)), lost);
  } catch (fault) {
    if (!fault.refusal) throw fault;
    says.textContent = says.dataset[fault.refusal] ?? says.dataset.damaged;
    says.hidden = false;
    const asked = part("meant", form);
    asked.hidden = !fault.meant;
    asked.querySelector("code").textContent = fault.meant;
    asked.querySelector("button").onclick = () => codeOpened(form, fault.meant);
  }
}

async function fileOpened(form) {
  const says = part("refused", form);
  says.hidden = true;
  const file = form.elements.namedItem("file").files[0];
  try {
    if (!file) throw { refusal: "empty" };
    if (file.size > 40_000) throw { refusal: "none" };
    opened(rules.read(await file.text()));
  } catch (fault) {
    if (!fault.refusal) throw fault;
    says.textContent = says.dataset[fault.refusal];
    says.hidden = false;
  }
}

// Without its steps the script leaves the page to the server, and the page says so.
let ready = null;
let failed = false;
const isStep = (form) => root.contains(form) && form.getAttribute("action") === root.dataset.address;
const prepare = () =>
  (ready ??= load().then(
    () => swap(document),
    (fault) => {
      failed = true;
      throw fault;
    },
  ));

document.addEventListener("submit", async (event) => {
  const form = event.target;
  // What is drawn by the server is sent without a word that the family wrote.
  if (form.matches("[data-bare]")) {
    const sent = form.dataset.bare === "days" ? rules.days(charter) : rules.bare(charter, LINE);
    form.elements.namedItem("charter").value = JSON.stringify(sent);
  }
  const isOpening = form.matches("[data-open-file]");
  const isCode = form.matches("[data-open-code]");
  const isHere = isStep(form);
  if (failed || !(isOpening || isCode || isHere || form.dataset.file)) return;
  event.preventDefault();
  const button = event.submitter;
  try {
    await prepare();
  } catch {
    return; // the next press goes to the server
  }
  if (isStep(form) !== isHere) return; // another page came in its place meanwhile
  if (isOpening) fileOpened(form);
  else if (isCode) codeOpened(form, form.elements.namedItem("code").value);
  else if (form.dataset.file) save(form.dataset.file);
  else submitted(form, button);
});

root.addEventListener("input", ({ target }) => isStep(target.form) && hold(target.form));

// Two presses: one opens what says it, the other does it.
root.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-erase]")) return;
  keeping.release();
  keeping.drop();
  charter = rules.begin();
  root.replaceChildren();
  location.replace(root.dataset.start);
});

addEventListener("popstate", ({ state }) => {
  if (!here) return;
  if (state?.step) show(state.step);
  else if (start) location.reload();
  else show("family");
});

const found = keeping.held(today());

async function resumed() {
  await prepare();
  ({ charter, keeps } = found);
  const step = history.state?.step ?? found.step;
  history.replaceState({ step }, "");
  show(step);
  if (found.said && step === found.step) {
    refill(found.said);
    hold(each("form").find(isStep));
  }
}

if (start) {
  swap(start);
  const scanned = location.hash.slice(1); // from the square on a paper: a browser does not send it
  if (scanned) {
    history.replaceState(null, "", location.pathname);
    prepare().then(() => codeOpened(part("open-code", start), scanned), () => {});
  }
  part("held", start).hidden = !found;
  part("release", start).addEventListener("click", () => {
    keeping.release();
    part("held", start).hidden = true;
  });
  const kept = keeping.kept();
  part("kept", start).hidden = !kept;
  part("open", start).addEventListener("click", async (event) => {
    event.preventDefault();
    await prepare();
    keeps = true;
    opened(kept);
  });
  part("drop", start).addEventListener("click", () => {
    keeping.drop();
    part("kept", start).hidden = true;
  });
} else {
  // A page that the server drew with a charter in it goes on from there.
  const carried = root.querySelector("[name=charter]")?.value;
  if (carried) charter = rules.read(carried);
  const isFirst = !charter.bands.length && !charter.picks.length;
  begins((found && isFirst ? resumed() : prepare()).catch(() => {}));
}
