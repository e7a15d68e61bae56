// Somebody puts back what a vault held before, or takes a part away: `test_the_vault_is_bound.py` reads the answers.
import { backup, keys, made, madeBefore, png, refusal, store, vault, words } from "./scenes.js";

const row = (name, id) => store.get(name, id);
const put = (name, value, key) => store.write([{ store: name, put: value, key }]);
const drop = (name, key) => store.write([{ store: name, drop: key }]);
const leaving = async (open, id) =>
  Promise.all([vault.original, vault.shareable, vault.linkable].map((each) => refusal(each(open, id, open.recovery))));
const HELD = ["held-0", "held-1"];
const heldOf = async () => Promise.all(HELD.map((key) => store.get("keys", key)));

export async function putBack() {
  const { open } = await made();
  const [one, other, third] = [await vault.add(open, png()), await vault.add(open, png(100)), await vault.add(open, png(50))];
  const before = await Promise.all([row("items", one.id), row("items", other.id), row("files", other.id)]);
  await vault.stamped(open, one.id, "dG9rZW4=");
  const after = await row("items", one.id);
  await vault.remove(open, other.id);
  const right = await vault.faults(open);
  await put("items", before[0]);
  await put("items", before[1]);
  await put("files", before[2], other.id);
  const faulty = Object.fromEntries((await vault.list(open)).map(({ id, fault }) => [id, fault ?? ""]));
  const heard = [await leaving(open, one.id), await leaving(open, other.id), await leaving(open, third.id)];
  const seen = (await vault.original(open, one.id, { isSeen: true })).original.size;
  await vault.addWords(open, "text", "Après.");
  const still = (await vault.list(open)).filter(({ fault }) => fault).length;
  await put("items", after);
  await vault.remove(open, other.id);
  return {
    right, faults: [one, other, third].map(({ id }) => faulty[id]), heard, seen, still,
    again: await refusal(vault.stamped(open, one.id, "dG9rZW4=")), now: (await vault.list(open)).filter(({ fault }) => fault).length,
  };
}

export async function cut() {
  const { open } = await made();
  for (let nth = 0; nth < 3; nth++) await vault.add(open, png(10 + nth));
  const before = await vault.end(open);
  const [, ...last] = await store.keys("log");
  for (const key of last) await drop("log", key);
  const { lines } = await vault.faults(open);
  const end = await vault.end(open);
  await vault.addWords(open, "text", "Après.");
  const after = (await vault.log(open)).map(({ entry }) => entry.n);
  return { lines, same: JSON.stringify(end) === JSON.stringify(before), after };
}

export async function gone() {
  const { open } = await made();
  const [one] = [await vault.add(open, png()), await vault.add(open, png(100))];
  await drop("items", one.id);
  await drop("files", one.id);
  const told = await vault.faults(open);
  return { gone: told.gone.map(({ id, added }) => [id === one.id, added.slice(0, 10) === one.added.slice(0, 10)]), lines: told.lines };
}

