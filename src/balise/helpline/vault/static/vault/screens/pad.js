// A pad of digits, and the keyboard for who wants letters: fingers, keys and screen readers type into one field.
import { SHORTEST, normal } from "../codes.js";
import { say, slot } from "./draw.js";

// Make a pad work; `done(pin)` is called when enough signs were typed and the button is pressed.
// Return what says a word below the dots, and empties the field.
export function pad(within, done) {
  const place = within.querySelector(".vault-pad");
  const field = slot(within, "pin");
  const dots = slot(within, "dots");
  const says = slot(within, "pad-says");
  const button = within.querySelector('[data-do="done"]');
  let busy = false;

  const count = () => [...normal(field.value)].length;

  function show() {
    const typed = count();
    dots.replaceChildren(
      ...Array.from({ length: Math.max(SHORTEST, typed) }, (_, nth) => {
        const dot = document.createElement("i");
        dot.classList.toggle("in", nth < typed);
        return dot;
      }),
    );
    button.disabled = typed < SHORTEST;
  }

  function typed() {
    show();
    says.textContent = field.value ? say("signs", { count: count() }) : "";
  }

  async function enough() {
    if (busy || count() < SHORTEST) return;
    busy = true;
    try {
      await done(normal(field.value));
    } finally {
      busy = false;
    }
  }

  // What was typed stays. Which of the two was used is kept nowhere: it would tell of the code.
  function turn(hasLetters) {
    place.classList.toggle("letters", hasLetters);
    field.inputMode = hasLetters ? "text" : "none";
    slot(within, "keys").hidden = hasLetters;
    for (const each of place.querySelectorAll("[data-turn]")) each.hidden = (each.dataset.turn === "letters") === hasLetters;
    field.focus();
  }

  within.addEventListener("click", ({ target }) => {
    const key = target.closest("[data-digit]");
    const to = target.closest("[data-turn]");
    if (to) return turn(to.dataset.turn === "letters");
    if (key) field.value += key.dataset.digit;
    else if (target.closest('[data-do="rub"]')) field.value = [...field.value].slice(0, -1).join("");
    else return null;
    return typed();
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
