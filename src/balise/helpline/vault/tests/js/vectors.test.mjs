// The vectors that Python made, and those that the authors of age published (C2SP CCTV).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { bytesOf, decoded, from, vectors } from "./library.mjs";
import { published } from "./published.mjs";

const chain = await from("chain.js");
const { pack, unpack } = await from("items.js");
const { digestBlob } = await from("cipher.js");
const words = await from("words.js");
const { Decrypter } = await from("age.js");

test("the chain is Python's, byte for byte", async () => {
  assert.equal(chain.START, vectors.start);
  for (const { entry, bytes } of vectors.chain) assert.equal(Buffer.from(chain.entryBytes(entry)).toString(), bytes);
  assert.deepEqual(await chain.hashes(vectors.chain.map(({ entry }) => entry)), vectors.chain.map(({ hash }) => hash));
});

test("a line that is missing, doubled or of another kind is refused", async () => {
  const entries = vectors.chain.map(({ entry }) => entry);
  await assert.rejects(chain.hashes(entries.slice(1)), RangeError);
  await assert.rejects(chain.hashes([entries[0], entries[0]]), RangeError);
  assert.throws(() => chain.entryBytes({ ...entries[0], kind: "forgotten" }), TypeError);
});

test("an item is packed and unpacked as Python does", async () => {
  for (const { head, original, packed, commitment } of vectors.items) {
    const made = pack(head, new Blob([decoded(original)]));
    assert.equal(Buffer.from(await bytesOf(made)).toString("base64"), packed);
    const read = await unpack(new Blob([decoded(packed)]));
    assert.deepEqual(read.head, head);
    assert.deepEqual(await bytesOf(read.original), decoded(original));
    assert.equal(read.original.type, head.type);
    assert.deepEqual(await digestBlob(read.original, head.salt), { sha256: head.sha256, commitment });
  }
});

test("twelve words are worth what they are in Python", async () => {
  for (const { words: said, language, identity, recipient, locator, auth } of vectors.recoveries) {
    const read = await words.readWords(said.join(" "));
    assert.equal(read.language, language);
    assert.deepEqual(await words.recoveryKey(read), { identity, recipient, locator, auth });
  }
});

test("the published vectors are there", () => assert.ok(published.length >= 60, `${published.length}`));

for (const { name, expect, identity, payload, sealed } of published) {
  test(`published vector ${name}: ${expect}`, async () => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const opened = decrypter.decrypt(new Uint8Array(sealed));
    if (expect !== "success") return assert.rejects(opened);
    assert.equal(createHash("sha256").update(await opened).digest("hex"), payload);
  });
}
