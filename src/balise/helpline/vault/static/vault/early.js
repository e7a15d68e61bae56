/**
 * What another app shared before there was a vault: it waits here for an hour at most, under a key that the
 * browser never gives out, and is named in `keeping.py`: leaving drops it. The name of the database says
 * nothing of it.
 *
 *   await hold(file)        // seals one; refuses as `typeOf` of magic.js
 *   await waiting()         // how many wait; what is older than an hour is gone
 *   await release(take)     // gives each to `take`, and drops them
 */
import { joined, random, text, utf8 } from "./bytes.js";
import { typeOf } from "./magic.js";

export const NAME = "passing";
export const LONGEST = 3_600_000; // milliseconds
const NONCE = 12;
const HEAD = 4; // bytes of the length of what is said of a file

/** Seal what came, until there is a vault. */
export async function hold(file, now = Date.now()) {
  await typeOf(file);
  const { name = "", type = "", lastModified = 0 } = file;
  const said = utf8(JSON.stringify({ name, type, lastModified }));
  const length = new Uint8Array(new Uint32Array([said.length]).buffer);
  const content = joined(length, said, new Uint8Array(await file.arrayBuffer()));
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = random(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, fresh, content);
  await within(true, "readwrite", (store) => store.add({ key: fresh, iv, sealed, until: now + LONGEST }));
  setTimeout(() => waiting().catch(() => {}), LONGEST);
}

/** Return how many wait. */
export async function waiting(now = Date.now()) {
  const { length } = await rows(now);
  if (!length) await drop();
  return length;
}

/** Give each that waits to `take`, as a File, and drop all of them. */
export async function release(take, now = Date.now()) {
  for (const { key, iv, sealed } of await rows(now)) {
    const bytes = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
    const start = HEAD + new DataView(bytes.buffer).getUint32(0, true);
    const { name, ...said } = JSON.parse(text(bytes.subarray(HEAD, start)));
    const content = [bytes.subarray(start)];
    await take(name ? new File(content, name, said) : new Blob(content, said));
  }
  await drop();
}

// Those whose hour is not over; a clock that was set back does not make it longer.
async function rows(now) {
  const found = (await within(false, "readonly", (store) => store.getAll())) ?? [];
  const isOver = ({ until }) => now >= until || until > now + LONGEST;
  if (found.some(isOver)) await drop();
  return found.some(isOver) ? [] : found;
}

function drop() {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
}

// Ask the store, and close it again: leaving can then delete it. To look makes none.
function within(isMade, mode, ask) {
  return new Promise((resolve, refuse) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      if (isMade) request.result.createObjectStore("files", { autoIncrement: true });
      else request.transaction.abort();
    };
    request.onerror = () => (isMade ? refuse(request.error) : resolve(null));
    request.onsuccess = () => {
      const database = request.result;
      const transaction = database.transaction("files", mode);
      const asked = ask(transaction.objectStore("files"));
      const over = (end) => () => {
        database.close();
        end(asked.result);
      };
      transaction.oncomplete = over(resolve);
      transaction.onabort = over(() => refuse(transaction.error));
    };
  });
}
