// Where a button led: the platform stands after the # of the address, which no browser sends. It is
// filled in, kept for this tab, and counted once where the young person said yes.
import { allow, allowed, count } from "./count.js";

const FROM = "app-from"; // its name, as the vault's “where” takes it
const field = document.querySelector("[data-from]");

// Runs `way`; storage is shut in some private windows.
function tried(way) {
  try {
    return way();
  } catch {
    return null;
  }
}

function keep() {
  const name = field.value && field.selectedOptions[0].text;
  tried(() => (name ? sessionStorage.setItem(FROM, name) : sessionStorage.removeItem(FROM)));
}

const asked = tried(() => decodeURIComponent(location.hash.slice(1)));
const before = tried(() => sessionStorage.getItem(FROM));
const known = [...field.options].filter((each) => each.value);
const pressed = known.find((each) => each.value === asked)?.value ?? "";
field.value = pressed || (known.find((each) => each.text === before)?.value ?? "");
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
