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
