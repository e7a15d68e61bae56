// The settings: what the worker saved, and by which key it was checked.
import { askWorker } from "./offline.js";

const box = document.querySelector("[data-release]");
const ready = await navigator.serviceWorker?.ready;
if (ready && box) {
  const { version, key } = await askWorker(ready.active, { ask: "state" });
  box.hidden = !version;
  box.querySelector("[data-version]").textContent = version ?? "";
  box.querySelector("[data-key]").textContent = key ?? "";
}
