// Cover the page when nobody has touched it for a while, after a warning that a key press ends.
// The server locks by its own clock; this only spares the passers-by what is on the screen.
const WARNING = 60;
const script = document.querySelector("script[data-idle]");
const idle = Number(script.dataset.idle);
const warning = document.getElementById("lock-warning");
const cover = document.getElementById("lock-cover");
let touched = Date.now();

function look() {
  const rested = (Date.now() - touched) / 1000;
  if (rested >= idle) {
    warning.close();
    if (!cover.open) cover.showModal();
  } else if (rested >= idle - WARNING && !warning.open) {
    warning.showModal();
  }
}

function touch() {
  if (cover.open) return;
  touched = Date.now();
  if (warning.open) warning.close();
}

for (const name of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(name, touch, { passive: true, capture: true });
}
cover.addEventListener("cancel", (event) => event.preventDefault());
setInterval(look, 5000);
addEventListener("visibilitychange", look);
