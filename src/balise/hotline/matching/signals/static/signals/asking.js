// The one worker of a page that hashes, and its answers.
import { script } from "../balise/policy.js";

let worker = null;
let last = 0;
const waiting = new Map();

/** Return what the worker makes, or {error} with the code of its refusal. It never throws. */
export function ask(job, given, transfer = []) {
  return new Promise((done) => {
    try {
      worker ??= started();
      const id = ++last;
      waiting.set(id, done);
      worker.postMessage({ id, job, given }, transfer);
    } catch {
      done({ error: "broken" });
    }
  });
}

function started() {
  const made = new Worker(script(new URL("./work.js", import.meta.url).href), { type: "module" });
  made.addEventListener("message", ({ data: { id, made: answer, refused } }) => {
    waiting.get(id)(refused ? { error: refused } : answer);
    waiting.delete(id);
  });
  made.addEventListener("error", () => {
    made.terminate(); // it died of what it read; the next file has a new one
    worker = null;
    for (const done of waiting.values()) done({ error: "broken" });
    waiting.clear();
  });
  return made;
}
