// A pad of digits: fingers, keyboard and screen readers type into one field, which is never shown.
import { say, slot } from "./draw.js";

const LEAST = 6;
const MOST = 8;

// Make a pad work; `done(pin)` is called when enough digits were typed and the button is pressed.
// Return what says a word below the dots, and empties the field.
export function pad(within, done) {
  const field = slot(within, "pin");
  const dots = slot(within, "dots");
  const says = slot(within, "pad-says");
  const button = within.querySelector('[data-do="done"]');
  let busy = false;

  function show() {
    field.value = field.value.replace(/\D/g, "").slice(0, MOST);
    const typed = field.value.length;
    dots.replaceChildren(
      ...Array.from({ length: Math.max(LEAST, typed) }, (_, nth) => {
        const dot = document.createElement("i");
        dot.classList.toggle("in", nth < typed);
        return dot;
      }),
    );
    button.disabled = typed < LEAST;
  }

  function typed() {
    show();
    says.textContent = field.value ? say("digits", { count: field.value.length }) : "";
  }

  async function enough() {
    if (busy || field.value.length < LEAST) return;
    busy = true;
    try {
      await done(field.value);
    } finally {
      busy = false;
    }
  }

  within.addEventListener("click", ({ target }) => {
    const key = target.closest("[data-digit]");
    if (key) field.value += key.dataset.digit;
    else if (target.closest('[data-do="rub"]')) field.value = field.value.slice(0, -1);
    else return;
    typed();
  });
  within.addEventListener("keydown", (event) => {
    if (event.target !== field && /^\d$/.test(event.key)) {
      field.value += event.key;
      typed();
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      enough();
    }
  });
  field.addEventListener("input", typed);
  button.addEventListener("click", enough);
  show();
  return {
    focus: () => field.focus({ preventScroll: true }),
    say(text) {
      field.value = "";
      show();
      says.textContent = text;
    },
    wait: (text) => (says.textContent = text),
  };
}
