/**
 * The keys of the vault on this device: a PIN, a key that the browser never gives out, and the words.
 *
 *   await state()                              // {exists, left, needsWords, recipient}
 *   await create({ pin, words, typedBack })    // → session; `words` of words.js, `typedBack` as typed
 *   await unlock(pin)                          // → session; each try is counted before it is made
 *   await unlockByWords(typed, newPin)         // → session; the way on after ten tries
 *   await changePin(oldPin, newPin)            // counted like unlocking
 *   await setDecoy(session, pin)               // a PIN that opens an empty vault; null takes it away
 *   lock()                                     // here and in other tabs; ends the worker
 *   const watch = autoLock(onLock)             // a minute without a gesture, or out of sight
 *
 * Stored: one record with two slots, always, each the same size: AES-GCM under a key made of PBKDF2
 * (PIN) and of a non-extractable HMAC key. One holds the vault, the other a decoy or random bytes.
 * docs/decisions/0070 says what this promises and what it can't. Refusals: refused.js.
 */
import { openBlob, sealBlob } from "./cipher.js";
import { checkCode, normal } from "./codes.js";
import { joined, random, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";
import { stop } from "./sealing.js";
import { decoyPayload, payloadOf, PAYLOAD, sessionOf } from "./session.js";
import { alone, announce, get, onChange, write } from "./store.js";
import { pairOf, readWords, recoveryKey } from "./words.js";

export const TRIES = 10;
export const ROUNDS = 600_000; // of PBKDF2: fewer is refused, whatever is stored or said
const ALGORITHM = "PBKDF2-SHA-256";
const MOST_ROUNDS = 10_000_000;
const LONGEST = 30 * 60_000; // milliseconds that something may go on before the vault locks all the same
const NONCE = 12;
const TAG = 16;
const KEY = "vault";
let current = null;
onChange((what) => (what === "locked" || what === "cleared") && forget());

/** Return {exists, left, needsWords, recipient}: the recipient is the device's, for what arrives while locked. */
export async function state() {
  const record = await get("keys", KEY);
  if (!record) return { exists: false, left: 0, needsWords: false, recipient: null, recovery: null };
  const { left, recipient, recovery } = record;
  return { exists: true, left, needsWords: left < 1, recipient, recovery };
}

/** Return the open vault, or null. */
export const session = () => (current?.isOpen ? current : null);

/**
 * Make the vault; the words have to be typed back. After a loss, old words make the vault that a
 * backup comes back to. Refuses vault-exists, pin-short, pin-simple, other-words.
 */
export async function create({ pin, words, typedBack }) {
  checkCode(pin);
  const read = await readWords(words.join(" "));
  const typed = await readWords(typedBack);
  if (String(typed.places) !== String(read.places)) throw new Refused("other-words");
  const recovery = await recoveryKey(read);
  return alone("keys", async () => {
    if (await get("keys", KEY)) throw new Refused("vault-exists");
    const secret = random(32);
    const payload = payloadOf({ secret, recovery: recovery.recipient, locator: recovery.locator, auth: recovery.auth });
    const slot = random(1)[0] & 1;
    const slots = [noSlot(), noSlot()];
    const record = {
      v: 1,
      kdf: { name: ALGORITHM, rounds: ROUNDS, salt: random(16) },
      device: await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
      slots,
      left: TRIES,
      recipient: pairOf(secret).recipient,
      recovery: recovery.recipient,
      // What the words open when the PIN is gone: the payload and its place, sealed to them.
      escrow: await sealBlob(new Blob([joined(payload, Uint8Array.of(slot))]), [recovery.recipient]),
    };
    slots[slot] = await sealSlot(record, pin, payload);
    await write([{ store: "keys", key: KEY, put: record }]);
    return begun(payload, slot);
  });
}

/** Return the session that a PIN opens. Refuses no-vault, weakened, pin-wrong {left}, words-only. */
export function unlock(pin) {
  return alone("keys", async () => {
    const { payload, slot } = await tried(pin);
    return begun(payload, slot);
  });
}

/** Change the PIN of the vault that the old one opens. Refuses as `unlock`, `create`, and pin-taken. */
export function changePin(oldPin, newPin) {
  checkCode(newPin);
  return alone("keys", async () => {
    const { record, payload, slot, isDecoy } = await tried(oldPin);
    // From the vault alone: the decoy must not be a way to try PINs without a count.
    if (!isDecoy && (await openSlots(record, newPin)).some((each) => each.slot !== slot)) throw new Refused("pin-taken");
    await put(record, slot, await sealSlot(record, newPin, payload));
  });
}

/** Set the PIN of an empty vault, or take it away (null). From the decoy itself, it changes nothing. */
export function setDecoy({ slot, isDecoy }, pin) {
  if (pin !== null) checkCode(pin);
  return alone("keys", async () => {
    const record = await recordOf();
    if (isDecoy) return;
    if (pin !== null && (await openSlots(record, pin)).some((each) => each.slot === slot)) throw new Refused("pin-taken");
    await put(record, 1 - slot, pin === null ? noSlot() : await sealSlot(record, pin, decoyPayload()));
  });
}

/** Open by the twelve words and set a new PIN. Refuses no-vault, words-*, other-words, pin-*. */
export async function unlockByWords(typed, newPin) {
  checkCode(newPin);
  const { identity, recipient } = await recoveryKey(await readWords(typed));
  return alone("keys", async () => {
    const record = await recordOf();
    if (recipient !== record.recovery) throw new Refused("other-words");
    const opened = new Uint8Array(await (await openBlob(record.escrow, identity)).arrayBuffer());
    const payload = opened.slice(0, PAYLOAD);
    const slot = opened[PAYLOAD];
    await put({ ...record, left: TRIES }, slot, await sealSlot(record, newPin, payload));
    return begun(payload, slot);
  });
}

/** Forget the keys, here and in other tabs. */
export function lock() {
  forget();
  announce("locked");
}

/**
 * Lock after a minute without a gesture, and when the page is out of sight. `pause()` before a file
 * picker or a camera, which hide the page: for two minutes, being hidden does not lock. `hold(work)` while
 * something goes on, for half an hour at the longest: who waits for it touches nothing. It locks while the
 * page is out of sight all the same, but for `{ unseen: true }`, where nothing of the vault is on the page:
 * then it locks at the end, if it would have meanwhile. `stop()` ends it.
 */
export function autoLock(onLock, { seconds = 60 } = {}) {
  let due = 0;
  let pausedUntil = 0;
  let heldUntil = 0;
  let held = 0;
  let wasLeft = false; // untouched or out of sight, since something goes on
  let timer = 0;
  const gestures = ["pointerdown", "keydown", "input", "scroll"];
  const locked = () => {
    if (!session()) return;
    lock();
    onLock();
  };
  const check = () => {
    const left = Math.max(due, pausedUntil, heldUntil) - Date.now();
    clearTimeout(timer);
    if (left <= 0) locked();
    else timer = setTimeout(check, left);
  };
  const moved = () => {
    wasLeft ||= Date.now() > due;
    due = Date.now() + seconds * 1000;
    check();
  };
  const seen = () => {
    wasLeft ||= document.hidden;
    if (document.hidden && Date.now() > pausedUntil) locked();
    else check();
  };
  for (const each of gestures) addEventListener(each, moved, { passive: true, capture: true });
  document.addEventListener("visibilitychange", seen);
  const unheard = onChange((what) => (what === "locked" || what === "cleared") && onLock());
  moved();
  return {
    pause: () => (pausedUntil = Date.now() + 120_000),
    async hold(work, { unseen = false } = {}) {
      held += 1;
      heldUntil = Date.now() + LONGEST;
      if (unseen) {
        pausedUntil = heldUntil;
        wasLeft = document.hidden;
      }
      try {
        return await work;
      } finally {
        held -= 1;
        if (!held) heldUntil = 0;
        if (unseen) pausedUntil = 0;
        if (unseen && (wasLeft || due < Date.now())) locked();
        else moved();
      }
    },
    stop() {
      clearTimeout(timer);
      unheard();
      for (const each of gestures) removeEventListener(each, moved, { capture: true });
      document.removeEventListener("visibilitychange", seen);
    },
  };
}

function forget() {
  if (!current) return;
  stop();
  for (const name of Object.keys(current)) current[name] = null;
  current.isOpen = false;
  current = null;
}

async function begun(payload, slot) {
  current = await sessionOf(payload, slot);
  return current;
}

async function recordOf() {
  const record = await get("keys", KEY);
  if (!record) throw new Refused("no-vault");
  const { name, rounds } = record.kdf ?? {};
  const isStrong = name === ALGORITHM && Number.isInteger(rounds) && rounds >= ROUNDS && rounds <= MOST_ROUNDS;
  if (!isStrong || record.device?.extractable !== false) throw new Refused("weakened", { name, rounds });
  return record;
}

async function tried(pin) {
  const record = await recordOf();
  if (!(record.left >= 1 && record.left <= TRIES)) throw new Refused("words-only");
  const left = record.left - 1;
  await put({ ...record, left });
  const opened = await openSlots(record, pin);
  // One PIN may open both, where a decoy's was changed to the vault's: then the vault is meant.
  const found = opened.find((each) => !each.isDecoy) ?? opened[0];
  if (!found) throw new Refused(left ? "pin-wrong" : "words-only", { left });
  // The decoy gives back its own try alone: it must not be a way to try the other PIN for ever.
  const now = { ...record, left: found.isDecoy ? record.left : TRIES };
  await put(now);
  return { record: now, ...found };
}

async function openSlots(record, pin) {
  const key = await slotKey(record, pin);
  const opened = await Promise.all(
    record.slots.map(async ({ iv, sealed }, slot) => {
      try {
        const payload = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
        return [{ payload, slot, isDecoy: payload[PAYLOAD - 1] === 1 }];
      } catch {
        return [];
      }
    }),
  );
  return opened.flat();
}

async function sealSlot(record, pin, payload) {
  const iv = random(NONCE);
  const made = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await slotKey(record, pin), payload);
  return { iv, sealed: new Uint8Array(made) };
}

const noSlot = () => ({ iv: random(NONCE), sealed: random(PAYLOAD + TAG) });

async function slotKey({ kdf, device }, pin) {
  const typed = await crypto.subtle.importKey("raw", utf8(normal(pin)), "PBKDF2", false, ["deriveBits"]);
  const stretched = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: kdf.salt, iterations: kdf.rounds },
    typed,
    256,
  );
  const mixed = await crypto.subtle.sign("HMAC", device, joined(utf8("balise vault pin 1"), new Uint8Array(stretched)));
  const from = await crypto.subtle.importKey("raw", mixed, "HKDF", false, ["deriveKey"]);
  const info = utf8("balise vault slot 1");
  const wanted = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: kdf.salt, info }, from, wanted, false, [
    "encrypt",
    "decrypt",
  ]);
}

function put(record, slot = null, made = null) {
  const slots = slot === null ? record.slots : record.slots.map((each, nth) => (nth === slot ? made : each));
  return write([{ store: "keys", key: KEY, put: { ...record, slots } }]);
}
