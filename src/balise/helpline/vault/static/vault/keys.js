/**
 * The keys of the vault on this device: a code, a key that the browser never gives out, and the words.
 *
 *   await state()                              // {exists, left, needsWords, recipient}
 *   await create({ pin, words, typedBack })    // → session; `words` of words.js, `typedBack` as typed
 *   await unlock(pin)                          // → session; each try is counted before it is made
 *   await unlockByWords(typed, newPin)         // → session; the way on after ten tries
 *   await changePin(oldPin, newPin)            // counted like unlocking
 *   await setDecoy(session, pin)               // a code that opens an empty vault; null takes it away
 *   lock()                                     // here and in other tabs; ends the worker
 *   const watch = autoLock(onLock)             // a minute without a gesture, or out of sight
 *
 * What is stored, and each try, is the worker's (slots.js); a new code is checked by codes.js.
 * docs/decisions/0070 says what this promises and what it can't. Refusals: refused.js.
 */
import { checkCode } from "./codes.js";
import { random } from "./bytes.js";
import { Refused } from "./refused.js";
import { job, stop } from "./sealing.js";
import { payloadOf, sessionOf } from "./session.js";
import { announce, get, onChange } from "./store.js";
import { pairOf, readWords, recoveryKey } from "./words.js";

const LONGEST = 30 * 60_000; // milliseconds that something may go on before the vault locks all the same
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
  const secret = random(32);
  const payload = payloadOf({ secret, recovery: recovery.recipient, locator: recovery.locator, auth: recovery.auth });
  const { recipient } = pairOf(secret);
  return begun(payload, await job("begin", { pin, payload, recovery: recovery.recipient, recipient }));
}

/** Return the session that a code opens. Refuses no-vault, weakened, pin-wrong {left}, words-only. */
export async function unlock(pin) {
  const { payload, slot } = await job("attempt", { pin });
  return begun(payload, slot);
}

/** Change the code of the vault that the old one opens. Refuses as `unlock`, `create`, and pin-taken. */
export async function changePin(oldPin, newPin) {
  checkCode(newPin);
  await job("replace", { pin: oldPin, fresh: newPin });
}

/** Set the code of an empty vault, or take it away (null). From the decoy itself, it changes nothing. */
export async function setDecoy({ slot, isDecoy, identity }, pin) {
  if (pin !== null) checkCode(pin);
  if (!isDecoy) await job("second", { slot, pin, identity });
}

/** Open by the twelve words and set a new code. Refuses no-vault, words-*, other-words, pin-*. */
export async function unlockByWords(typed, newPin) {
  checkCode(newPin);
  const { identity, recipient } = await recoveryKey(await readWords(typed));
  const { payload, slot } = await job("byWords", { identity, recipient, pin: newPin });
  return begun(payload, slot);
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
