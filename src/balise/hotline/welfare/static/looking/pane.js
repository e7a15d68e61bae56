// A pane shows what was sealed: by hold, counted while it is open, covered when one leaves.
const pane = () => document.querySelector("[data-pane]");
const sign = () => pane()?.querySelector(".looking-sign");

function hold(button, on) {
  document.getElementById(button.dataset.hold)?.classList.toggle("veil-off", on);
  button.ariaPressed = String(on);
}

function release() {
  document.querySelectorAll('[data-hold][aria-pressed="true"]').forEach((each) => hold(each, false));
}

const held = (event) => event.target.closest?.("[data-hold]");
addEventListener("pointerdown", (event) => {
  const button = event.button === 0 && held(event);
  if (!button) return;
  button.focus();
  hold(button, true);
});
addEventListener("keydown", (event) => {
  const button = held(event);
  if (!button || (event.key !== " " && event.key !== "Enter")) return;
  event.preventDefault();
  hold(button, true);
});
for (const end of ["pointerup", "pointercancel", "keyup", "blur"]) addEventListener(end, release);
addEventListener("focusout", release);
// A long press on a telephone opens a menu, and the menu takes the finger away.
addEventListener("contextmenu", (event) => held(event) && event.preventDefault());

// Somebody is there: the next sign says so, and the page does not cover itself.
for (const life of ["pointermove", "pointerdown", "keydown", "wheel", "scroll"]) {
  addEventListener(life, () => {
    const touched = sign()?.elements.touched;
    if (touched) touched.value = "1";
  }, { passive: true });
}
addEventListener("htmx:afterRequest", (event) => {
  if (event.target === sign()) event.target.elements.touched.value = "";
});
// Other parts of the page settle too, such as what is saved while someone types.
addEventListener("htmx:afterSettle", ({ target }) => target === pane() && target.querySelector("[data-hold]")?.focus());

// The seconds of this page end, or go on in another window: the moment itself is told.
addEventListener("visibilitychange", () => {
  release();
  if (sign()) htmx.trigger(sign(), "sign");
});
function leave() {
  if (!sign()) return;
  const last = new FormData(sign());
  last.set("ends", "1");
  navigator.sendBeacon(pane().dataset.pane, last);
}
addEventListener("pagehide", leave);
// Another content takes its place, without another page.
addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && pane() && detail.target !== pane() && detail.target.contains(pane())) leave();
});
addEventListener("pageshow", (event) => event.persisted && pane() && location.reload());

addEventListener("play", (event) => {
  if (event.target.closest?.("[data-mute]")) event.target.muted = true;
}, true);
