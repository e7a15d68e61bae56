/**
 * The key that a code makes: Argon2id, mixed with a key that the browser never gives out. In the worker alone.
 *
 *   const cost = newCost();                        // kept with what is sealed; `isStrong` before it is used again
 *   const key = await keyOf(cost, device, code);   // AES-GCM
 *
 * Vaults made before have PBKDF2 (`isOld`): it opens, and seals nothing any more.
 */
import { argon2id } from "./argon2.js";
import { joined, random, utf8 } from "./bytes.js";
import { normal } from "./codes.js";

const SALT = 16; // bytes
const KEY = 32;
/** Less is refused, whatever is stored or said: 19 MiB and two passes. */
export const COST = { name: "Argon2id", version: 0x13, memory: 19 * 1024, passes: 2, lanes: 1 };
const MOST = { memory: 256 * 1024, passes: 16 };
const OLD = { name: "PBKDF2-SHA-256", rounds: 600_000, most: 10_000_000 };

export const newCost = () => ({ ...COST, salt: random(SALT) });

/** Whether what is kept is of before Argon2id. */
export const isOld = (cost) => cost?.name === OLD.name;

/** Whether a key may be made as it is said. */
export function isStrong(cost) {
  if (!(cost?.salt instanceof Uint8Array && cost.salt.length >= SALT)) return false;
  if (isOld(cost)) return isWithin(cost.rounds, OLD.rounds, OLD.most);
  return (
    ["name", "version", "lanes"].every((each) => cost[each] === COST[each]) &&
    ["memory", "passes"].every((each) => isWithin(cost[each], COST[each], MOST[each]))
  );
}

const isWithin = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

/** Return what PBKDF2 stretches: with it, `keyOf` has the browser begin before it returns. */
export const typedOf = (code) => crypto.subtle.importKey("raw", utf8(normal(code)), "PBKDF2", false, ["deriveBits"]);

/** Return the key of a code; of an old cost, `typed` is what `typedOf` gave. */
export async function keyOf(cost, device, code, typed) {
  const [version, stretched] = isOld(cost) ? [1, await byRounds(cost, typed ?? (await typedOf(code)))] : [2, byMemory(cost, code)];
  const mixed = await crypto.subtle.sign("HMAC", device, joined(utf8(`balise vault pin ${version}`), stretched));
  const from = await crypto.subtle.importKey("raw", mixed, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: cost.salt, info: utf8(`balise vault slot ${version}`) };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export function byMemory({ salt, memory, passes, lanes, version }, code) {
  return argon2id(utf8(normal(code)), salt, { t: passes, m: memory, p: lanes, version, dkLen: KEY });
}

async function byRounds({ salt, rounds }, typed) {
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(how, typed, 8 * KEY));
}
