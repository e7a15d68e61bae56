// The worker, and what it says: a release that it refused is told on each page of the app.
import { script } from "../balise/policy.js";

const WORKER = "/worker.js";

export function tell(said, line = document.querySelector("[data-told]")) {
  const words = said?.refused && (said.version ? line?.dataset.refused : line?.dataset.none);
  if (!line) return;
  line.hidden = !words;
  line.textContent = words || "";
}

// Ask the worker; it answers once.
export function askWorker(worker, question) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage(question, [port2]);
  });
}

export async function keep() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(script(WORKER));
    const { active } = await navigator.serviceWorker.ready;
    const said = await askWorker(active, { ask: "release", language: document.documentElement.lang });
    document.documentElement.dataset.release = said.version ?? "";
    tell(said);
  } catch {
    // no worker here: the app needs the network
  }
}
