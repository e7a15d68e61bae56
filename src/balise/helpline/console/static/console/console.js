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
