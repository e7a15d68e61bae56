// Ready answers go into the field where one writes, to be changed before they are sent.
addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const field = document.querySelector("[data-talk] textarea, [data-answer] textarea");
  if (!button || !field) return;
  field.value = field.value ? `${field.value}\n${button.dataset.insert}` : button.dataset.insert;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// A form that takes one elsewhere first saves what is typed beside it; three seconds at most.
const PATIENCE = 3000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!submitter?.closest("[data-saves-first]") || form.dataset.saved) return;
  event.preventDefault();
  document.querySelectorAll("form[hx-post]").forEach((each) => htmx.trigger(each, "keep"));
  const until = Date.now() + PATIENCE;
  do await pause(50);
  while (document.querySelector("form.htmx-request") && Date.now() < until);
  form.dataset.saved = "1";
  form.requestSubmit(submitter);
});

// A life in danger is said by one key, pressed twice within three seconds: the first time says so.
const TWICE = 3000;
let pressedAt = 0;
addEventListener("keydown", (event) => {
  const button = document.querySelector(`[data-twice="${event.key}"]`);
  if (!button || event.repeat || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const says = document.querySelector("[data-once]");
  if (Date.now() - pressedAt < TWICE) {
    button.click();
    return;
  }
  pressedAt = Date.now();
  says.textContent = says.dataset.says;
  setTimeout(() => (says.textContent = ""), TWICE);
});

// One opens a chat or a letter to write in it; Escape leaves the field, and letters are keys again. A
// telephone would open its keyboard over what was said.
const composer = document.querySelector("[data-talk] [data-form] textarea, [data-answer] textarea");
if (composer && document.activeElement === document.body && matchMedia("(hover: hover)").matches)
  composer.focus({ preventScroll: true });
composer?.addEventListener("keydown", ({ key, defaultPrevented }) => {
  if (key === "Escape" && !defaultPrevented) composer.blur();
});

// What is under More closes by Escape, or by a press elsewhere.
const more = document.querySelector(".head-more");
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !more?.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});
addEventListener("click", ({ target }) => {
  if (more?.open && !more.contains(target)) more.open = false;
});

// How long a call lasts; without a script, when it was taken.
setInterval(() => {
  for (const one of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(one.dateTime)) / 1000));
    one.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}, 1000);

// A danger is said at once, whatever one reads; one goes on writing to the person.
const alarm = document.querySelector("[data-alarm]");
if (alarm) {
  requestAnimationFrame(() => (alarm.textContent = alarm.dataset.alarm));
  const { activeElement: focused } = document;
  if (!focused || focused === document.body) document.querySelector("[data-talk] [data-form] textarea")?.focus();
}

// The steps of an immediate danger, which several people write in: what others saved comes into
// the fields that one has not typed in; what one typed stays in this tab until it is saved.
const steps = document.querySelector("[data-steps]");
const box = `steps-${steps?.dataset.steps}`;
const areas = () => [...steps.querySelectorAll("textarea")];
const shown = (field) => steps.elements[`shown-${field.name}`];
const isTyped = (field) => field.value.trim() !== shown(field).value;

function keepSteps() {
  const typed = areas().filter(isTyped);
  try {
    if (!typed.length) sessionStorage.removeItem(box);
    else sessionStorage.setItem(box, JSON.stringify(typed.map((field) => [field.name, field.value])));
  } catch {
    // a private window: the page itself still has it
  }
  return typed.length;
}
function restoreSteps() {
  try {
    JSON.parse(sessionStorage.getItem(box) ?? "[]").forEach(([name, value]) => (steps.elements[name].value = value));
  } catch {
    // nothing was kept
  }
  if (keepSteps()) addEventListener("load", () => htmx.trigger(steps, "keep"));
}
function takeIn() {
  for (const field of areas()) {
    const words = document.querySelector(`#known [data-code="${field.name}"]`)?.textContent;
    if (words === undefined || field === document.activeElement || isTyped(field)) continue;
    if (shown(field).value !== words) field.value = shown(field).value = words;
  }
}
// What another wrote, as this page shows it: a tick to replace it is for these words alone.
const theirs = () => JSON.stringify([...steps.querySelectorAll("[name^=theirs-]")].map((field) => [field.name, field.value]));
if (steps) {
  let [ticked, drawn] = [null, ""];
  restoreSteps();
  // To press the tick leaves the field, which saves: what is drawn as before stays, so that the press
  // ends where it began. Where others' words are the same, a tick drawn again is put back.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "steps-saved") return;
    ticked = steps.elements.over?.checked ? theirs() : null;
    if (detail.serverResponse === drawn) detail.shouldSwap = false;
    else if (detail.shouldSwap) drawn = detail.serverResponse;
  });
  steps.addEventListener("input", keepSteps);
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const { id } = detail.target;
    const left = keepSteps();
    if (id === "steps-saved" && ticked !== null && steps.elements.over && theirs() === ticked) {
      steps.elements.over.checked = true;
      htmx.trigger(steps, "keep");
    }
    if (id !== "danger") return;
    takeIn();
    // The line was cut while it was typed: now it goes.
    const asks = steps.querySelector("[name=over]") || steps.matches(".htmx-request");
    if (left && !asks) htmx.trigger(steps, "keep");
  });
}
