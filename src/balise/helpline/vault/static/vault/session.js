/**
 * An open vault: its keys, in memory alone. keys.js makes it and empties it.
 *
 *   session.identity    "AGE-SECRET-KEY-1…" of the device    session.recipient   "age1…" of the device
 *   session.recovery    "age1…" of the words                 session.locator, session.auth   of a backup, hex
 *   session.isOpen      false once locked: the rest is then empty
 */
import { bech32, hkdf, sha256 } from "./age.js";
import { hex, joined, random, text, unhex, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";
import { pairOf } from "./words.js";

const NONCE = 12; // bytes
/** Bytes of what a slot seals: a secret, a recipient, a locator, a token, and a mark. */
export const PAYLOAD = 4 * 32 + 1;

const DECOY = 1;
const BOUND = 2; // the vault has a row of what it held last (bound.js); one of before has none

/** Return the payload of a slot. */
export function payloadOf({ secret, recovery, locator, auth, isDecoy = false, isBound = true }) {
  const { bytes } = bech32.decodeToBytes(recovery);
  return joined(secret, bytes, unhex(locator), unhex(auth), Uint8Array.of((isDecoy && DECOY) | (isBound && BOUND)));
}

/** Whether a payload is a decoy's. */
export const isDecoy = (payload) => Boolean(payload[PAYLOAD - 1] & DECOY);

/** Whether a payload says that its vault has a row of what it held last. */
export const isBound = (payload) => Boolean(payload[PAYLOAD - 1] & BOUND);

/** Return a payload that says from now on that its vault has a row of what it held last. */
export const withBound = (payload) => joined(payload.subarray(0, PAYLOAD - 1), Uint8Array.of(payload[PAYLOAD - 1] | BOUND));

/** Return a payload that is like any other and holds an empty vault of its own. */
export function decoyPayload() {
  const recovery = pairOf(random(32)).recipient;
  return payloadOf({ secret: random(32), recovery, locator: hex(random(32)), auth: hex(random(32)), isDecoy: true });
}

/** Return the session of a payload; `slot` is its place in the record. */
export async function sessionOf(payload, slot) {
  const part = (nth) => payload.slice(nth * 32, nth * 32 + 32);
  const secret = part(0);
  return {
    ...pairOf(secret),
    recovery: bech32.encodeFromBytes("age", part(1)),
    locator: hex(part(2)),
    auth: hex(part(3)),
    isDecoy: isDecoy(payload),
    isOpen: true,
    slot,
    list: await crypto.subtle.importKey("raw", listSecret(secret), "AES-GCM", false, ["encrypt", "decrypt"]),
  };
}

/** Refuse `stopped` for a session that was locked. */
export function needOpen(session) {
  if (!session.isOpen) throw new Refused("stopped");
}

/** Return a value of JSON sealed for this vault; `place` says where it lies, so that it can't be moved. */
export async function hide(session, place, value) {
  needOpen(session);
  return sealedBytes(session.list, place, utf8(JSON.stringify(value)));
}

/** Return bytes sealed under the `list` of a session, which may be locked by now. */
export async function sealedBytes(list, place, bytes) {
  const iv = random(NONCE);
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt(given(iv, place), list, bytes)));
}

/** Return what was sealed, or null where it is another vault's. */
export async function reveal(session, place, sealed) {
  const opened = await openedBytes(session, place, sealed);
  return opened && JSON.parse(text(opened));
}

/** Return the bytes that `sealedBytes` sealed, or null where they are another vault's. */
export async function openedBytes(session, place, sealed) {
  needOpen(session);
  const iv = sealed.subarray(0, NONCE);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(given(iv, place), session.list, sealed.subarray(NONCE)));
  } catch {
    return null;
  }
}

const listSecret = (secret) => hkdf(sha256, secret, undefined, utf8("balise vault list 1"), 32);
const given = (iv, place) => ({ name: "AES-GCM", iv, additionalData: utf8(place) });
