// Where a button led: the platform stands after the # of the address, which no browser sends. It is
// filled in, kept for this tab (the vault reads it), and counted once where the young person said yes.
import { allow, allowed, count } from "./count.js";

const FROM = "app-from";
const field = document.querySelector("[data-from]");
const isKnown = (code) => [...field.options].some((each) => each.value === code);

// Runs `way`; storage is shut in some private windows.
function tried(way) {
  try {
    return way();
  } catch {
    return null;
  }
}

const keep = () =>
  tried(() => (field.value ? sessionStorage.setItem(FROM, field.value) : sessionStorage.removeItem(FROM)));

const asked = decodeURIComponent(location.hash.slice(1));
const pressed = asked && isKnown(asked) ? asked : "";
field.value = pressed || (tried(() => sessionStorage.getItem(FROM)) ?? "");
keep();
field.addEventListener("change", keep);

// A page that is loaded again, or that Back leads to, is no press.
const isPress = pressed && performance.getEntriesByType("navigation")[0]?.type === "navigate";
let isCounted = false;
const press = () => isPress && !isCounted && (isCounted = count("button", pressed));
press();

// The same question as in the settings.
const question = document.querySelector("[data-counting]");
question.querySelector(`[value=${allowed() ? "yes" : "no"}]`).checked = true;
question.hidden = false;
question.addEventListener("change", ({ target }) => allow(target.value === "yes") && press());
