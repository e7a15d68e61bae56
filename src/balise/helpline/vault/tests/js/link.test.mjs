// The address of a link: read whole, or not at all.
import assert from "node:assert/strict";
import test from "node:test";
import { from } from "./library.mjs";

const { read } = await from("link.js");
const { pairOf } = await from("words.js");
const ID = "0d9f6a1e-5a60-4f10-9f0e-3c1d5d1f2a34";
const secret = Uint8Array.from({ length: 32 }, (_none, nth) => 255 - nth);
const key = Buffer.from(secret).toString("base64url");

test("an address gives the id and the identity", () => {
  assert.deepEqual(read(`#${ID}.${key}`), { id: ID, identity: pairOf(secret).identity });
});

test("an address that is cut or changed is none", () => {
  for (const wrong of ["", "#", `#${ID}`, `#${ID}.${key.slice(1)}`, `#${ID}.${key}x`, `#${ID}/${key}`])
    assert.equal(read(wrong), null);
});
