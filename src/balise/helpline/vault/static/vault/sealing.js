/**
 * Sealing and opening, for a page: all the work is in a worker, and streamed.
 *
 *   const sealed = await seal(file, [device, recovery], { onProgress });   // Blob, an age file
 *   const content = await open(sealed, identity, { onProgress });         // Blob; refuses `broken`
 *   const { sha256, commitment } = await digest(file, salt);
 *   const found = await nearestWords(typed, recipient);                   // of words.js, null where none
 *   stop();                                                               // what runs is refused: `stopped`
 *
 * `onProgress` hears a number from 0 to 1, ten times a second at most.
 */
import { Refused } from "./refused.js";
import { script } from "../balise/policy.js";

let worker = null;
let last = 0;
const waiting = new Map();

export const seal = (blob, recipients, { onProgress } = {}) => ask("seal", { blob, recipients }, onProgress);
export const open = (blob, identity, { onProgress } = {}) => ask("open", { blob, identity }, onProgress);
export const digest = (blob, salt, { onProgress } = {}) => ask("digest", { blob, salt }, onProgress);
export const nearestWords = (typed, recipient, { onProgress } = {}) =>
  ask("nearest", { typed, recipient }, onProgress);

/** Have the worker do a job of slots.js: what is stored of the keys, and each try of a code. */
export const job = (name, given) => ask(name, given);

/** End the worker, with the keys that it was given. Locking calls it. */
export function stop() {
  worker?.terminate();
  worker = null;
  for (const { refuse } of waiting.values()) refuse(new Refused("stopped"));
  waiting.clear();
}

function ask(job, given, onProgress = () => {}) {
  worker ??= started();
  const id = ++last;
  return new Promise((resolve, refuse) => {
    waiting.set(id, { resolve, refuse, onProgress });
    worker.postMessage({ id, job, given });
  });
}

function started() {
  const made = new Worker(script(new URL("./work.js", import.meta.url).href), { type: "module" });
  made.addEventListener("message", ({ data }) => {
    const asked = waiting.get(data.id);
    if (!asked) return;
    if ("progress" in data) {
      asked.onProgress(data.progress);
      return;
    }
    waiting.delete(data.id);
    if (data.refused) asked.refuse(new Refused(data.refused.code, data.refused.details));
    else asked.resolve(data.made);
  });
  made.addEventListener("error", () => worker === made && stop());
  return made;
}
