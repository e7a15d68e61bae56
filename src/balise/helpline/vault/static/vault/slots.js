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
 * code's slot alone; both ways are then gone at each try, whichever code it is.
 */
import { joined, random } from "./bytes.js";
import { openBlob, sealBlob } from "./cipher.js";
import { TRIES } from "./codes.js";
import { Refused } from "./refused.js";
import { decoyPayload, PAYLOAD } from "./session.js";
import { alone, change, get } from "./store.js";
import { isOld, isStrong, keyOf, newCost } from "./stretch.js";
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
    await change("keys", KEY, (found) => {
      if (found) throw new Refused("vault-exists");
      return record;
    });
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
    const { record, payload, slot, isDecoy } = await tried(pin);
    const keys = await keysOf(record, fresh);
    // From the vault alone: the decoy must not be a way to try codes without a count.
    if (!isDecoy && (await opened(record, keys)).some((each) => each.slot !== slot)) throw new Refused("pin-taken");
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
    if (pin === null) return put(record, 1 - slot, noSlot());
    const keys = await keysOf(record, pin);
    if ((await opened(record, keys)).some((each) => each.slot === slot)) throw new Refused("pin-taken");
    return put(record, 1 - slot, await sealed(keys.key, decoyPayload()));
  });

/** Return {payload, slot} that the words open, under a new code. Refuses no-vault, weakened, other-words. */
export const byWords = ({ identity, recipient, pin }) =>
  alone("keys", async () => {
    const record = raised(strong(await get("keys", KEY)));
    if (recipient !== record.recovery) throw new Refused("other-words");
    const told = new Uint8Array(await (await openBlob(record.escrow, identity)).arrayBuffer());
    const payload = told.slice(0, PAYLOAD);
    const slot = told[PAYLOAD];
    await put(record, slot, await sealed((await keysOf(record, pin)).key, payload), () => TRIES);
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
  const found = all.find((each) => !each.isDecoy) ?? all[0];
  if (!found) throw new Refused(counted.left ? "pin-wrong" : "words-only", { left: counted.left });
  const { payload, slot, isDecoy } = found;
  // The decoy gives back its own try alone: it must not be a way to try the other code for ever.
  const left = (now) => (isDecoy ? Math.min(TRIES, now + 1) : TRIES);
  return { record: await put(record, slot, await sealed(keys.key, payload), left), payload, slot, isDecoy };
}

// Write a slot into the record as it is now, of which another tab may have counted a try meanwhile.
function put(record, slot, made, left = (now) => now) {
  return change("keys", KEY, (now) => {
    if (!now) throw new Refused("no-vault"); // cleared meanwhile
    return { ...withSlot(record, slot, made), left: left(now.left) };
  });
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

async function keysOf({ kdf, old, device }, pin) {
  const before = old && keyOf(old, device, pin);
  return { key: await keyOf(kdf, device, pin), old: await before };
}

async function opened({ slots }, { key, old }) {
  const found = await Promise.all(
    slots.map(async ({ iv, sealed: made }, slot) => {
      const tries = [key, old].filter(Boolean).map((each) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, each, made));
      const told = (await Promise.allSettled(tries)).find(({ status }) => status === "fulfilled");
      if (!told) return [];
      const payload = new Uint8Array(told.value);
      return [{ payload, slot, isDecoy: payload[PAYLOAD - 1] === 1 }];
    }),
  );
  return found.flat();
}

async function sealed(key, payload) {
  const iv = random(NONCE);
  return { iv, sealed: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, payload)) };
}

const noSlot = () => ({ iv: random(NONCE), sealed: random(PAYLOAD + TAG) });
