/**
 * What the vault keeps in this browser: the IndexedDB database `notes`, version 2. Leaving, ending and
 * erasing never touch it (it is not in `keeping.py`); clearing the vault alone does.
 *
 * The version says who may write: a tab of a release that writes less (before 2: not what bound.js holds) loses the
 * database as a newer one opens it, and is refused until it is loaded again.
 *
 *   keys      one record, of slots.js; what each vault held last, of bound.js
 *   items     {id, listed}: the head of an item, sealed under a key of the open vault
 *   files     id → Blob, the age file
 *   log       n → {sealed}: a line of chain.js
 *   incoming  n → {file}: shared while the vault was locked, sealed to the device alone
 *   shares    {id, sealed}: what was shared, with its tokens
 *
 *   await roomFor(bytes)            // {isEnough, needed, left}, in bytes: ask before a large file
 *   await write([...])              // all or nothing; refuses `storage-full`
 *   await change(store, key, make)  // one value, read and written in one transaction
 *   await together([store, key], …) // values as they were at one moment; without a key, all of the store
 *   const end = onChange(handler)   // another tab changed something
 */
import { Refused } from "./refused.js";

const NAME = "notes";
const VERSION = 2;
const MARGIN = 2 * 1024 * 1024; // bytes left to the browser
const STORES = {
  keys: {},
  items: { keyPath: "id" },
  files: {},
  log: { autoIncrement: true },
  incoming: { autoIncrement: true },
  shares: { keyPath: "id" },
};
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
channel?.unref?.(); // under Node
let opened = null;

/** Run something while no other tab does anything under the same name. */
export function alone(name, task) {
  return navigator.locks ? navigator.locks.request(`${NAME}-${name}`, task) : task();
}

/** Hear of changes that other tabs make: "changed", "locked" or "cleared". Return what ends it. */
export function onChange(handler) {
  const heard = ({ data }) => handler(data);
  channel?.addEventListener("message", heard);
  return () => channel?.removeEventListener("message", heard);
}

/** Tell other tabs. */
export const announce = (what) => channel?.postMessage(what);

/** Return {isEnough, needed, left} for so many more bytes; where a browser does not say, it is enough. */
export async function roomFor(bytes) {
  const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const needed = bytes + MARGIN;
  const left = quota === undefined ? Infinity : Math.max(0, quota - usage);
  return { isEnough: needed <= left, needed, left };
}

/** Return one value, or undefined. */
export const get = (store, key) => read(store, (each) => each.get(key));
/** Return all values of a store, in the order of their keys. */
export const all = (store) => read(store, (each) => each.getAll());
/** Return all keys of a store. */
export const keys = (store) => read(store, (each) => each.getAllKeys());

/** Return values that were there at one moment: of each [store, key] one value, of each [store] all of them. */
export async function together(...asked) {
  const database = await open();
  const transaction = database.transaction([...new Set(asked.map(([store]) => store))]);
  const requests = asked.map(([store, key]) => {
    const from = transaction.objectStore(store);
    return key === undefined ? from.getAll() : from.get(key);
  });
  await ended(transaction);
  return requests.map(({ result }) => result);
}

/**
 * Make several changes in one transaction, durable when it returns: all of them or none.
 * Each is {store, put, key?} or {store, drop}. Refuses `storage-full`, before and while writing.
 */
export async function write(changes, { bytes = 0 } = {}) {
  const room = await roomFor(bytes);
  if (bytes && !room.isEnough) throw new Refused("storage-full", room);
  const database = await open();
  const names = [...new Set(changes.map((each) => each.store))];
  const transaction = database.transaction(names, "readwrite", { durability: "strict" });
  const done = ended(transaction, room);
  try {
    for (const { store, put, key, drop } of changes) {
      const into = transaction.objectStore(store);
      if (put === undefined) into.delete(drop);
      else into.put(put, key);
    }
  } catch (error) {
    transaction.abort();
    await done.catch(() => {});
    throw error.name === "QuotaExceededError" ? new Refused("storage-full", room) : error;
  }
  await done;
  announce("changed");
}

/**
 * Change one value in a transaction of its own, durable when it returns: `make` is given what is there, and
 * returns what takes its place. Return that. What `make` refuses changes nothing. `also` are values of the same
 * store that are written with it, each {key, put}.
 */
export async function change(store, key, make, also = []) {
  const database = await open();
  const transaction = database.transaction(store, "readwrite", { durability: "strict" });
  const done = ended(transaction);
  const into = transaction.objectStore(store);
  const asked = into.get(key);
  let made;
  let refused = null;
  asked.onsuccess = () => {
    try {
      made = make(asked.result);
      into.put(made, key);
      for (const each of also) into.put(each.put, each.key);
    } catch (error) {
      refused = error;
      transaction.abort();
    }
  };
  await done.catch((error) => {
    throw refused ?? error;
  });
  return made;
}

/** Delete everything: keys, items, log, shares. It cannot be undone. */
export async function clear() {
  const database = await open();
  const transaction = database.transaction(Object.keys(STORES), "readwrite", { durability: "strict" });
  for (const store of Object.keys(STORES)) transaction.objectStore(store).clear();
  await ended(transaction);
  announce("cleared");
}

async function read(store, ask) {
  const database = await open();
  const request = ask(database.transaction(store).objectStore(store));
  return new Promise((resolve, refuse) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => refuse(request.error);
  });
}

function ended(transaction, room = {}) {
  return new Promise((resolve, refuse) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => {
      const { error } = transaction;
      refuse(error?.name === "QuotaExceededError" ? new Refused("storage-full", room) : error);
    };
  });
}

function open() {
  opened ??= new Promise((resolve, refuse) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const { result: made } = request;
      for (const [name, options] of Object.entries(STORES)) {
        if (!made.objectStoreNames.contains(name)) made.createObjectStore(name, options);
      }
    };
    request.onblocked = () => refuse(new Refused("version-blocked"));
    request.onerror = () => refuse(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      request.result.onclose = () => (opened = null);
      resolve(request.result);
    };
  });
  opened.catch(() => (opened = null));
  return opened;
}
