// What a young person wrote and what has not left yet waits on the device, encrypted by a key that no
// script can read out. Leaving and ending drop it by its name. Each message is a record of its own:
// two tabs of one chat take nothing from each other, and the server takes each message once.
const NAME = "outbox";
const SLOW = 1500; // a database that does not open is none
const empty = () => ({ out: [], draft: "" });

function database() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => ["keys", "waits"].forEach((name) => asked.result.createObjectStore(name));
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close(); // leaving deletes it
      done(asked.result);
    };
    setTimeout(fail, SLOW);
  });
}

// Do something in a store, and return what it gave once it is written.
function within(base, name, act) {
  return new Promise((done, fail) => {
    const all = base.transaction(name, "readwrite");
    const asked = act(all.objectStore(name));
    all.oncomplete = () => done(asked?.result);
    all.onerror = all.onabort = () => fail(all.error);
  });
}

async function keyOf(base) {
  const kind = { name: "AES-GCM", length: 256 };
  const found = await within(base, "keys", (keys) => keys.get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey(kind, false, ["encrypt", "decrypt"]);
  await within(base, "keys", (keys) => keys.add(made, "key")).catch(() => {}); // another tab was first
  return within(base, "keys", (keys) => keys.get("key"));
}

async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

async function unseal(key, { iv, data }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data)));
}

// Return what waits in a box, `{out, draft}`, and how it is saved; in memory alone where nothing is kept.
export async function outbox(box) {
  const range = IDBKeyRange.bound(`${box} `, `${box}!`, false, true);
  try {
    const base = await database();
    const key = await keyOf(base);
    const found = await within(base, "waits", (waits) => waits.getAll(range));
    const all = await Promise.all(found.map((one) => unseal(key, one)));
    const kept = empty();
    kept.out = all.filter((one) => one.client_id).sort((one, other) => one.at - other.at);
    kept.draft = all.find((one) => one.draft !== undefined)?.draft ?? "";
    let saved = new Set(kept.out.map((one) => one.client_id));
    let last = Promise.resolve();
    async function save({ out, draft }) {
      const ids = new Set(out.map((one) => one.client_id));
      const fresh = out.filter((one) => !saved.has(one.client_id));
      const sealed = await Promise.all(fresh.map(async (one) => [one.client_id, await seal(key, one)]));
      const written = await seal(key, { draft });
      await within(base, "waits", (waits) => {
        for (const id of saved) if (!ids.has(id)) waits.delete(`${box} ${id}`);
        for (const [id, one] of sealed) waits.put(one, `${box} ${id}`);
        if (draft) waits.put(written, `${box} draft`);
        else waits.delete(`${box} draft`);
      });
      saved = ids;
    }
    const keep = (value) => (last = last.then(() => save(structuredClone(value))).catch(() => {}));
    return { kept, keep };
  } catch {
    return { kept: empty(), keep() {} };
  }
}
