/**
 * What is in an open vault. Each function takes the session of keys.js; after `lock()` it refuses `stopped`.
 *
 *   await held(session), await plan(session)          // all of it, for a backup; the plan, which is no evidence
 *   await list(session)                               // [{id, head, commitment, sealed, added, token, redactions, fault}]
 *   await checked(session), await faults(session)     // {items, faults}; {isLost, lines, gone, shares}: not as left
 *   await add(session, file, said, { onProgress })    // → the same, for one. said: {kind?, name?, happened_at?, …}
 *   await addWords(session, "link", "https://…", said)// a link, a text or a call, from text
 *   await redact(session, id, drawn, said)            // a derivative: `parent` is the original, which stays
 *   await original(session, id, { onProgress })       // {head, original}: the Blob, bit for bit
 *   await remove(session, id)                         // the item and its redactions; the log keeps the line
 *   await log(session)                                // [{entry, hash}], in order
 *   await end(session)                                // {n, hash}: of the last line that there has to be
 *   await note(session, kind, ...ids)                 // a line for each: shared, revoked, exported
 *   await stamped(session, id, token)                 // keeps a whole time-stamp reply (base64)
 *   await receive(file, said)                         // while locked: sealed to the device at once
 *   await arrived()                                   // how many wait
 *   await fileArrived(session)                        // → [{id,…} or {refused}], filed
 *   await shareable(session, id, recipient)           // {header, body}: age, for `POST share`
 *   await shares(session), await keepShare(session, {id, …}), await dropShare(session, id)
 *   await clear(session)                              // everything of this vault, for good
 *
 * Adding asks for the room first (storage-full) and writes the item, its file and its line of the log in
 * one transaction: nothing is half kept. `said` never holds what `file` is: magic.js reads that. With each change
 * is written what the vault then holds (bound.js): a row that is not the one that was left has a `fault`, "older" or
 * "unknown" (it was deleted), and does not leave.
 */
import * as bound from "./bound.js";
import * as chain from "./chain.js";
import { hex, random } from "./bytes.js";
import { forMore, forOnly } from "./header.js";
import { newHead, pack, unpack } from "./items.js";
import { kindOf, typeOf } from "./magic.js";
import { Refused } from "./refused.js";
import { digest, open, seal } from "./sealing.js";
import { hide, needOpen, reveal } from "./session.js";
import * as store from "./store.js";
import { state } from "./keys.js";

const PLAN = "plan";

export { onChange, roomFor } from "./store.js";

/** Return the evidence that this vault holds, in the order it was added. */
export const list = async (session) => (await held(session)).filter(isEvidence);

/** Return {id, original} of the plan for hard moments, or null: it is kept beside the evidence. */
export async function plan(session) {
  const found = (await held(session)).findLast(({ head }) => head.kind === PLAN);
  return found ? { id: found.id, ...(await original(session, found.id, { isSeen: true })) } : null;
}

/** Return all that this vault holds: for a backup. */
export const held = async (session) => (await looked(session)).items;

/**
 * Return {items, faults}: the evidence, and what is not as it was left. That is {isLost} where nothing says how it was,
 * {lines} that are missing at the end of the log, the items that are {gone}, each {id, added} as the log tells, and
 * whether {shares} were put back.
 */
export async function checked(session) {
  const { items, shares, standing } = await looked(session);
  const ids = new Set(items.map(({ id }) => id));
  const missing = standing.isLost ? [] : bound.ids(standing, "items").filter((id) => !ids.has(id));
  const lines = missing.length ? await log(session) : [];
  const gone = missing.map((id) => ({ id, added: lines.find(({ entry }) => entry.item === id)?.entry.at ?? "" }));
  const isLost = standing.isLost || Boolean(standing.wasLost);
  const back = (await sharesBack(session, shares, standing)).size > 0;
  return { items: items.filter(isEvidence), faults: { isLost, lines: standing.lines, gone, shares: back } };
}

export const faults = async (session) => (await checked(session)).faults;

const isEvidence = ({ head }) => head.kind !== PLAN;

