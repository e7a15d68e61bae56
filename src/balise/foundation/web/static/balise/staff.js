// The keyboard at the desk: j, k and Enter on lists, g then a letter to go, ? for help; toasts.
import "./kept.js";
import "./ready.js";

const PAUSE = 1200;
const rowsOf = (list) => [...(list.tBodies ? list.tBodies[0].rows : list.children)];
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const list = () => document.querySelector("[data-keys]");
let going = 0;

function walk(by) {
  const rows = list() ? rowsOf(list()) : [];
  if (!rows.length) return;
  const isAt = (row) => row.classList.contains("here") || row.contains(document.activeElement);
  const at = rows.findIndex(rows.some(isAt) ? isAt : (row) => row.querySelector("[aria-current]"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  rows.forEach((row) => row.classList.toggle("here", row === next));
  const link = next.querySelector("a, button");
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// Focus decides: what the row in focus offers by a key, else the question that is asked, else what is
// nearest around the focus, else the first of the page. An element may have two keys.
function meant(key) {
  const here = document.activeElement;
  const inRow = here.closest("[data-keys] :is(li, tr)")?.querySelector(`[data-row-key="${key}"]`);
  const asked = inRow ?? document.querySelector(`[data-keys-first] [data-key~="${key}"]`);
  if (asked) return asked;
  for (let around = here; around; around = around.parentElement) {
    const found = around.querySelector(`[data-key~="${key}"]`);
    if (found) return found;
  }
  return null;
}

function press(key) {
  if (Date.now() - going < PAUSE) {
    going = 0;
    const way = key === "h" ? document.querySelector(".brand") : document.querySelector(`[data-go="${key}"]`);
    way?.click();
    return Boolean(way);
  }
  if (key === "j") walk(1);
  else if (key === "k") walk(-1);
  else if (key === "g") going = Date.now();
  else if (key === "?") document.getElementById("shortcuts")?.showModal();
  else if (key === "/") dispatchEvent(new Event("open-search"));
  else if (/^[a-z0-9]$/.test(key)) {
    const target = meant(key);
    // What a key unfolds comes into view, and is read from there.
    if (target?.matches("summary")) target.focus();
    target?.click();
    return Boolean(target);
  } else return false;
  return true;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  // A function key types nothing: what is as urgent as that is pressed from within a field too.
  const urgent = /^F[0-9]+$/.test(event.key) && document.querySelector(`[data-key~="${event.key}"]`);
  if (urgent) {
    event.preventDefault();
    urgent.click();
    return;
  }
  if (typing(event.target)) return;
  if (press(event.key)) event.preventDefault();
});

const room = document.querySelector("[data-toasts]");

function closable(line) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.textContent = "×";
  close.ariaLabel = room.dataset.close;
  close.addEventListener("click", () => line.remove());
  line.append(close);
}

function toast(words, tone = "error") {
  const said = [...(room?.querySelectorAll(".toast > span") ?? [])].some((one) => one.textContent === words);
  if (!room || said) return;
  const line = document.createElement("p");
  line.className = `toast toast-${tone}`;
  const says = document.createElement("span");
  says.textContent = words;
  line.append(says);
  closable(line);
  room.append(line);
}

const offerToClose = () => room?.querySelectorAll(".toast:not(:has(.toast-close))").forEach(closable);
addEventListener("htmx:afterSettle", offerToClose); // where the answer to a part of the page says something
offerToClose();

// Without an answer of the server's own, nobody knows here if it did what was asked.
const isAnswered = ({ xhr, requestConfig }) => requestConfig.verb === "get" || ![0, 502, 504].includes(xhr.status);
// The clock asked for it, or a form that keeps what is typed: nobody pressed, and a page that is loaded again
// would lose what did not arrive.
const isOfItself = ({ elt, triggeringEvent }) => !triggeringEvent || elt.matches("form[data-kept]");
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  addEventListener(failure, ({ detail }) => {
    if (detail.xhr.status === 401) return; // the screen is locked, and the page is under its cover
    const { failed, unanswered, unsent } = document.body.dataset;
    if (isAnswered(detail)) toast(failed);
    else toast(isOfItself(detail.requestConfig) ? unsent : unanswered);
  });
}

// A part that the clock draws anew waits for its next turn while it is pressed: a press on what is
// replaced before it ends is lost.
let pressed = null;
addEventListener("pointerdown", ({ target }) => (pressed = target), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => (pressed = null)), true);
addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig.triggeringEvent && detail.target.contains(pressed)) detail.shouldSwap = false;
});

const fold = document.querySelector(".rail-fold");
const wide = matchMedia("(min-width: 64rem)");
const unfold = () => fold?.toggleAttribute("open", wide.matches);
wide.addEventListener("change", unfold);
unfold();

const offerCopies = () => document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
});
addEventListener("htmx:afterSettle", offerCopies);
offerCopies();
addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  toast(button.dataset.copied, "success");
});
// A page that is led to one place of it (#verdict) ignores `autofocus`: the browser's rule.
document.querySelector("[data-summary], [autofocus]")?.focus();
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  addEventListener("click", (event) => {
    const target = event.target.closest?.("button[commandfor]")?.getAttribute("commandfor");
    if (target) document.getElementById(target)?.showModal();
  });
}
