/**
 * A backup: ciphertext in padded pieces, under a place that the words alone name (session.locator, with
 * session.auth to write and read it).
 *
 *   const { of, bytes, pieces, done } = await plan(session);
 *   for (const { n, blob } of pieces) PUT n of `of`: await blob();   // in this order: the list comes last
 *   await done();                                                    // the next plan has what is new alone
 *
 *   const { isWhole, at, restored, wanted, missing, older } = await restore(session, recovery, async (n) => Blob or null);
 *     missing, older   [{id, added}] of the parts that are not there, or not as they were copied last; `id` is "log"
 *                      for the log, `added` is "" where the log says nothing
 *
 * Piece 0 is the list, filled up inside its seal: when the backup was made, and of each part its pieces in their
 * order with their hashes. A part keeps its pieces, and what is new takes free ones: an upload that stops half-way
 * leaves the backup of before. A part of before has no hashes; the log always has, for it is new each time.
 * `recovery` is `recoveryKey` of words.js. Refuses no-backup, backup-full (256 pieces of 1 MiB at most) and broken (the list, of other words).
 */
import { hex, text, utf8 } from "./bytes.js";
import { forOnly } from "./header.js";
import { unpack } from "./items.js";
import { padded, paddedSize, unpadded } from "./pad.js";
import { Refused } from "./refused.js";
import { digest, open, seal } from "./sealing.js";
import { hide, reveal } from "./session.js";
import * as store from "./store.js";
import { bringBack, held, keep, log } from "./vault.js";

const PIECE = 1024 * 1024;
const MOST = 256;
const CHUNK = 64 * 1024;
const TAG = 16;
const KEY = "backup";
const LOG = "log";

/** Return {of, bytes, pieces, done}: what is to be uploaded, and how many pieces there are in all. */
export async function plan(session) {
  const before = await planned(session);
  const items = await held(session);
  const ids = new Set(items.map(({ id }) => id));
  const files = before.filter(({ id }) => ids.has(id));
  const taken = new Set([0, ...before.flatMap(({ pieces }) => pieces)]);
  const pieces = [];
  const place = async (id, file) => {
    const count = Math.max(1, Math.ceil(file.size / PIECE));
    const mine = free(taken, count);
    const slices = mine.map((_, nth) => file.slice(nth * PIECE, (nth + 1) * PIECE));
    const hashes = [];
    for (const slice of slices) hashes.push(await hashOf(slice));
    files.push({ id, bytes: file.size, pieces: mine, hashes });
    mine.forEach((n, nth) => pieces.push({ n, blob: async () => padded(slices[nth]) }));
  };
  const known = new Set(files.map(({ id }) => id));
  for (const { id, head } of items) {
    if (known.has(id)) continue;
    const file = await store.get("files", id);
    if (!file) throw new Refused("broken", { head });
    await place(id, file);
  }
  const keys = [session.recipient, session.recovery];
  const more = items.map(({ id, added, commitment, token }) => ({ id, added, commitment, token }));
  await place(LOG, await seal(new Blob([JSON.stringify({ log: await log(session), more })]), keys));
  const index = await listed({ v: 1, at: new Date().toISOString(), files }, keys);
  pieces.push({ n: 0, blob: async () => index });
  const of = Math.max(...taken) + 1; // never fewer than before: a server drops what is beyond
  const bytes = pieces.reduce((sum, { n }) => sum + (n ? paddedSize(sizeOf(files, n)) : index.size), 0);
  const done = () => save(session, files);
  return { of, bytes, pieces, done };
}

