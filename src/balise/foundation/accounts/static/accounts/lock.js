// Cover the page when nobody has touched it for a while, after a warning that a key press ends.
// The server locks by its own clock; this spares the passers-by what is on the screen, and tells the
// server of someone who writes for long without asking it for anything.
// The page stays under its cover with what was typed in it. Unlocking happens in a window beside it;
// the cover lifts when the server says that the same visit was proved since the cover rose.
// Every few seconds a page that is shown asks whether its visit goes on: where it is over, everything
// leaves the screen but what was typed by whoever sat there.
const WARNING = 60;
const TELL_EVERY = 120;
const ASK_EVERY = 4000;
const WORDS = "textarea, input:not([type]), input[type=text]:not([autocomplete=one-time-code])";
const script = document.querySelector("script[data-idle]");
const idle = Number(script.dataset.idle);
const warning = document.getElementById("lock-warning");
const cover = document.getElementById("lock-cover");
const screens = new BroadcastChannel("screen");
let touched = Date.now();
let told = Date.now();
let coveredAt = 0;
let isOver = false;

function hide() {
  if (cover.open) return;
  warning.close();
  coveredAt = Date.now();
  // What may be seen on a locked screen goes on above it; what may not asks for nothing any more.
  const shown = document.querySelector("[data-when-locked]");
  if (shown) {
    shown.hidden = false;
    cover.prepend(shown);
    document.getElementById("content").replaceChildren();
  }
  cover.showModal();
}

function lift() {
  if (cover.querySelector("[data-when-locked]")) return location.reload();
  touched = told = Date.now();
  cover.close();
  dispatchEvent(new Event("visit-back"));
}

// Under a cover nobody was there: who sits there now may be someone else, and reads nothing.
function end() {
  if (isOver) return;
  isOver = true;
  dispatchEvent(new Event("visit-over"));
  if (!cover.open) keep();
  cover.querySelector("[data-locked]").hidden = true;
  cover.querySelector("[data-over]").hidden = false;
  cover.setAttribute("aria-labelledby", "lock-over-title");
  document.getElementById("content").replaceChildren();
  warning.close();
  if (!cover.open) cover.showModal();
}

function keep() {
  const [lost, kept] = cover.querySelectorAll("[data-typed]");
  for (const field of document.querySelectorAll(`#content :is(${WORDS})`)) {
    if (!field.value || field.value === field.defaultValue) continue;
    const label = Object.assign(document.createElement("label"), {
      textContent: field.labels?.[0]?.textContent ?? field.name,
    });
    label.append(Object.assign(document.createElement("textarea"), { readOnly: true, rows: 4, value: field.value }));
    // A form that is saved while it is typed in lacks its last second, for whoever takes over.
    const typed = field.form?.hasAttribute("data-kept") ? kept : lost;
    typed.append(label);
    typed.hidden = false;
  }
}

// Signing out drops what pages of staff keep in their tabs, by name of the act: the rest of this site,
// such as a young person's vault, is not theirs.
const OUT = "form[action$='/logout/'], form[action$='/end-all/']";
addEventListener("submit", ({ target }) => {
  if (!target.matches(OUT)) return;
  sessionStorage.clear();
  screens.postMessage("out");
});
screens.addEventListener("message", ({ data }) => data === "out" && sessionStorage.clear());

async function ask() {
  if (isOver) return;
  const asked = Date.now();
  const answer = await fetch(script.dataset.visit, { redirect: "manual" }).catch(() => undefined);
  if (answer?.type === "opaqueredirect") return end();
  if (!answer?.ok) return;
  const now = await answer.json();
  if (now.visit !== script.dataset.mark) end();
  else if (!now.open) hide(); // the server locked before this page did
  else if (cover.open && now.ago * 1000 < asked - coveredAt) lift();
}

function look() {
  const rested = (Date.now() - touched) / 1000;
  if (rested >= idle) hide();
  else if (rested >= idle - WARNING && !warning.open && !cover.open) warning.showModal();
}

async function tell() {
  told = touched;
  const answer = await fetch(script.dataset.here).catch(() => undefined);
  if (answer?.redirected) hide(); // the server locked before this page did
}

function touch() {
  if (cover.open) return;
  touched = Date.now();
  if (warning.open) warning.close();
  if ((touched - told) / 1000 >= TELL_EVERY) tell();
}

for (const name of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(name, touch, { passive: true, capture: true });
}
cover.addEventListener("cancel", (event) => event.preventDefault());
cover.querySelector("[data-unlock]").addEventListener("click", (event) => {
  if (open(event.currentTarget.href, "unlock", "popup,width=480,height=720")) event.preventDefault();
});
document.querySelector("form[data-locks]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  hide();
  // Whoever closes the page at once has locked all the same.
  const sent = { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true };
  const answer = await fetch(form.action, sent).catch(() => undefined);
  if (answer?.type === "opaqueredirect") screens.postMessage("locked");
  else form.submit();
});
addEventListener("screen-locked", hide); // the answer to a part of the page
addEventListener("visit-changed", ask); // a stream of the page, or its pulse, was shut
screens.addEventListener("message", ({ data }) => (data === "locked" ? hide() : ask()));
setInterval(look, 5000);
setInterval(() => document.visibilityState === "visible" && ask(), ASK_EVERY);
addEventListener("visibilitychange", look);
addEventListener("visibilitychange", ask);
addEventListener("focus", ask);
