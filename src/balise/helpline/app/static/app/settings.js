// The settings: whether to be counted, what the worker saved, and by which key it was checked.
import { allow, allowed } from "./count.js";
import { askWorker } from "./offline.js";

const counts = document.querySelector("[data-counting]");
counts.hidden = false;
counts.querySelector(`[value=${allowed() ? "yes" : "no"}]`).checked = true;
counts.addEventListener("change", ({ target }) => allow(target.value === "yes"));

const box = document.querySelector("[data-release]");
async function show() {
  const { active } = await navigator.serviceWorker.ready;
  const { version, key } = await askWorker(active, { ask: "state" });
  box.hidden = !version;
  box.querySelector("[data-version]").textContent = version;
  box.querySelector("[data-key]").textContent = key;
}
if ("serviceWorker" in navigator) show();
