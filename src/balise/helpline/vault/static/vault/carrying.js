/**
 * A vault as it lies, row by row, and a digest of each: by these a vault that moves to another origin is held
 * against the one that stays until then. Nothing is opened, so a vault with two codes moves like one with one.
 */
import { hex, utf8 } from "./bytes.js";

const PIECE = 8 * 1024 * 1024; // bytes of a file in memory at once
const LAST = "keys"; // without it there is no vault: it comes when all else is there

const asked = (request) =>
  new Promise((resolve, refuse) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => refuse(request.error);
  });

const NAME = "notes"; // the database of store.js

/** Return the open database, or null where there is none: none is made. */
export function lies() {
  return new Promise((resolve, refuse) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onblocked = request.onerror = () => (request.error?.name === "AbortError" ? resolve(null) : refuse(request.error));
  });
}

/** Return {store, key, isInline} of every row, those of the keys last. */
export async function places(database) {
  const names = [...database.objectStoreNames].sort((one, other) => (one === LAST) - (other === LAST));
  const found = [];
  for (const store of names) {
    const within = database.transaction(store).objectStore(store);
    const isInline = within.keyPath !== null;
    found.push(...(await asked(within.getAllKeys())).map((key) => ({ store, key, isInline })));
  }
  return found;
}

/** Return the value of a row. */
export const valueAt = (database, { store, key }) => asked(database.transaction(store).objectStore(store).get(key));

/** Delete every row, durable when it returns. */
export function emptied(database) {
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names, "readwrite", { durability: "strict" });
  for (const name of names) transaction.objectStore(name).clear();
  return new Promise((resolve, refuse) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => refuse(transaction.error);
  });
}

/** Return the SHA-256 of a row: of its place and of all that it holds. */
export async function digest({ store, key }, value) {
  return hashed(utf8(JSON.stringify([store, await told(key), await told(value)])));
}

const hashed = async (octets) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", octets)));

// What JSON can write of a value: octets by their hash, a key that is not given out by what it is for.
async function told(value) {
  if (value instanceof Blob) return { blob: await pieces(value), type: value.type };
  if (value instanceof ArrayBuffer) return { octets: await hashed(value) };
  if (ArrayBuffer.isView(value)) return { octets: await hashed(value), view: value.constructor.name };
  if (value instanceof CryptoKey) {
    const { algorithm, extractable, type, usages } = value;
    return { key: [await told(algorithm), extractable, type, [...usages].sort()] };
  }
  if (value instanceof Date) return { moment: value.toISOString() };
  if (Array.isArray(value)) return Promise.all(value.map(told));
  if (value === null || typeof value !== "object") return value === undefined ? { nothing: true } : value;
  const names = Object.keys(value).sort();
  return { fields: await Promise.all(names.map(async (name) => [name, await told(value[name])])) };
}

async function pieces(blob) {
  const found = [];
  for (let at = 0; at < blob.size; at += PIECE) found.push(await hashed(await blob.slice(at, at + PIECE).arrayBuffer()));
  return found;
}