async function looked(session) {
  const [rows, shares, ...rest] = await store.together(["items"], ["shares"], ...bound.asked(session));
  const standing = await bound.read(session, ...rest);
  const found = await Promise.all(rows.map((each) => revealed(session, each, standing)));
  const items = found.filter(Boolean).sort((one, other) => one.added.localeCompare(other.added));
  const copies = new Map();
  for (const { id, head } of items) if (head.parent) copies.set(head.parent, [...(copies.get(head.parent) ?? []), id]);
  for (const each of items) each.redactions = copies.get(each.id) ?? [];
  return { items, shares, standing };
}

/** Add a file. Refuses empty, program, kind-unknown (magic.js) and storage-full. */
export async function add(session, file, said = {}, { onProgress, kind: line = "added", also = [] } = {}) {
  const { type, kind } = await typeOf(file);
  const told = { ...said, name: said.name ?? file.name ?? "", kind: said.kind ?? kind, type };
  return sealed(session, file, told, line, onProgress, also);
}

/** Add a link, a text or a call, from text. Refuses `empty`. */
export async function addWords(session, kind, words, said = {}) {
  const file = new Blob([words.trim()], { type: "text/plain" });
  if (!file.size) throw new Refused("empty");
  return sealed(session, file, { ...said, kind, type: "text/plain" }, "added");
}

/** Add what was drawn from an original, with what was said of it; the original stays. */
export async function redact(session, id, drawn, said = {}, options = {}) {
  const { head } = await one(session, id);
  const { kind, name, taken_at, happened_at, who, what, where } = head;
  const told = { kind, name, taken_at, happened_at, who, what, where, ...said, parent: id };
  return add(session, drawn, told, { ...options, kind: "redacted" });
}

/**
 * Return {head, original}. Refuses unknown-item, broken {head} where the file is not the one that was kept, and
 * put-back {head} where the item is not as it was left, unless it is only seen.
 */
export async function original(session, id, { onProgress, isSeen = false } = {}) {
  const { head, commitment, fault } = await one(session, id);
  if (fault && !isSeen) throw new Refused("put-back", { head });
  const found = await filed(session, id, onProgress);
  const made = found && (await digest(found.original, head.salt));
  const isSame = made?.sha256 === head.sha256 && made.commitment === commitment;
  if (!isSame || JSON.stringify(found.head) !== JSON.stringify(head)) throw new Refused("broken", { head });
  return found;
}

// What the file of an item holds; null where it is none of this vault's.
async function filed(session, id, onProgress) {
  const file = await store.get("files", id);
  try {
    return file && (await unpack(await open(file, session.identity, { onProgress })));
  } catch (fault) {
    if (fault.code === "broken") return null;
    throw fault;
  }
}

/** Delete an item and its redactions; what was shared of it is not touched. */
export async function remove(session, id) {
  const items = await held(session);
  const gone = items.filter((each) => each.id === id || each.head.parent === id);
  if (!gone.length) throw new Refused("unknown-item");
  await written(
    session,
    gone.map((each) => ["deleted", each]),
    gone.flatMap((each) => [
      { store: "items", drop: each.id },
      { store: "files", drop: each.id },
    ]),
  );
}

/** Return the lines of the log of this vault, in order. */
export async function log(session) {
  const lines = await Promise.all((await store.all("log")).map((row) => reveal(session, "log", row.sealed)));
  return lines.filter(Boolean).sort((one, other) => one.entry.n - other.entry.n);
}

/** Return {n, hash} of the last line that the log has to have, whatever is there. */
export async function end(session) {
  const { n, hash } = await bound.read(session, ...(await store.together(...bound.asked(session))));
  return { n, hash };
}

/** Add a line to the log for each item. */
export async function note(session, kind, ...ids) {
  await written(session, (await some(session, ids)).map((each) => [kind, each]), []);
}

/** Keep the whole reply of the time-stamp authority with an item. */
export const stamped = async (session, id, token) => (await stampedAll(session, [[id, token]]))[0];

