// Class mode from the keyboard: count hands, choose, explain, pause, go back. Hands stay on this
// screen: no count is sent or kept. What a key presses has `data-key`.
const SECOND = 1000;
const MOST = 999; // hands for one answer
const HERE = "story-here"; // who to talk to here, of this tab
const fields = [...document.querySelectorAll("[data-hands]")];
const vote = document.querySelector("[data-vote]"); // where the answer with the most hands is taken
let current = -1; // the answer that the arrows are on; none before the first key
let tied = false;
let taken = null;

const hands = (field) => Number.parseInt(field.value, 10) || 0;

function stand(nth) {
  const field = fields[(nth + fields.length) % fields.length];
  field.focus();
  field.select(); // what is typed takes the place of what was counted
}

// The arrows up and down lead to an answer, left and right count its hands; digits are typed.
function arrows(key) {
  const isOn = fields.includes(document.activeElement);
  if (key === "ArrowUp" || key === "ArrowDown") {
    if (isOn) stand(current + (key === "ArrowDown" ? 1 : -1));
    else stand(Math.max(current, 0));
    return;
  }
  if (!isOn) stand(Math.max(current, 0));
  const field = fields[current];
  field.value = Math.min(Math.max(hands(field) + (key === "ArrowRight" ? 1 : -1), 0), MOST);
  tied = false;
}

// Take the answer with the most hands; between equals, the one that the arrows are on.
function go() {
  const most = Math.max(...fields.map(hands));
  const first = fields.filter((field) => hands(field) === most);
  if (first.length === 1) [taken] = first;
  else if (tied && first.includes(fields[current])) taken = fields[current];
  else {
    tied = true;
    const says = vote.querySelector("[data-tie]");
    says.textContent = says.dataset.says;
    return;
  }
  vote.submit();
}

function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (found?.matches("details")) found.open = !found.open;
  else found?.click();
  return Boolean(found);
}

function enter(event) {
  if (event.target.closest("a, button, summary")) return;
  if (vote) {
    event.preventDefault();
    if (!event.repeat) go();
  } else if (event.repeat || press("Enter")) event.preventDefault();
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { target, key } = event;
  const isOn = fields.includes(target);
  if (target.matches("input, textarea, select, audio") && !isOn) return; // letters sleep in fields
  if (fields.length && key.startsWith("Arrow")) {
    event.preventDefault();
    arrows(key);
  } else if (fields.length && /^[0-9]$/.test(key)) {
    if (!isOn) stand(Math.max(current, 0));
    tied = false;
  } else if (key === "Enter") {
    enter(event);
  } else if (key === " ") {
    if (!target.closest("a, button, summary") && press(key)) event.preventDefault();
  } else if (/^[a-z]$/i.test(key)) {
    event.preventDefault();
    if (key.toLowerCase() === "q") document.querySelector(".exit-button")?.click();
    else press(key.toLowerCase());
  }
}

// A minute before a hard scene; nothing goes on before it is over, and nothing goes on by itself.
function minute(place) {
  const whole = Number(place.dataset.pause);
  const ring = place.querySelector("[data-ring]");
  const after = place.querySelector("[data-after]");
  const began = performance.now();
  ring.hidden = false;
  after.setAttribute("aria-disabled", "true");
  after.addEventListener("click", (event) => {
    if (after.hasAttribute("aria-disabled")) event.preventDefault();
  });
  const ticks = setInterval(() => {
    const left = Math.max(0, Math.ceil(whole - (performance.now() - began) / SECOND));
    ring.querySelector("[data-seconds]").textContent = left;
    ring.querySelector(".hall-left").style.setProperty("--left", left);
    if (left) return;
    clearInterval(ticks);
    after.removeAttribute("aria-disabled");
    const says = place.querySelector("[data-over]");
    says.textContent = says.dataset.says;
  }, SECOND / 4);
}

function before(place) {
  const field = place.querySelector("input[id=here]");
  place.querySelector("[data-here-field]").hidden = false;
  field.value = sessionStorage.getItem(HERE) ?? "";
  place.addEventListener("submit", () => sessionStorage.setItem(HERE, field.value));
}

if (document.body.matches(".hall")) {
  document.documentElement.classList.add("has-keys");
  addEventListener("keydown", pressed);
  document.querySelector("main h1")?.focus();
}
fields.forEach((field, nth) => field.addEventListener("focus", () => (current = nth)));
vote?.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
vote?.addEventListener("formdata", ({ formData }) => {
  fields.forEach((field) => formData.delete(field.name)); // no count leaves this screen
  formData.set("choice", taken.dataset.hands);
});
const pause = document.querySelector("[data-pause]");
if (Number(pause?.dataset.pause)) minute(pause);
const start = document.querySelector("[data-before]");
if (start) before(start);
const here = document.querySelector("[data-here]");
if (here) here.textContent = sessionStorage.getItem(HERE) || here.dataset.blank;
