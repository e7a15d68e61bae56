// What bench/vault.py measures, in the page and in a worker of its own.
import { script } from "/static/balise/policy.js";

const SIZE = 20 * 1024 * 1024;
const inWorker = typeof DedicatedWorkerGlobalScope !== "undefined";

if (inWorker) {
  // The bounds: a cipher alone over 64 KiB chunks, without format, streams or Blobs.
  const { chacha20poly1305 } = await import("/static/vault/age.js");
  const CHUNK = 64 * 1024;
  const piece = crypto.getRandomValues(new Uint8Array(CHUNK));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const nonce = () => crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  const ways = {
    async chacha() {
      const iv = nonce();
      const sealed = chacha20poly1305(secret, iv).encrypt(piece);
      return [() => chacha20poly1305(secret, nonce()).encrypt(piece), () => chacha20poly1305(secret, iv).decrypt(sealed)];
    },
    async gcm() {
      const iv = nonce();
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, piece);
      return [
        () => crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce() }, key, piece),
        () => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed),
      ];
    },
  };
  addEventListener("message", async ({ data }) => {
    const times = [];
    for (const each of await ways[data]()) {
      const before = performance.now();
      for (let at = 0; at < SIZE; at += CHUNK) await each();
      times.push(performance.now() - before);
    }
    postMessage(times);
  });
  postMessage("ready");
}

const modules = inWorker
  ? []
  : await Promise.all(["sealing", "keys", "words", "vault"].map((each) => import(`/static/vault/${each}.js`)));
const [sealing, keys, words, vault] = modules;
let bound = null;
let pair = null;
let file = null;
let kept = null;
let tasks = [];

/** Make 20 MB of noise, kept by the browser as a file is, and start the workers. */
export async function prepare() {
  const parts = Array.from({ length: SIZE / 65536 }, () => crypto.getRandomValues(new Uint8Array(65536)));
  file = new Blob(parts);
  bound = new Worker(script(new URL("/static/bench/vault.js", location).href), { type: "module" });
  await answer();
  pair = words.pairOf(crypto.getRandomValues(new Uint8Array(32)));
  await sealing.open(await sealing.seal(new Blob(["warm"]), [pair.recipient]), pair.identity);
  kept = await sealing.seal(file, [pair.recipient]);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration))).observe({
    type: "longtask",
  });
}

/** Return {seal, open, longest, tasks}: milliseconds, or seal or open alone; `longest` is the page's longest wait for its turn. */
export async function ours(...only) {
  if (only.includes("seal")) return sealing.seal(file, [pair.recipient, pair.recipient]);
  if (only.includes("open")) return sealing.open(kept, pair.identity);
  tasks = [];
  let longest = 0;
  let last = performance.now();
  const turns = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 4);
  const start = performance.now();
  const sealed = await sealing.seal(file, [pair.recipient, pair.recipient], { onProgress: () => {} });
  const middle = performance.now();
  const opened = await sealing.open(sealed, pair.identity, { onProgress: () => {} });
  const end = performance.now();
  clearInterval(turns);
  if (opened.size !== SIZE) throw new Error("not the same");
  return { seal: middle - start, open: end - middle, longest, tasks };
}

/** Return [encrypt, decrypt] of the library's cipher (`chacha`) or the browser's (`gcm`), milliseconds. */
export async function alone(cipher) {
  bound.postMessage(cipher);
  return answer();
}

/** Return the milliseconds of hashing 20 MB: its SHA-256 and its commitment. */
export async function hashing() {
  const before = performance.now();
  await sealing.digest(file, "00".repeat(32));
  return performance.now() - before;
}

/** Make a vault of so many items and lock it. */
export async function fill(count) {
  const said = await words.newWords("fr");
  const open = await keys.create({ pin: "274951", words: said, typedBack: said.join(" ") });
  const text = (nth) => `https://platform.example/post/${nth}`;
  for (let nth = 0; nth < count; nth++) {
    await vault.addWords(open, "link", text(nth), { what: "On se moque de moi dans le groupe.", who: "Camille" });
  }
  keys.lock();
}

/** Return {unlock, list, count}: milliseconds of the PIN, then of what the first screen needs. */
export async function opening() {
  const start = performance.now();
  const open = await keys.unlock("274951");
  const middle = performance.now();
  const { items } = await vault.checked(open);
  const end = performance.now();
  keys.lock();
  return { unlock: middle - start, list: end - middle, count: items.length };
}

/** Make a vault of before, with two codes, and open it by the first: both slots then cost both ways. */
export async function before() {
  const { madeBefore, store } = await import("/static/tests/scenes.js");
  await store.clear();
  await madeBefore("274951", "830264");
  await keys.unlock("274951");
  keys.lock();
}

/** Return the milliseconds of a code, with what Argon2id and PBKDF2 both take. */
export async function unlocking(pin) {
  const start = performance.now();
  await keys.unlock(pin);
  const end = performance.now();
  keys.lock();
  return { unlock: end - start };
}

function answer() {
  return new Promise((resolve) => {
    bound.addEventListener("message", ({ data }) => resolve(data), { once: true });
  });
}
