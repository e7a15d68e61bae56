// T079: what a sealed file refuses.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { bytes, bytesOf, from, pair } from "./library.mjs";

const { openBlob, sealBlob, digestBlob } = await from("cipher.js");
const { readHeader } = await from("header.js");
const CHUNK = 64 * 1024;
const SEALED = CHUNK + 16;
const one = await pair();
const other = await pair();
const broken = { name: "Refused", code: "broken" };

/** Return {header, nonce, chunks} of a sealed file: the parts that an attacker can move. */
async function parts(content, key = one) {
  const sealed = await sealBlob(new Blob([content]), [key.recipient]);
  const { size } = await readHeader(sealed);
  const all = await bytesOf(sealed);
  const chunks = [];
  for (let at = size + 16; at < all.length; at += SEALED) chunks.push(all.subarray(at, at + SEALED));
  return { header: all.subarray(0, size), nonce: all.subarray(size, size + 16), chunks };
}
const refused = (...all) => assert.rejects(openBlob(new Blob(all.flat()), one.identity), broken);

for (const size of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 1024 * 1024 + 7]) {
  test(`${size} bytes come back as they were`, async () => {
    const content = bytes(size);
    const seen = [];
    const sealed = await sealBlob(new Blob([content]), [one.recipient, other.recipient], (part) => seen.push(part));
    assert.deepEqual(await bytesOf(await openBlob(sealed, one.identity)), content);
    assert.deepEqual(await bytesOf(await openBlob(sealed, other.identity)), content);
    assert.ok(seen.every((part) => part >= 0 && part <= 1));
  });
}

test("a file opens with the keys of another vault never", async () => {
  const sealed = await sealBlob(new Blob(["proof"]), [one.recipient]);
  await assert.rejects(openBlob(sealed, other.identity), broken);
});

test("a truncated file is refused, wherever it is cut", async () => {
  const { header, nonce, chunks } = await parts(bytes(3 * CHUNK + 5));
  const body = chunks.flatMap((chunk) => [...chunk]);
  for (const cut of [0, 5, 16, CHUNK, SEALED, SEALED + 1, 2 * SEALED, 3 * SEALED, body.length - 1]) {
    await refused(header, nonce, Uint8Array.from(body.slice(0, cut)));
  }
  await refused(header, nonce.subarray(0, 8));
  await refused(header.subarray(0, 60));
  await refused();
});

test("chunks in another order, or twice, are refused", async () => {
  const { header, nonce, chunks } = await parts(bytes(3 * CHUNK + 5));
  const [first, second, third, last] = chunks;
  await refused(header, nonce, second, first, third, last);
  await refused(header, nonce, first, first, second, third, last);
  await refused(header, nonce, first, second, third, last, last);
  await refused(header, nonce, first, third, last);
});

test("a chunk or a body of another file of the same vault is refused", async () => {
  const here = await parts(bytes(2 * CHUNK, 1));
  const there = await parts(bytes(2 * CHUNK, 2));
  await refused(here.header, here.nonce, here.chunks[0], there.chunks[1]);
  await refused(here.header, there.nonce, there.chunks);
  await refused(there.header, here.nonce, here.chunks);
});

test("the last chunk is marked: a file cut between chunks has none", async () => {
  const { header, nonce, chunks } = await parts(bytes(2 * CHUNK));
  await refused(header, nonce, chunks[0]);
  const longer = await parts(bytes(2 * CHUNK + 1));
  await refused(longer.header, longer.nonce, longer.chunks.slice(0, 2));
});

test("a changed byte is refused, in the header, the nonce, a chunk and a tag", async () => {
  const { header, nonce, chunks } = await parts(bytes(CHUNK + 9));
  const all = [...header, ...nonce, ...chunks.flatMap((chunk) => [...chunk])];
  for (const at of [0, 30, 80, header.length - 3, header.length + 2, header.length + 40, all.length - 1]) {
    const changed = Uint8Array.from(all);
    changed[at] ^= 1;
    await refused(changed);
  }
});

test("hashes of a stream are those of the whole", async () => {
  const salt = "07".repeat(32);
  const content = bytes(65 * 1024 * 1024);
  const digest = (...all) => all.reduce((hash, each) => hash.update(each), createHash("sha256")).digest("hex");
  const salted = Uint8Array.from(Buffer.from(salt, "hex"));
  for (const each of [content, content.subarray(0, 100)]) {
    const wanted = { sha256: digest(each), commitment: digest(salted, each) };
    assert.deepEqual(await digestBlob(new Blob([each]), salt), wanted);
  }
});
