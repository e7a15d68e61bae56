// The record at the side: keys to wrap up, the reason for a lower risk, the first answer that is missing;
// what is proposed, confirmed, refused and taken back.
const form = document.querySelector("[data-side]");

// From the record, or from no field at all, such as the title or the conversation: never from what is being
// written elsewhere. In an immediate danger a key ends nothing: the button does.
const WRITTEN = "form, dialog, input, textarea, select, [contenteditable]";
function wrapUp(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (document.querySelector(".danger-band")) return;
  const written = event.target.closest?.(WRITTEN);
  if (written && !form.contains(written)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(event.shiftKey ? "[name=next]" : "[data-wrap-up]"));
}

// Letters of risk come in order: what stands after the worst of the contact is lower.
function askWhy() {
  const [risk, reason] = [form.elements["record-risk"], form.querySelector("[data-lowering]")];
  if (reason && risk.value > reason.dataset.lowering) reason.open = true;
}

// What is written by hand needs no proposal: of one of several values its own, else all of the field.
function settle({ target }) {
  const field = target.name?.replace(/^record-/, "");
  const isOf =
    target.type === "checkbox" ? (key) => key === `${field}:${target.value}` : (key) => key.startsWith(`${field}:`);
  drop([...form.querySelectorAll("[data-proposal]")].filter((line) => isOf(line.dataset.proposal)));
}
function drop(lines) {
  lines.forEach((line) => line.remove());
  showProposals();
}
function showProposals() {
  const part = document.getElementById("proposals");
  if (part) part.hidden = !part.querySelector("li");
}
// What came while its field was filled in is proposed no longer; in the place of what was confirmed, it is.
function isSaid(key) {
  const [field, value] = [key.replace(/:.*/, ""), key.replace(/^[^:]*:/, "")];
  const said = new FormData(form).getAll(`record-${field}`);
  return valuesOf(`record-${field}`) || confirmedOf(field) ? said.includes(value) : Boolean(said[0]);
}
const confirmedOf = (field) =>
  form.querySelector(`[name=record-confirmed][value="${field}:${form.elements[`record-${field}`]?.value}"]`);
const valuesOf = (name) => form.querySelector(`input[type=checkbox][name="${name}"]`);
function takeInProposals() {
  drop([...form.querySelectorAll("[data-proposal]")].filter((line) => isSaid(line.dataset.proposal)));
}

// What one takes back by hand is refused: it is not proposed again.
const last = new Map();
const saidOf = ({ name, type }) => (type === "checkbox" ? "" : form.elements[name].value);
function takeBack({ target, isTrusted }) {
  const fields = document.getElementById("proposals")?.dataset.fields.split(" ") ?? [];
  const field = target.name?.replace(/^record-/, "");
  if (!fields.includes(field)) return;
  if (isTrusted) form.querySelectorAll(`[name=record-confirmed][value^="${field}:"]`).forEach((one) => one.remove());
  const [before, now] = [last.get(field), saidOf(target)];
  last.set(field, now);
  const value = target.type === "checkbox" ? !target.checked && target.value : !now && before;
  if (!value) return;
  send("refused", `${field}:${value}`);
}
// What was sent with a record stands in the answer.
function send(name, key) {
  const one = Object.assign(document.createElement("input"), { type: "hidden", name: `record-${name}`, value: key });
  one.dataset.sent = "";
  form.append(one);
}
function dropSent() {
  const answered = [...form.querySelectorAll("#saved input")].map((one) => `${one.name} ${one.value}`);
  form.querySelectorAll("[data-sent]").forEach((one) => answered.includes(`${one.name} ${one.value}`) && one.remove());
}

if (form) {
  addEventListener("keydown", wrapUp);
  form.addEventListener("change", askWhy);
  form.addEventListener("change", settle);
  for (const one of form.elements) if (one.name.startsWith("record-")) last.set(one.name.slice(7), saidOf(one));
  form.addEventListener("change", takeBack, true); // before the record is sent
  form.addEventListener("htmx:oobAfterSwap", takeInProposals);
  addEventListener("htmx:afterSwap", ({ detail }) => (detail.target.id === "saved" ? dropSent() : takeInProposals()));
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
  if (document.getElementById("proposals").dataset.follows.split(" ").includes(field)) send("confirmed", key);
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