// A tab of the release before has the vault open, as a newer tab opens it.
export async function tabOfBefore() {
  const opened = () => new Promise((resolve, refuse) => {
    const asked = indexedDB.open("notes", 1);
    asked.onupgradeneeded = () => {
      for (const name of ["keys", "files"]) asked.result.createObjectStore(name);
      for (const name of ["items", "shares"]) asked.result.createObjectStore(name, { keyPath: "id" });
      for (const name of ["log", "incoming"]) asked.result.createObjectStore(name, { autoIncrement: true });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => refuse(asked.error);
  });
  const written = async (base) => {
    const made = base.transaction("items", "readwrite");
    made.objectStore("items").put({ id: "old", listed: new Uint8Array(40) });
    await new Promise((resolve, refuse) => ([made.oncomplete, made.onabort] = [resolve, refuse]));
  };
  const old = await opened();
  await written(old);
  const before = await store.keys("items");
  const { open } = await made();
  await vault.add(open, png());
  const heard = [];
  for (const way of [async () => written(old), async () => written(await opened())]) {
    heard.push(await way().then(() => "written", ({ name }) => name));
  }
  return { before, heard, faults: await vault.faults(open), count: (await vault.list(open)).length };
}

// What holds the vault together is itself put back, or taken away, with or without the code typed again.
export async function listPutBack() {
  const { open } = await made();
  await vault.add(open, png());
  const heard = [];
  const older = await heldOf();
  await vault.add(open, png(100));
  const last = await heldOf();
  const told = async (opened) => heard.push((await vault.faults(opened)).isLost);
  const restore = async (rows) => {
    for (const [nth, key] of HELD.entries()) await (rows ? put("keys", rows[nth], key) : drop("keys", key));
  };
  await told(open);
  await restore(older);
  await told(open);
  await restore(null);
  await told(open);
  keys.lock();
  const again = await keys.unlock("274951");
  await told(again);
  await vault.addWords(again, "text", "Après.");
  await told(again); // it is made again, and goes on saying so
  await restore(last);
  await told(again);
  return { heard, count: (await vault.list(again)).length };
}

// A vault with items of before: its record is the one of before the first opening, and no list was ever made.
export async function before() {
  await madeBefore("274951");
  const record = await row("keys", "vault");
  const open = await keys.unlock("274951");
  const one = await vault.add(open, png());
  await vault.stamped(open, one.id, "dG9rZW4=");
  await vault.keepShare(open, { item: one.id, token: "t" });
  keys.lock();
  await put("keys", record, "vault");
  for (const key of HELD) await drop("keys", key);
  const again = await keys.unlock("274951");
  const first = await vault.faults(again);
  const faulty = (await vault.list(again)).map(({ fault }) => fault ?? "");
  const sizes = (await heldOf()).map(({ length }) => length);
  await drop("items", one.id);
  const then = await vault.faults(again);
  return { first, faulty, sizes, gone: then.gone.length };
}

const shape = async () => {
  const names = await store.keys("keys");
  const found = await Promise.all(names.map((key) => store.get("keys", key)));
  return names.map((name, nth) => `${name} ${found[nth].length ?? ""}`);
};

/** Two slots look alike: before there is a second code, after, and whichever holds more. */
export async function alike(given) {
  const { open } = await made();
  const shapes = [await shape()];
  await keys.setDecoy(open, "830264");
  shapes.push(await shape());
  keys.lock();
  const decoy = await keys.unlock("830264");
  const inside = await vault.add(decoy, png());
  shapes.push(await shape());
  keys.lock();
  const whole = await keys.unlock("274951");
  for (let nth = 0; nth < given; nth++) await vault.keepShare(whole, { item: "x", nth });
  const grown = await shape();
  const mine = await vault.faults(whole);
  keys.lock();
  const again = await keys.unlock("830264");
  const found = [await vault.faults(again), (await vault.list(again)).map(({ id, fault }) => [id === inside.id, fault ?? ""])];
  await vault.clear(again);
  const empty = await vault.faults(again);
  keys.lock();
  const last = await vault.faults(await keys.unlock("274951"));
  return { shapes, grown, mine, found, empty, last };
}

export async function sharesPutBack() {
  const { open } = await made();
  const kept = await vault.keepShare(open, { id: "cases", known: { c: "age1a" } });
  const before = await row("shares", kept.id);
  await vault.keepShare(open, { id: "cases", known: { c: "age1a", d: "age1b" } });
  const right = [(await vault.faults(open)).shares, Object.keys((await vault.shareOf(open, "cases")).known)];
  await put("shares", before);
  const back = [(await vault.faults(open)).shares, await refusal(vault.shareOf(open, "cases"))];
  await drop("shares", "cases");
  return { right, back, away: [(await vault.faults(open)).shares, await refusal(vault.shareOf(open, "cases"))] };
}

/** A server gives an older log, another part's piece, or none. */
export async function olderParts() {
  const { said, open } = await made();
  const [one, other] = [await vault.add(open, png(3000)), await vault.add(open, png(4000))];
  const server = new Map();
  const upload = async () => {
    const { pieces, done } = await backup.plan(open);
    const order = pieces.map(({ n }) => n);
    for (const { n, blob } of pieces) server.set(n, await blob());
    await done();
    return order;
  };
  const first = await upload(); // one, other, the log, the list
  await vault.addWords(open, "text", "Encore un.");
  const second = await upload(); // the text, the log, the list
  await vault.clear(open);
  keys.lock();
  const read = await words.readWords(said.join(" "));
  const key = await words.recoveryKey(read);
  const half = await keys.create({ pin: "830264", words: read.words, typedBack: read.words.join(" ") });
  const given = new Map(server);
  given.set(second[1], server.get(first[2]));
  given.set(first[0], server.get(first[1]));
  given.delete(first[1]);
  const bad = await backup.restore(half, key, async (n) => given.get(n) ?? null);
  const right = await backup.restore(half, key, async (n) => server.get(n) ?? null);
  const named = ({ id, added }) => [id === one.id ? "one" : id === other.id ? "other" : id, Boolean(added)];
  return {
    older: bad.older.map(named), missing: bad.missing.map(named), restored: [bad.restored, right.restored],
    isWhole: [bad.isWhole, right.isWhole], dated: right.at.slice(0, 2), faults: await vault.faults(half),
    log: (await vault.log(half)).map(({ entry }) => entry.n),
  };
}
