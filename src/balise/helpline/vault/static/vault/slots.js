/**
 * The record of a vault's keys, and each try of a code: in the worker, where a try is counted and made.
 *
 *   record: {v: 2, kdf, old?, device, slots: [{iv, sealed}, {iv, sealed}], left, recipient, recovery, escrow}
 *     kdf      what makes a code dear (stretch.js); `old`, in a vault of before, what its codes had
 *     device   a key of HMAC that the browser never gives out
 *     slots    always two of one size: one holds the vault, the other a decoy or random bytes
 *     escrow   the payload and its place, sealed to the twelve words
 *
 * `left` is taken down by one in a transaction that is on the disk before the code is tried, and given back in
 * another: whatever pages ask at once, ten tries are ten. A vault of before is raised as a code opens it, that
 * code's slot alone; both ways are then gone at each try, whichever code it is. So is what it holds written down
 * (bound.js), in the transaction that says in its slot that it was.
 */
import { begun, emptied } from "./bound.js";
import { joined, random } from "./bytes.js";
import { openBlob, sealBlob } from "./cipher.js";
import { TRIES } from "./codes.js";
import { Refused } from "./refused.js";
import { decoyPayload, isBound, isDecoy, PAYLOAD, sessionOf, withBound } from "./session.js";
import { alone, change, get } from "./store.js";
import { isOld, isStrong, keyOf, newCost, typedOf } from "./stretch.js";
import { recipientOf } from "./words.js";

const NONCE = 12;
const TAG = 16;
const KEY = "vault";

/** Make the record; return the slot of the vault. Refuses vault-exists. */
export function begin({ pin, payload, recovery, recipient }) {
  return alone("keys", async () => {
    if (await get("keys", KEY)) throw new Refused("vault-exists");
    const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const slot = random(1)[0] & 1;
    const escrow = await sealBlob(new Blob([joined(payload, Uint8Array.of(slot))]), [recovery]);
    const empty = { v: 2, kdf: newCost(), device, slots: [noSlot(), noSlot()], left: TRIES, recipient, recovery, escrow };
    const record = withSlot(empty, slot, await sealed((await keysOf(empty, pin)).key, payload));
    const made = (found) => {
      if (found) throw new Refused("vault-exists");
      return record;
    };
    await change("keys", KEY, made, await first(payload, slot));
    return slot;
  });
}

/** Return {payload, slot} that a code opens. Refuses no-vault, weakened, pin-wrong {left}, words-only. */
export const attempt = ({ pin }) =>
  alone("keys", async () => {
    const { payload, slot } = await tried(pin);
    return { payload, slot };
  });

/** Change the code of what the old one opens. Refuses as `attempt`, and pin-taken. */
export const replace = ({ pin, fresh }) =>
  alone("keys", async () => {
    const { record, payload, slot } = await tried(pin);
    const keys = await keysOf(record, fresh);
    // From the vault alone: the decoy must not be a way to try codes without a count.
    if (!isDecoy(payload) && (await opened(record, keys)).some((each) => each.slot !== slot)) throw new Refused("pin-taken");
    await put(record, slot, await sealed(keys.key, payload));
  });

/**
 * Set the code of an empty vault beside that of `slot`, or take it away (null). It asks for the key of the open
 * vault, as no try is counted: who has none learns no code by it, and overwrites no slot. Refuses stopped, pin-taken.
 */
export const second = ({ slot, pin, identity }) =>
  alone("keys", async () => {
    const record = raised(strong(await get("keys", KEY)));
    if (recipientOf(identity) !== record.recipient) throw new Refused("stopped");
    if (pin === null) return alone("log", async () => put(record, 1 - slot, noSlot(), same, [await emptied(1 - slot)]));
    const keys = await keysOf(record, pin);
    if ((await opened(record, keys)).some((each) => each.slot === slot)) throw new Refused("pin-taken");
    const payload = decoyPayload();
    const made = await sealed(keys.key, payload);
    return alone("log", async () => put(record, 1 - slot, made, same, await first(payload, 1 - slot)));
  });

