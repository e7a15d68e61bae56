/**
 * What a vault held last, in one sealed row that is written with each change, in the same transaction:
 *
 *   held: {n, hash, rows, wasLost?}
 *     n, hash   how many lines the log has, and the hash of the last
 *     rows      "items 4f2a…" → mark, of each row of `items` and `shares`, and of the list of the backup
 *     wasLost   such a row was missing once, or older than the log, and was made again
 *
 * A mark is the nonce that a row was sealed with: two have never the same, and nobody seals another row under it
 * without the key of the vault.
 *
 *   const standing = await read(session, ...await together(...asked(session)))   // held, with what is wrong:
 *     isLost    it is gone, or older than the log: nothing can be held against it
 *     lines     how many are missing at the end of the log
 *   await changes(session, standing, made)   // what is written with these changes
 *   await begun(session)                     // the same for a vault that has no such row yet
 *   await cleared(session), await emptied(slot)
 *
 * There are always two, one for each slot and both of one size; where a slot has no vault, random bytes. So that
 * the size tells nothing, it is a step, and what one vault needs more the other’s row is filled up to: behind its
 * seal, for the key that opens it is not here.
 */
import { hex, joined, text, utf8 } from "./bytes.js";
import { START } from "./chain.js";
import { needOpen, openedBytes, reveal, sealedBytes } from "./session.js";
import { together } from "./store.js";

const NONCE = 12;
const TAG = 16;
const LEAST = 8 * 1024; // bytes of a row; then twice, four times as many
const AT_ONCE = 65_536; // bytes of chance that a browser gives at once
const PLACE = "held";
const BACKUP = "backup";

const keyOf = (slot) => `held-${slot}`;
const named = (store, id) => `${store} ${id}`;

/** Return the mark of a sealed row. */
export const markOf = (sealed) => hex(sealed.subarray(0, NONCE));

/** Return the mark that a row of a store was kept with last; undefined where it was deleted, or never there. */
export const kept = ({ rows }, store, id) => rows[named(store, id)];

/** Return the ids of the rows that a store held last. */
export const ids = ({ rows }, store) =>
  Object.keys(rows).flatMap((name) => (name.startsWith(named(store, "")) ? [name.slice(store.length + 1)] : []));

/** What has to be read at one moment with the rows that are held against it. */
export const asked = ({ slot }) => [["keys", keyOf(slot)], ["keys", keyOf(1 - slot)], ["log"]];

/** Return what a vault held last, with what is wrong; what `asked` asks for is given. */
export async function read(session, mine, other, log) {
  const held = mine && (await opened(session, mine));
  const last = await lastOf(session, log);
  const n = last?.entry.n ?? 0;
  if (!held || n > held.n) return { n, hash: last?.hash ?? START, rows: {}, isLost: true, lines: 0, other };
  const lines = held.n - n || (n && last.hash !== held.hash ? 1 : 0);
  return { ...held, isLost: false, lines, other };
}

/** Return the changes that write down what is held after others, and the lines that were added: {n, hash}. */
export async function changes(session, { isLost, other, ...before }, made, { n, hash }) {
  const { rows, wasLost } = isLost ? { ...(await gathered(session)), wasLost: true } : before;
  const after = { ...rows };
  for (const { store, put, key, drop } of made) {
    if (!["items", "shares", "keys"].includes(store)) continue;
    const id = put === undefined ? drop : (put.id ?? key);
    if (put === undefined) delete after[named(store, id)];
    else after[named(store, id)] = markOf(put.listed ?? put.sealed ?? put);
  }
  return written(session, { n, hash, rows: after, ...(wasLost && { wasLost }) }, other);
}

/** Return the changes that write down what a vault holds which never did, or null where it is written down. */
export async function begun(session) {
  const found = await together(...asked(session));
  const standing = await read(session, ...found);
  return standing.isLost ? written(session, await gathered(session), standing.other) : null;
}

/** Return the changes that write down that a vault holds nothing any more. */
export async function cleared(session) {
  const [, other] = await together(...asked(session));
  return written(session, { n: 0, hash: START, rows: {} }, other);
}

/** Return the change that fills the row of a slot that has no vault any more. */
export async function emptied(slot) {
  const [mine] = await together(["keys", keyOf(slot)]);
  return { store: "keys", key: keyOf(slot), put: noise(mine?.length ?? LEAST) };
}

async function gathered(session) {
  const [items, shares, log, copied] = await together(["items"], ["shares"], ["log"], ["keys", BACKUP]);
  const found = [
    ...items.map(({ id, listed }) => ["items", id, `item ${id}`, listed]),
    ...shares.map(({ id, sealed }) => ["shares", id, `share ${id}`, sealed]),
    ...(copied ? [["keys", BACKUP, BACKUP, copied]] : []),
  ];
  const isMine = await Promise.all(found.map(([, , place, sealed]) => openedBytes(session, place, sealed)));
  const mine = found.filter((_, nth) => isMine[nth]);
  const rows = Object.fromEntries(mine.map(([store, id, , sealed]) => [named(store, id), markOf(sealed)]));
  const last = await lastOf(session, log);
  return { n: last?.entry.n ?? 0, hash: last?.hash ?? START, rows };
}

// The last line of this vault: the lines of another lie between.
async function lastOf(session, log) {
  for (const { sealed } of [...log].reverse()) {
    const line = await reveal(session, "log", sealed);
    if (line) return line;
  }
  return null;
}

async function written(session, held, other) {
  const told = utf8(JSON.stringify(held));
  let size = Math.max(LEAST, other?.length ?? 0);
  while (size < told.length + NONCE + TAG) size *= 2;
  const filled = joined(told, utf8(" ".repeat(size - told.length - NONCE - TAG)));
  needOpen(session);
  const put = await sealedBytes(session.list, PLACE, filled);
  const made = [{ store: "keys", key: keyOf(session.slot), put }];
  const rest = size - (other?.length ?? 0);
  if (rest) made.push({ store: "keys", key: keyOf(1 - session.slot), put: joined(other ?? noise(0), noise(rest)) });
  return made;
}

// The seal ends at one of the steps: behind it may be what the other vault filled up.
async function opened(session, row) {
  for (let size = row.length; size >= LEAST; size /= 2) {
    const told = await openedBytes(session, PLACE, row.subarray(0, size));
    if (told) return JSON.parse(text(told));
  }
  return null;
}

function noise(count) {
  const made = new Uint8Array(count);
  for (let at = 0; at < count; at += AT_ONCE) crypto.getRandomValues(made.subarray(at, at + AT_ONCE));
  return made;
}
