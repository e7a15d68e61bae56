// The record at the side: keys to wrap up, the reason for a lower risk, the first answer that is missing.
const form = document.querySelector("[data-side]");

// From the record, or from no field at all: never from words that are being written elsewhere. In an
// immediate danger a key ends nothing: the button does.
function wrapUp(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (document.querySelector(".danger-band")) return;
  if (event.target !== document.body && !form.contains(event.target)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(event.shiftKey ? "[name=next]" : "[data-wrap-up]"));
}

// Letters of risk come in order: what stands after the worst of the contact is lower.
function askWhy() {
  const [risk, reason] = [form.elements["record-risk"], form.querySelector("[data-lowering]")];
  if (reason && risk.value > reason.dataset.lowering) reason.open = true;
}

// What is written by hand needs no proposal: of a topic its own, of any other field all.
function settle({ target }) {
  const field = target.name?.replace(/^record-/, "");
  const isOf = field === "topics" ? (key) => key === `topics:${target.value}` : (key) => key.startsWith(`${field}:`);
  drop([...form.querySelectorAll("[data-proposal]")].filter((line) => isOf(line.dataset.proposal)));
}
function drop(lines) {
  const part = document.getElementById("proposals");
  lines.forEach((line) => line.remove());
  if (part && !part.querySelector("li")) part.replaceChildren();
}

if (form) {
  addEventListener("keydown", wrapUp);
  form.addEventListener("change", askWhy);
  form.addEventListener("change", settle);
  const wrong = form.querySelector(".field-wrong :is(input, select, textarea)");
  if (wrong) addEventListener("load", () => wrong.focus());
}

// What is proposed is written in its field by a yes, and saved as what is typed is.
function fill(key) {
  const [, field, value] = key.match(/^([^:]*):(.*)$/);
  const name = `record-${field}`;
  const box = form.querySelector(`input:is([type=checkbox], [type=radio])[name="${name}"][value="${CSS.escape(value)}"]`);
  const control = box ?? form.elements[name];
  if (box) box.checked = true;
  else control.value = value;
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
function answer(event) {
  const button = event.target.closest("#proposals button");
  if (!button) return;
  const part = document.getElementById("proposals");
  const lines = button.value === "*" ? [...part.querySelectorAll("[data-proposal]")] : [button.closest("li")];
  if (button.name === "yes") {
    event.preventDefault();
    lines.forEach((line) => fill(line.dataset.proposal));
    // What no list proposes is written next.
    const words = form.elements["record-summary"];
    if (button.value === "*" && words && !words.value) words.focus();
  }
  setTimeout(() => drop(lines)); // a no is sent with the line still there
}
form?.addEventListener("click", answer);

// Once the young person has said something new, and paused, the proposals are asked for again.
const SOON = 2000;
const log = document.querySelector("[data-talk] [data-log]");
let soon = 0;
if (form && log) {
  const isTheirs = (one) => one.matches?.(".message") && one.dataset.author !== "reporter";
  new MutationObserver((changes) => {
    if (!changes.some((change) => [...change.addedNodes].some(isTheirs))) return;
    clearTimeout(soon);
    soon = setTimeout(() => {
      const list = document.querySelector("#proposals"); // gone once the page is covered
      if (list) htmx.trigger(list, "said");
    }, SOON);
  }).observe(log, { childList: true });
}

// A form of another module comes into its fold; what the record says already is offered to it.
const summary = () => form?.elements["record-summary"]?.value.trim() ?? "";
const wordsOf = (fold) => fold.querySelector("[data-fetched] :is(textarea[name=about], textarea[name=words])");
addEventListener("htmx:afterSwap", ({ detail }) => {
  const fold = detail.target.closest?.("[data-fold]");
  if (fold && wordsOf(fold)) fold.querySelector("[data-summary]").hidden = false;
});
addEventListener("click", ({ target }) => {
  const fold = target.closest?.("[data-summary]")?.closest("[data-fold]");
  const field = fold && wordsOf(fold);
  if (!field) return;
  field.value = [field.value.trim(), summary()].filter(Boolean).join("\n");
  field.focus();
});
