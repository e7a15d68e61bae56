// The record at the side: keys to wrap up, the reason for a lower risk, the first answer that is missing.
const form = document.querySelector("[data-side]");

function wrapUp(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(event.shiftKey ? "[name=next]" : "[data-wrap-up]"));
}

// Letters of risk come in order: what stands after the worst of the contact is lower.
function askWhy() {
  const [risk, reason] = [form.elements["record-risk"], form.querySelector("[data-lowering]")];
  if (reason && risk.value > reason.dataset.lowering) reason.open = true;
}

if (form) {
  form.addEventListener("keydown", wrapUp);
  form.addEventListener("change", askWhy);
  const wrong = form.querySelector(".field-wrong :is(input, select, textarea)");
  if (wrong) addEventListener("load", () => wrong.focus());
}