/** Keep the whole reply of the time-stamp authority with each item: all of [id, token], or none. */
export async function stampedAll(session, tokens) {
  const items = await some(session, tokens.map(([id]) => id));
  const back = items.find(({ fault }) => fault);
  if (back) throw new Refused("put-back", back);
  const kept = items.map(({ redactions: _redactions, ...item }, nth) => ({ ...item, token: tokens[nth][1] }));
  const put = await Promise.all(kept.map(async (each) => ({ store: "items", put: await row(session, each) })));
  await written(session, kept.map((each) => ["stamped", each]), put);
  return kept;
}

/** Seal what is shared to the device's recipient: the vault may be locked. Refuses as `add`, and no-vault. */
export async function receive(file, said = {}) {
  const { recipient, exists } = await state();
  if (!exists) throw new Refused("no-vault");
  const { type, kind } = await typeOf(file);
  await roomOrRefuse(file.size);
  const head = newHead({ kind, type, bytes: file.size, name: file.name ?? "", ...said });
  const made = await seal(pack(head, file), [recipient]);
  await store.write([{ store: "incoming", put: { file: made } }], { bytes: made.size });
}

/** Return how many things wait to be filed. */
export const arrived = async () => (await store.keys("incoming")).length;

/** File what arrived: each is sealed again to both keys. What can't be opened stays, and is told. */
export function fileArrived(session) {
  return store.alone("incoming", async () => {
    const filed = [];
    for (const key of await store.keys("incoming")) {
      const { file } = await store.get("incoming", key);
      try {
        const { head, original: content } = await unpack(await open(file, session.identity));
        const drop = [{ store: "incoming", drop: key }];
        filed.push(await sealed(session, content, head, "added", undefined, drop));
      } catch (refused) {
        filed.push({ refused });
      }
    }
    return filed;
  });
}

/** Return {header, body, file} of an item for one more recipient, beside the vault's own keys. */
export async function shareable(session, id, recipient) {
  await original(session, id); // what was changed or swapped does not leave
  return forMore(await store.get("files", id), session.identity, [recipient]);
}

/** Return {header, body, file} of an item for this recipient alone: for a link. */
export async function linkable(session, id, recipient) {
  await original(session, id);
  return forOnly(await store.get("files", id), session.identity, [recipient]);
}

/** Return what was shared: what `keepShare` was given. */
export async function shares(session) {
  return (await shared(session)).found;
}

/** Return the share of an id, or undefined. Refuses `shares-back` where it is not as it was left. */
export async function shareOf(session, id) {
  const { found, back } = await shared(session);
  if (back.has(id)) throw new Refused("shares-back");
  return found.find((each) => each.id === id);
}

async function shared(session) {
  const [rows, ...rest] = await store.together(["shares"], ...bound.asked(session));
  const standing = await bound.read(session, ...rest);
  const told = await Promise.all(rows.map((each) => reveal(session, `share ${each.id}`, each.sealed)));
  return { found: told.filter(Boolean), back: await sharesBack(session, rows, standing) };
}

// The ids of the shares that are not as they were left: changed, gone, or there again.
async function sharesBack(session, rows, standing) {
  if (standing.isLost) return new Set();
  const marks = new Map(rows.map(({ id, sealed }) => [id, bound.markOf(sealed)]));
  const back = bound.ids(standing, "shares").filter((id) => marks.get(id) !== bound.kept(standing, "shares", id));
  for (const { id, sealed } of rows) {
    const isNew = bound.kept(standing, "shares", id) === undefined;
    if (isNew && (await reveal(session, `share ${id}`, sealed))) back.push(id);
  }
  return new Set(back);
}

/** Keep a share with its token, sealed; again under the same id changes it. Return it, with its id. */
export async function keepShare(session, share) {
  const kept = { ...share, id: share.id ?? hex(random(16)) };
  await keep(session, [{ store: "shares", put: { id: kept.id, sealed: await hide(session, `share ${kept.id}`, kept) } }]);
  return kept;
}

/** Write changes that have no line in the log. */
export const keep = (session, changes, bytes) => written(session, [], changes, bytes);