/** Bring back what a backup has into this vault, made with the same words; what is here already stays. */
export async function restore(session, recovery, fetchPiece, { onProgress = () => {} } = {}) {
  const first = await fetchPiece(0);
  if (!first) throw new Refused("no-backup");
  const list = await (await open(first, recovery.identity)).arrayBuffer();
  const { files, at = "" } = JSON.parse(text(new Uint8Array(list)));
  const here = new Set((await held(session)).map(({ id }) => id));
  const faults = { missing: [], older: [] };
  const extra = (await part(LOG, faults, () => extras(session, files, recovery, fetchPiece))) ?? new Map();
  const items = files.filter(({ id }) => id !== LOG);
  let restored = 0;
  let done = 0;
  for (const file of items) {
    const more = extra.get(file.id);
    const bring = async () => filed(session, file, await fetched(file, fetchPiece), recovery, more);
    if (here.has(file.id) || (await part(file.id, faults, bring, more))) restored += 1;
    onProgress((done += 1) / items.length);
  }
  const isWhole = !faults.missing.length && !faults.older.length;
  if (isWhole) await save(session, files);
  return { isWhole, at, restored, wanted: items.length, ...faults };
}

// Return what `bring` brought of a part; null where it is noted as missing, or older than it was copied last.
async function part(id, { missing, older }, bring, { added = "" } = {}) {
  try {
    return await bring();
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "broken") throw error;
    (error.details.isOther ? older : missing).push({ id, added });
    return null;
  }
}

async function fetched({ bytes, pieces, hashes }, fetchPiece) {
  const blobs = [];
  for (const [nth, n] of pieces.entries()) {
    const piece = await fetchPiece(n);
    const size = Math.min(PIECE, bytes - nth * PIECE);
    if (!piece) throw new Refused("broken");
    const blob = piece.size < size ? piece : unpadded(piece, size);
    if (hashes && (await hashOf(blob)) !== hashes[nth]) throw new Refused("broken", { isOther: true });
    blobs.push(blob);
  }
  return new Blob(blobs);
}

async function filed(session, { id }, sealed, recovery, more) {
  const { head, original } = await unpack(await open(sealed, recovery.identity));
  if (head.id !== id) throw new Refused("broken", { isOther: true });
  const commitment = more?.commitment ?? (await digest(original, head.salt)).commitment;
  const { file } = await forOnly(sealed, recovery.identity, [session.recipient, session.recovery]);
  const added = more?.added ?? new Date().toISOString();
  const item = { id, head, commitment, sealed: file.size, added, token: more?.token ?? "" };
  const changes = [
    { store: "items", put: { id, listed: await hide(session, `item ${id}`, item) } },
    { store: "files", put: file, key: id },
  ];
  await keep(session, changes, file.size);
  return item;
}

async function extras(session, files, recovery, fetchPiece) {
  const sealed = await fetched(files.find(({ id }) => id === LOG), fetchPiece);
  const read = JSON.parse(text(new Uint8Array(await (await open(sealed, recovery.identity)).arrayBuffer())));
  await bringBack(session, read.log);
  return new Map(read.more.map((each) => [each.id, each]));
}

/** Return the sealed list, filled with spaces so that it is exactly as long as a piece. */
async function listed(index, keys) {
  const told = utf8(JSON.stringify(index));
  const around = (await seal(new Blob([]), keys)).size - TAG;
  const size = paddedSize(around + told.length + TAG * (1 + Math.floor(told.length / CHUNK)));
  if (size > PIECE) throw new Refused("backup-full");
  const inside = size - around - TAG * Math.ceil((size - around) / (CHUNK + TAG));
  return seal(new Blob([told, " ".repeat(inside - told.length)]), keys);
}

function free(taken, count) {
  const found = [];
  for (let n = 1; n < MOST && found.length < count; n++) if (!taken.has(n)) found.push(n);
  if (found.length < count) throw new Refused("backup-full");
  for (const n of found) taken.add(n);
  return found;
}

function sizeOf(files, n) {
  const file = files.find(({ pieces }) => pieces.includes(n));
  return Math.min(PIECE, file.bytes - file.pieces.indexOf(n) * PIECE);
}

async function planned(session) {
  const kept = session.isDecoy ? null : await store.get("keys", KEY);
  return (kept && (await reveal(session, KEY, kept)))?.files ?? [];
}

async function save(session, files) {
  if (session.isDecoy) return;
  await keep(session, [{ store: "keys", key: KEY, put: await hide(session, KEY, { files }) }]);
}

async function hashOf(blob) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())));
}
