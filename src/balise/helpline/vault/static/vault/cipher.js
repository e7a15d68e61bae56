/**
 * Sealing and opening of whole files as streams: runs in the worker (`work.js`) and under Node. A page
 * calls sealing.js. Nothing larger than a piece is held: what is made goes into Blobs piece by piece.
 */
import { Decrypter, Encrypter, sha256 } from "./age.js";
import { hex, unhex } from "./bytes.js";
import { Refused } from "./refused.js";

const PIECE = 512 * 1024; // bytes that are handed to a Blob at once
const READ = 256 * 1024; // bytes read at once: a browser's own stream of a Blob comes by 2 MiB
const MOST_HEADER = 64 * 1024;
const HASHED_WHOLE = 64 * 1024 * 1024; // bytes; by the browser, ten times as fast as by a stream in JavaScript

/** Return an age file of a Blob that each of the recipients opens. `report` hears 0 to 1. */
export async function sealBlob(blob, recipients, report = () => {}) {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return gathered(await encrypter.encrypt(streamOf(blob)), blob.size, report);
}

/** Return the content of an age file, or refuse `broken`: it was changed, or is for another key. */
export async function openBlob(blob, identity, report = () => {}) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await gathered(await decrypter.decrypt(streamOf(blob)), blob.size, report);
  } catch (error) {
    throw new Refused("broken", { said: String(error.message ?? error) });
  }
}

/** Return {sha256, commitment} of a Blob in hex; the commitment is SHA-256(salt || content). */
export async function digestBlob(blob, salt, report = () => {}) {
  if (blob.size <= HASHED_WHOLE) return digestWhole(blob, unhex(salt));
  const plain = sha256.create();
  const salted = sha256.create().update(unhex(salt));
  let done = 0;
  for await (const chunk of chunks(streamOf(blob))) {
    plain.update(chunk);
    salted.update(chunk);
    report((done += chunk.length) / blob.size);
  }
  return { sha256: hex(plain.digest()), commitment: hex(salted.digest()) };
}

async function digestWhole(blob, salt) {
  const all = await new Blob([salt, blob]).arrayBuffer();
  const hashed = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return { sha256: await hashed(new Uint8Array(all, salt.length)), commitment: await hashed(all) };
}

/** Return the first bytes of an age file, in which its header is. */
export const start = (blob) => blob.slice(0, MOST_HEADER);

/** Return the stream of a Blob, read only as fast as it is used. */
function streamOf(blob) {
  let at = 0;
  const pull = async (controller) => {
    const read = new Uint8Array(await blob.slice(at, at + READ).arrayBuffer());
    at += read.length;
    if (read.length) controller.enqueue(read);
    if (at >= blob.size) controller.close();
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function gathered(stream, size, report) {
  const blobs = [];
  let piece = new Uint8Array(Math.min(PIECE, size + MOST_HEADER));
  let used = 0;
  let whole = 0;
  const flush = () => {
    if (used) blobs.push(new Blob([piece.subarray(0, used)]));
    used = 0;
  };
  for await (const chunk of chunks(stream)) {
    if (used + chunk.length > piece.length) flush();
    if (chunk.length > piece.length) {
      blobs.push(new Blob([chunk]));
    } else {
      piece.set(chunk, used);
      used += chunk.length;
    }
    whole += chunk.length;
    report(Math.min(1, whole / (size || 1)));
  }
  flush();
  return new Blob(blobs);
}