/** Bring back the lines of a log, where this vault has none. */
export function bringBack(session, lines) {
  return store.alone("log", async () => {
    const standing = await bound.read(session, ...(await store.together(...bound.asked(session))));
    const last = lines.at(-1);
    if (standing.n || !last) return;
    const rows = await Promise.all(lines.map((line) => hide(session, "log", line)));
    const held = await bound.changes(session, standing, [], { n: last.entry.n, hash: last.hash });
    await store.write([...rows.map((sealed) => ({ store: "log", put: { sealed } })), ...held]);
  });
}

/**
 * Delete all that this vault holds; it cannot be undone. The vault that a second code opens goes without the
 * other, which opens afterwards as it was.
 */
export async function clear(session) {
  needOpen(session);
  if (!session.isDecoy) return store.clear();
  const ids = (await held(session)).map(({ id }) => id);
  const mine = async ([name, place]) => {
    const [found, named] = await Promise.all([store.all(name), store.keys(name)]);
    const told = await Promise.all(found.map((row) => reveal(session, place(row), row.sealed)));
    return named.filter((_, nth) => told[nth]).map((drop) => ({ store: name, drop }));
  };
  const others = await Promise.all([["log", () => "log"], ["shares", ({ id }) => `share ${id}`]].map(mine));
  const files = ids.flatMap((drop) => [{ store: "items", drop }, { store: "files", drop }]);
  const changes = [...files, ...others.flat()];
  return store.alone("log", async () => store.write([...changes, ...(await bound.cleared(session))]));
}

export const dropShare = (session, id) => keep(session, [{ store: "shares", drop: id }]);

async function sealed(session, file, said, line, onProgress, also = []) {
  needOpen(session);
  await roomOrRefuse(file.size);
  const head = newHead({ ...said, kind: said.kind ?? kindOf(said.type), bytes: file.size });
  const half = (start) => onProgress && ((part) => onProgress(start + part / 2));
  const { sha256, commitment } = await digest(file, head.salt, { onProgress: half(0) });
  head.sha256 = sha256;
  const made = await seal(pack(head, file), [session.recipient, session.recovery], { onProgress: half(0.5) });
  const item = { id: head.id, head, commitment, sealed: made.size, added: new Date().toISOString(), token: "" };
  const changes = [
    { store: "items", put: await row(session, item) },
    { store: "files", put: made, key: head.id },
    ...also,
  ];
  await written(session, [[line, item]], changes, made.size);
  return { ...item, redactions: [] };
}

/** Write changes with their lines of the log, and what is held after them, one tab at a time. */
function written(session, lines, changes, bytes = 0) {
  return store.alone("log", async () => {
    const standing = await bound.read(session, ...(await store.together(...bound.asked(session))));
    let { n, hash } = standing;
    const added = [];
    for (const [kind, { id, commitment }] of lines) {
      const entry = chain.entry(kind, { n: ++n, item: id, commitment });
      hash = await chain.next(hash, entry);
      added.push({ store: "log", put: { sealed: await hide(session, "log", { entry, hash }) } });
    }
    const held = await bound.changes(session, standing, changes, { n, hash });
    needOpen(session);
    await store.write([...changes, ...added, ...held], { bytes });
  });
}

async function one(session, id) {
  const [found, ...rest] = await store.together(["items", id], ...bound.asked(session));
  const item = found && (await revealed(session, found, await bound.read(session, ...rest)));
  if (!item) throw new Refused("unknown-item");
  return item;
}

async function some(session, ids) {
  if (ids.length === 1) return [await one(session, ids[0])];
  const all = new Map((await held(session)).map((each) => [each.id, each]));
  if (!ids.every((id) => all.has(id))) throw new Refused("unknown-item");
  return ids.map((id) => all.get(id));
}

const row = async (session, item) => ({ id: item.id, listed: await hide(session, `item ${item.id}`, item) });

async function revealed(session, { id, listed }, standing) {
  const item = await reveal(session, `item ${id}`, listed);
  if (!item) return null;
  const mark = bound.kept(standing, "items", id);
  if (standing.isLost || mark === bound.markOf(listed)) return item;
  return { ...item, fault: mark ? "older" : "unknown" };
}

async function roomOrRefuse(bytes) {
  const room = await store.roomFor(2 * bytes); // the sealed file, before it is written and then
  if (!room.isEnough) throw new Refused("storage-full", room);
}
