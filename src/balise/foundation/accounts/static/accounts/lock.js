// Cover the page when nobody has touched it for a while, after a warning that a key press ends.
// The server locks by its own clock; this spares the passers-by what is on the screen, and tells the
// server of someone who writes for long without asking it for anything.
const WARNING = 60;
const TELL_EVERY = 120;
const script = document.querySelector("script[data-idle]");
const idle = Number(script.dataset.idle);
const warning = document.getElementById("lock-warning");
const cover = document.getElementById("lock-cover");
let touched = Date.now();
let told = Date.now();

function hide() {
  // What may be seen on a locked screen goes on above it; what may not asks for nothing any more.
  const shown = document.querySelector("[data-when-locked]");
  if (shown) {
    shown.hidden = false;
    cover.prepend(shown);
    document.getElementById("content").replaceChildren();
  }
  cover.showModal();
}

function look() {
  const rested = (Date.now() - touched) / 1000;
  if (rested >= idle) {
    warning.close();
    if (!cover.open) hide();
  } else if (rested >= idle - WARNING && !warning.open) {
    warning.showModal();
  }
}

function touch() {
  if (cover.open) return;
  touched = Date.now();
  if (warning.open) warning.close();
  if ((touched - told) / 1000 >= TELL_EVERY) {
    told = touched;
    fetch(script.dataset.here).catch(() => {});
  }
}

for (const name of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(name, touch, { passive: true, capture: true });
}
cover.addEventListener("cancel", (event) => event.preventDefault());
setInterval(look, 5000);
addEventListener("visibilitychange", look);
