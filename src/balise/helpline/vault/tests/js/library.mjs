// What the tests under Node read: the modules as they are served, and the vectors that Python made.
import { readFileSync } from "node:fs";

export const from = (name) => import(new URL(`../../static/vault/${name}`, import.meta.url));
export const vectors = JSON.parse(readFileSync(new URL("../vectors.json", import.meta.url), "utf8"));
export const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());
export const decoded = (base64) => new Uint8Array(Buffer.from(base64, "base64"));

/** Return bytes that differ everywhere, the same for the same seed. */
export function bytes(count, seed = 1) {
  const made = new Uint8Array(count);
  let state = seed >>> 0;
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    made[at] = state >>> 24;
  }
  return made;
}

export async function pair() {
  const { generateX25519Identity, identityToRecipient } = await from("age.js");
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
