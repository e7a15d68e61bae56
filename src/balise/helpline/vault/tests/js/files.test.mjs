import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, bytesOf, from, vectors } from "./library.mjs";

const { typeOf } = await from("magic.js");
const { padded, paddedSize, unpadded } = await from("pad.js");
const { newHead, pack, unpack } = await from("items.js");
const ascii = (text) => [...Buffer.from(text, "latin1")];
const box = (brand) => [0, 0, 0, 24, ...ascii(`ftyp${brand}`), 0, 0, 0, 0];

const FILES = {
  "image/jpeg": [0xff, 0xd8, 0xff, 0xe0],
  "image/png": [0x89, ...ascii("PNG\r\n\x1a\n")],
  "image/gif": ascii("GIF89a"),
  "image/webp": ascii("RIFF....WEBPVP8 "),
  "image/heic": box("heic"),
  "video/mp4": box("isom"),
  "video/quicktime": box("qt  "),
  "video/webm": [0x1a, 0x45, 0xdf, 0xa3, 1, 2, ...ascii("webm")],
  "audio/mpeg": ascii("ID3\x04"),
  "audio/mp4": box("M4A "),
  "audio/wav": ascii("RIFF....WAVEfmt "),
  "application/pdf": ascii("%PDF-1.7"),
  "text/plain": [...Buffer.from("Il m’a écrit « à demain ».")],
};

for (const [type, start] of Object.entries(FILES)) {
  test(`${type} is known by its first bytes, whatever its name`, async () => {
    const file = new File([Uint8Array.from(start), type === "text/plain" ? "" : bytes(5000)], "holiday.exe", { type: "x/y" });
    assert.equal((await typeOf(file)).type, type);
  });
}

test("an mp3 without a tag is known by its frame", async () => {
  assert.equal((await typeOf(new Blob([Uint8Array.of(0xff, 0xfb, 0x90, 0x64), bytes(400)]))).kind, "audio");
});

test("a text cut in a character is a text", async () => {
  assert.equal((await typeOf(new Blob(["x", "é".repeat(4096)]))).type, "text/plain");
});

test("a renamed program, an empty file and noise are refused", async () => {
  const program = (...start) => new File([Uint8Array.from(start), bytes(400)], "photo.jpg", { type: "image/jpeg" });
  await assert.rejects(typeOf(program(...ascii("MZ\x90"))), { code: "program" });
  await assert.rejects(typeOf(program(...ascii("\x7fELF"))), { code: "program" });
  await assert.rejects(typeOf(program(0xcf, 0xfa, 0xed, 0xfe)), { code: "program" });
  await assert.rejects(typeOf(new File([], "capture.png", { type: "image/png" })), { code: "empty" });
  await assert.rejects(typeOf(new Blob([bytes(4000)])), { code: "kind-unknown" });
});

test("sizes are padded to four steps, then to whole MiB", async () => {
  const KIB = 1024;
  const wanted = { 0: 16, [16 * KIB]: 16, [16 * KIB + 1]: 64, [200 * KIB]: 256, [257 * KIB]: 1024, [1025 * KIB]: 2048 };
  for (const [size, kib] of Object.entries(wanted)) assert.equal(paddedSize(Number(size)), kib * KIB);
  const content = bytes(20_000);
  const made = padded(new Blob([content]));
  assert.equal(made.size, 64 * KIB);
  assert.deepEqual(await bytesOf(unpadded(made, content.length)), content);
  assert.throws(() => unpadded(new Blob(["x"]), 2), RangeError);
});

test("a head has all its fields, and a salt of its own", () => {
  const one = newHead({ kind: "link", type: "text/plain", bytes: 3, who: "Camille" });
  const other = newHead({ kind: "link", type: "text/plain", bytes: 3 });
  assert.match(one.salt, /^[0-9a-f]{64}$/);
  assert.notEqual(one.salt, other.salt);
  assert.deepEqual(Object.keys({ ...one, sha256: "" }).sort(), Object.keys(vectors.items[0].head).sort());
  assert.throws(() => newHead({ kind: "secret", type: "", bytes: 1 }), TypeError);
});

test("a packed item that says another length, another size or another version is broken", async () => {
  const head = { ...newHead({ kind: "text", type: "text/plain", bytes: 3 }), sha256: "" };
  const right = await bytesOf(pack(head, new Blob(["abc"])));
  const broken = { code: "broken" };
  await assert.rejects(unpack(new Blob([right, "d"])), broken);
  await assert.rejects(unpack(new Blob([right.subarray(0, 3)])), broken);
  await assert.rejects(unpack(new Blob([Uint8Array.of(255, 255, 255, 255), right.subarray(4)])), broken);
  await assert.rejects(unpack(pack({ ...head, v: 2 }, new Blob(["abc"]))), broken);
});
