// Small comforts for public pages; each page works without them.
function copying(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = button.dataset.copied;
    words.setAttribute("role", "status");
    setTimeout(() => (words.textContent = before), 2500);
  });
}

// What could not be kept is said in words; anything else is the connection's fault.
async function why(answer, says) {
  const inWords = answer.headers.get("Content-Type")?.startsWith("text/plain");
  return (answer.status === 422 && inWords && (await answer.text())) || says.dataset.unsaved;
}

// Save a form as it is filled in: the latest state wins, nothing is sent twice at once.
function saving(form) {
  const says = form.querySelector("[data-saved]");
  let running = false;
  let again = false;
  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const body = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((file) => body.delete(file.name));
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1" },
        redirect: "manual",
      });
      if (says) says.textContent = answer.ok ? says.dataset.saved : await why(answer, says);
    } catch {
      if (says) says.textContent = says.dataset.unsaved;
    }
    running = false;
    if (again) {
      again = false;
      save();
    }
  }
  form.addEventListener("change", save);
  form.addEventListener("submit", () => (again = false));
}

document.querySelectorAll("[data-copy]").forEach(copying);
document.querySelectorAll("form[data-autosave]").forEach(saving);
document.querySelector("[data-summary]")?.focus();

// Browsers that do not yet know `commandfor` open dialogs by hand.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  addEventListener("click", (event) => {
    const target = event.target.closest?.("button[commandfor]")?.getAttribute("commandfor");
    if (target) document.getElementById(target)?.showModal();
  });
}
