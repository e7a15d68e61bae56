/**
 * An item before it is sealed: 4 bytes (big-endian) of length, a head in JSON, the original bit for bit.
 *
 *   head: {v, id, kind, name, type, bytes, sha256, salt, taken_at, happened_at, who, what, where, parent}
 *     kind    screenshot, photo, audio, video, link, text or call; plan is no evidence and is never sent
 *     salt    32 random bytes; commitment = SHA-256(salt || original): a stamp of it says nothing of the file
 *     parent  the id of the original, for a redaction; "" else
 */
import { hex, random, text, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

export const KINDS = ["screenshot", "photo", "audio", "video", "link", "text", "call", "plan"];
const LONGEST = 64 * 1024; // of a head
const VERSION = 1;
const SAID = ["name", "taken_at", "happened_at", "who", "what", "where", "parent"];

/** Return a new head without its `sha256`; `said` may hold id, name, taken_at, happened_at, who, what, where, parent. */
export function newHead({ id = hex(random(16)), kind, type, bytes, ...said }) {
  if (!KINDS.includes(kind)) throw new TypeError(`no item is called ${kind}`);
  const head = { v: VERSION, id, kind, type, bytes, salt: hex(random(32)) };
  for (const name of SAID) head[name] = said[name] ?? "";
  return head;
}

/** Return the Blob that is sealed, from a head and the original. */
export function pack(head, original) {
  const told = utf8(JSON.stringify(head));
  if (told.length > LONGEST) throw new RangeError("the head is too long");
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, told.length);
  return new Blob([length, told, original]);
}

/** Return {head, original} of what was packed. Refuses `broken` where it says another size. */
export async function unpack(blob) {
  const length = blob.size >= 4 ? new DataView(await blob.slice(0, 4).arrayBuffer()).getUint32(0) : LONGEST + 1;
  if (length > LONGEST) throw new Refused("broken");
  const head = readHead(new Uint8Array(await blob.slice(4, 4 + length).arrayBuffer()));
  const original = blob.slice(4 + length, blob.size, head.type);
  if (original.size !== head.bytes) throw new Refused("broken");
  return { head, original };
}

function readHead(bytes) {
  try {
    const head = JSON.parse(text(bytes));
    if (head.v === VERSION && KINDS.includes(head.kind)) return head;
  } catch {
    // Falls through: it is broken either way.
  }
  throw new Refused("broken");
}
