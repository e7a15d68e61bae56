// The worker of the vault: sealing, opening, hashing, the tries of a code and the search for a word, off the page.
import { digestBlob, openBlob, sealBlob } from "./cipher.js";
import { attempt, begin, byWords, replace, second } from "./slots.js";
import { nearest } from "./words.js";

const EVERY = 100; // milliseconds between two reports

const JOBS = {
  seal: ({ blob, recipients }, report) => sealBlob(blob, recipients, report),
  open: ({ blob, identity }, report) => openBlob(blob, identity, report),
  digest: ({ blob, salt }, report) => digestBlob(blob, salt, report),
  ...{ attempt, begin, byWords, replace, second },
  nearest: ({ typed, recipient }, report) => nearest(typed, recipient, report),
};

addEventListener("message", async ({ data: { id, job, given } }) => {
  let last = 0;
  const report = (progress) => {
    const now = performance.now();
    if (now - last < EVERY) return;
    last = now;
    postMessage({ id, progress });
  };
  try {
    postMessage({ id, made: await JOBS[job](given, report) });
  } catch (error) {
    postMessage({ id, refused: { code: error.code ?? "broken", details: error.details ?? { said: String(error) } } });
  }
});
