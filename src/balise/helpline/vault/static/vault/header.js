/**
 * The header of an age file: read, and written again for more people over the same file key. The
 * sealed body keeps every byte.
 *
 *   const { header, body, file } = await forMore(sealed, identity, ["age1…"]);   // still opens with the old keys
 *   const { header } = await forOnly(sealed, identity, ["age1…"]);               // opens with these alone
 *
 * header: Uint8Array, up to the end of the MAC's line. body: Blob, the rest. file: Blob, both.
 * Refuses `broken`: no header, another key, or a MAC that is not right.
 */
import { Decrypter, encodeHeader, encodeHeaderNoMAC, hkdf, hmac, parseHeader, sha256, X25519Recipient } from "./age.js";
import { utf8 } from "./bytes.js";
import { start } from "./cipher.js";
import { Refused } from "./refused.js";

/** Return {stanzas, size} of an age file, `size` in bytes of its header. */
export async function readHeader(sealed) {
  try {
    const { stanzas, headerSize } = await parseHeader(start(sealed).stream());
    return { stanzas, size: headerSize };
  } catch (error) {
    throw new Refused("broken", { said: error.message });
  }
}

/** Return the header for the old keys and for more recipients. */
export async function forMore(sealed, identity, recipients) {
  const { stanzas, size } = await readHeader(sealed);
  return rewritten(sealed, size, await fileKeyOf(sealed, size, identity), stanzas, recipients);
}

/** Return the header for these recipients alone. */
export async function forOnly(sealed, identity, recipients) {
  const { size } = await readHeader(sealed);
  return rewritten(sealed, size, await fileKeyOf(sealed, size, identity), [], recipients);
}

async function fileKeyOf(sealed, size, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decryptHeader(new Uint8Array(await sealed.slice(0, size).arrayBuffer()));
  } catch (error) {
    throw new Refused("broken", { said: error.message });
  }
}

async function rewritten(sealed, size, fileKey, kept, recipients) {
  const added = await Promise.all(recipients.map((each) => new X25519Recipient(each).wrapFileKey(fileKey)));
  const stanzas = [...kept, ...added.flat()];
  const key = hkdf(sha256, fileKey, undefined, utf8("header"), 32);
  const header = encodeHeader(stanzas, hmac(sha256, key, encodeHeaderNoMAC(stanzas)));
  const body = sealed.slice(size);
  return { header, body, file: new Blob([header, body]) };
}
