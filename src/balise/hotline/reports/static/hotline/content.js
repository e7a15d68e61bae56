// Ctrl+Enter (⌘ too) saves the verdict, from within its fields as well; with Shift, takes the next one.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (document.querySelector("dialog[open]")) return;
  const form = document.getElementById("verdict-form");
  const own = event.target.form ?? event.target.closest?.("form");
  if (!form || (own && own !== form)) return;
  event.preventDefault();
  document.querySelector(event.shiftKey ? '[data-save="next"]' : "[data-save]")?.click();
});

// A letter of its own says a verdict and that it is certain: both are the reader's, in one key.
addEventListener("click", ({ target }) => {
  const verdict = target.dataset?.certain;
  if (!verdict) return;
  document.getElementById(verdict).click();
  document.querySelector("#verdict-bar [name=confidence][value=sure]").click();
});