/** Return {payload, slot} that the words open, under a new code. Refuses no-vault, weakened, other-words. */
export const byWords = ({ identity, recipient, pin }) =>
  alone("keys", async () => {
    const record = raised(strong(await get("keys", KEY)));
    if (recipient !== record.recovery) throw new Refused("other-words");
    const told = new Uint8Array(await (await openBlob(record.escrow, identity)).arrayBuffer());
    const slot = told[PAYLOAD];
    const { key } = await keysOf(record, pin);
    const { payload } = await kept(record, slot, key, told.slice(0, PAYLOAD), () => TRIES);
    return { payload, slot };
  });

async function tried(pin) {
  const counted = await change("keys", KEY, (found) => {
    const record = strong(found);
    if (!(Number.isInteger(record.left) && record.left >= 1 && record.left <= TRIES)) throw new Refused("words-only");
    return { ...record, left: record.left - 1 };
  });
  const record = raised(counted);
  const keys = await keysOf(record, pin);
  const all = await opened(record, keys);
  // One code may open both, where a decoy's was changed to the vault's: then the vault is meant.
  const found = all.find(({ payload }) => !isDecoy(payload)) ?? all[0];
  if (!found) throw new Refused(counted.left ? "pin-wrong" : "words-only", { left: counted.left });
  const { payload, slot } = found;
  // The decoy gives back its own try alone: it must not be a way to try the other code for ever.
  const left = (now) => (isDecoy(payload) ? Math.min(TRIES, now + 1) : TRIES);
  return { ...(await kept(record, slot, keys.key, payload, left)), slot };
}

// Write a slot; what its vault holds is written down with it where it never was, and its payload then says so.
function kept(record, slot, key, payload, left) {
  if (isBound(payload)) return write(payload, []);
  return alone("log", async () => write(withBound(payload), await first(payload, slot)));
  async function write(told, also) {
    return { record: await put(record, slot, await sealed(key, told), left, also), payload: told };
  }
}

const first = async (payload, slot) => (await begun(await sessionOf(payload, slot))) ?? [];
const same = (now) => now;

// Write a slot into the record as it is now, of which another tab may have counted a try meanwhile.
function put(record, slot, made, left = same, also = []) {
  const written = (now) => {
    if (!now) throw new Refused("no-vault"); // cleared meanwhile
    return { ...withSlot(record, slot, made), left: left(now.left) };
  };
  return change("keys", KEY, written, also);
}

const withSlot = (record, slot, made) => ({ ...record, slots: record.slots.map((each, nth) => (nth === slot ? made : each)) });

function strong(record) {
  if (!record) throw new Refused("no-vault");
  const { v, kdf, old, device } = record;
  // A vault of before has PBKDF2 alone; one that was raised keeps it for the slot that no code has opened since.
  const isRight = isStrong(kdf) && (v === 2 ? !isOld(kdf) : isOld(kdf)) && (!old || (isOld(old) && isStrong(old)));
  if (!isRight || device?.extractable !== false) throw new Refused("weakened", { name: kdf?.name });
  return record;
}

const raised = (record) => (isOld(record.kdf) ? { ...record, v: 2, kdf: newCost(), old: record.kdf } : record);

// Argon2id takes this thread to its end: what the browser does on another has to have begun before.
async function keysOf({ kdf, old, device }, pin) {
  const before = old && keyOf(old, device, pin, await typedOf(pin));
  return { key: await keyOf(kdf, device, pin), old: await before };
}

async function opened({ slots }, { key, old }) {
  const found = await Promise.all(
    slots.map(async ({ iv, sealed: made }, slot) => {
      const tries = [key, old].filter(Boolean).map((each) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, each, made));
      const told = (await Promise.allSettled(tries)).find(({ status }) => status === "fulfilled");
      if (!told) return [];
      return [{ payload: new Uint8Array(told.value), slot }];
    }),
  );
  return found.flat();
}

async function sealed(key, payload) {
  const iv = random(NONCE);
  return { iv, sealed: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, payload)) };
}

const noSlot = () => ({ iv: random(NONCE), sealed: random(PAYLOAD + TAG) });
