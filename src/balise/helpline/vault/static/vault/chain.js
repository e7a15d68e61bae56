/**
 * The log of a vault: each line holds the one before by SHA-256. `rules/chain.py` computes the same;
 * both are tested on `tests/vectors.json`.
 *
 *   entry: {at, commitment, item, kind, n}
 *     at          the device's clock, UTC, "2026-11-29T01:02:03Z"
 *     commitment  64 hex digits: SHA-256(salt, original bytes)
 *     kind        added, redacted, stamped, shared, revoked, deleted or exported
 *     n           from 1, without a gap
 *   H(0) = SHA-256(""), H(n) = SHA-256(H(n-1) || entry), the entry as JSON, keys sorted, no spaces, UTF-8
 */
import { hex, joined, unhex, utf8 } from "./bytes.js";

export const KINDS = ["added", "redacted", "stamped", "shared", "revoked", "deleted", "exported"];
/** H(0), the SHA-256 of nothing. */
export const START = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Return the bytes of an entry, as they are hashed; throw TypeError for an unknown kind. */
export function entryBytes({ at, commitment, item, kind, n }) {
  if (!KINDS.includes(kind)) throw new TypeError(`no entry is called ${kind}`);
  return utf8(JSON.stringify({ at, commitment, item, kind, n }));
}

/** Return H(n) in hex, from H(n-1) in hex and the entry. */
export async function next(before, entry) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", joined(unhex(before), entryBytes(entry)))));
}

/** Return the hashes of entries, in order; throw RangeError where a number is missing or doubled. */
export async function hashes(entries) {
  const all = [];
  for (const [index, entry] of entries.entries()) {
    if (entry.n !== index + 1) throw new RangeError(`entry ${index + 1} has number ${entry.n}`);
    all.push(await next(all.at(-1) ?? START, entry));
  }
  return all;
}

/** Return an entry of now. */
export function entry(kind, { n, item, commitment, at = new Date() }) {
  return { at: `${at.toISOString().slice(0, 19)}Z`, commitment, item, kind, n };
}
