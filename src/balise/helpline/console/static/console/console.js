// Ready answers go into the field where one writes, to be changed before they are sent.
addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const field = document.querySelector("[data-talk] textarea, [data-answer] textarea");
  if (!button || !field) return;
  field.value = field.value ? `${field.value}\n${button.dataset.insert}` : button.dataset.insert;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
