// Small comforts for public pages; each page works without them.
import "./ready.js";

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

// Save a form as it is filled in: the latest state wins, nothing is sent twice at once. A form is
// sent after what is being saved has arrived: the older words must not come last.
const LONGEST_WAIT = 3000;

function saving(form) {
  const says = form.querySelector("[data-saved]");
  let running = null;
  let again = false;
  let goes = false;
  let waits = false;
  async function send() {
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
  }
  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = send();
    await running;
    running = null;
    if (again) {
      again = false;
      save();
    }
  }
  form.addEventListener("change", save);
  form.addEventListener("submit", async (event) => {
    again = false;
    if (goes || !running || !form.requestSubmit) return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    await Promise.race([running, new Promise((over) => setTimeout(over, LONGEST_WAIT))]);
    waits = false;
    goes = true;
    form.requestSubmit(event.submitter);
    goes = false;
  });
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
