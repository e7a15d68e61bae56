import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, bytesOf, from, pair } from "./library.mjs";

const { openBlob, sealBlob } = await from("cipher.js");
const { forMore, forOnly, readHeader } = await from("header.js");
const [device, recovery, theCase, stranger] = await Promise.all([pair(), pair(), pair(), pair()]);
const content = bytes(200_000);
const sealed = await sealBlob(new Blob([content]), [device.recipient, recovery.recipient]);
const broken = { code: "broken" };

test("a header for more keys leaves every byte of the body", async () => {
  const { size } = await readHeader(sealed);
  const { header, body, file } = await forMore(sealed, device.identity, [theCase.recipient]);
  assert.deepEqual(await bytesOf(body), (await bytesOf(sealed)).slice(size));
  assert.deepEqual(await bytesOf(file), Uint8Array.from([...header, ...(await bytesOf(body))]));
  for (const each of [device, recovery, theCase]) {
    assert.deepEqual(await bytesOf(await openBlob(file, each.identity)), content);
  }
  assert.equal((await readHeader(file)).stanzas.length, 3);
  await assert.rejects(openBlob(file, stranger.identity), broken);
});

test("a header for one key alone opens with that one alone", async () => {
  const { file } = await forOnly(sealed, recovery.identity, [theCase.recipient]);
  assert.deepEqual(await bytesOf(await openBlob(file, theCase.identity)), content);
  await assert.rejects(openBlob(file, device.identity), broken);
});

test("only a key of the file writes its header", async () => {
  await assert.rejects(forMore(sealed, stranger.identity, [stranger.recipient]), broken);
});

test("what has no header, or another MAC, is refused", async () => {
  await assert.rejects(readHeader(new Blob(["age-encryption.org/v2\n"])), broken);
  await assert.rejects(readHeader(new Blob([])), broken);
  const changed = await bytesOf(sealed);
  changed[(await readHeader(sealed)).size - 10] ^= 1;
  await assert.rejects(forMore(new Blob([changed]), device.identity, [theCase.recipient]), broken);
});
