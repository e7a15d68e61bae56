// Cover the page when nobody has touched it for a while, after a warning that a key press ends.
// The server locks by its own clock; this spares the passers-by what is on the screen, and tells the
// server of someone who writes for long without asking it for anything.
// The page stays under its cover with what was typed in it. Unlocking happens in a window beside it;
// the cover lifts when the server says that the same visit was proved since the cover rose.
const WARNING = 60;
const TELL_EVERY = 120;
const script = document.querySelector("script[data-idle]");
const idle = Number(script.dataset.idle);
const warning = document.getElementById("lock-warning");
const cover = document.getElementById("lock-cover");
const screens = new BroadcastChannel("screen");
let touched = Date.now();
let told = Date.now();
let coveredAt = 0;

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
}

function end() {
  cover.querySelector("[data-locked]").hidden = true;
  cover.querySelector("[data-over]").hidden = false;
  cover.setAttribute("aria-labelledby", "lock-over-title");
  document.getElementById("content").replaceChildren();
}

async function ask() {
  if (!cover.open) return;
  const asked = Date.now();
  const answer = await fetch(script.dataset.visit, { redirect: "manual" }).catch(() => undefined);
  if (answer?.type === "opaqueredirect") return end();
  if (!answer?.ok) return;
  const now = await answer.json();
  if (now.visit !== script.dataset.mark) end();
  else if (now.open && now.ago * 1000 < asked - coveredAt) lift();
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
  const sent = { method: "POST", body: new FormData(form), redirect: "manual" };
  const answer = await fetch(form.action, sent).catch(() => undefined);
  if (answer?.type === "opaqueredirect") screens.postMessage("locked");
  else form.submit();
});
addEventListener("screen-locked", hide); // the answer to a part of the page
screens.addEventListener("message", ({ data }) => (data === "locked" ? hide() : ask()));
setInterval(look, 5000);
addEventListener("visibilitychange", look);
addEventListener("visibilitychange", ask);
addEventListener("focus", ask);
