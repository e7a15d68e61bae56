// PDQ under Node, against what Python computed of the same drawings.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Cells, distance, hashLuma, hex, lumaOf } from "../../static/signals/pdq.js";
import { pixels } from "./drawn.js";

const vectors = JSON.parse(await readFile(new URL("../vectors.json", import.meta.url), "utf-8"));

for (const vector of vectors) {
  const { name, width, height } = vector;
  test(`${name} has the hash, the quality and the turns that Python finds`, () => {
    const luma = lumaOf({ data: pixels(vector), width, height });
    assert.deepEqual([...luma.subarray(0, 8)], vector.luma);
    assert.equal(luma.reduce((sum, one) => sum + one, 0), vector.luma_sum);
    const { value, quality, turns } = hashLuma(luma, width, height);
    assert.equal(hex(value), vector.pdq);
    assert.equal(quality, vector.quality);
    assert.deepEqual(turns.map(hex), vector.turns);
  });
}

test("rows that come in parts give the same hash", () => {
  const vector = vectors.find(({ name }) => name === "even windows");
  const data = pixels(vector);
  const cells = new Cells(vector.width, vector.height);
  const part = 4 * vector.width * 100;
  for (let at = 0; at < data.length; at += part) cells.add(data.subarray(at, at + part));
  assert.equal(hex(cells.hash().value), vector.pdq);
});

test("a side that is empty or too long, and rows that are missing, are refused", () => {
  for (const [width, height] of [[0, 5], [5, 0], [32_769, 1], [1.5, 2]]) {
    assert.throws(() => new Cells(width, height), RangeError);
  }
  assert.throws(() => new Cells(5, 5).hash(), RangeError);
  assert.throws(() => hashLuma(new Float32Array(24), 5, 5), RangeError);
});

test("distance counts bits", () => {
  assert.equal(distance(Uint8Array.of(0, 255), Uint8Array.of(1, 0)), 9);
});
