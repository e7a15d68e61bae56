// The part inside bars under Node, against what Python computed of the same drawings.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { AT_ONCE, inside, insideBars } from "../../static/signals/bars.js";
import { Cells, hex } from "../../static/signals/pdq.js";
import { barred, part } from "./drawn.js";

const vectors = JSON.parse(await readFile(new URL("../bars.json", import.meta.url), "utf-8"));

/** Return {found, read}: the part inside the bars, and the sizes that were read. */
function looked(data, width, height) {
  const read = [];
  const found = inside(width, height, (left, top, wide, high) => {
    read.push([wide, high]);
    return part(data, width, left, top, wide, high);
  });
  return { found, read };
}

for (const vector of vectors) {
  const { name, width, height } = vector;
  test(`${name}: the part inside is what Python finds, and so are its hash, quality and turns`, () => {
    const data = barred(vector);
    const { found } = looked(data, width, height);
    assert.deepEqual(found, vector.inside);
    if (!found) return;
    const cells = new Cells(found.width, found.height);
    cells.add(part(data, width, found.left, found.top, found.width, found.height));
    const { quality, turns } = cells.hash();
    assert.equal(quality, vector.quality);
    assert.deepEqual(turns.map(hex), vector.turns);
  });
}

test("of a picture without bars four lines are read, whatever its size", () => {
  const vector = vectors.find(({ name }) => name === "no bars");
  const { read } = looked(barred(vector), vector.width, vector.height);
  assert.deepEqual(read, [[400, 1], [400, 1], [1, 300], [1, 300]]);
});

test("of a large picture of one colour little is in memory at once", () => {
  const [width, height] = [30_000, 200];
  const flat = new Uint8ClampedArray(4 * AT_ONCE).fill(255);
  let most = 0;
  let points = 0;
  const found = inside(width, height, (_left, _top, wide, high) => {
    most = Math.max(most, wide * high);
    points += wide * high;
    return flat;
  });
  assert.equal(found, null);
  assert.ok(most <= AT_ONCE);
  assert.ok(points <= 2 * width * height);
});

const WHOLE = [0, 0, 1, 1];
const WIDE = [0, 0.125, 1, 0.875];
const frame = (second, part, quality = 100) => ({
  second,
  pdq: `whole ${second}`,
  quality,
  turns: [],
  part,
  trimmed: part === WHOLE ? null : { pdq: `inside ${second}`, quality: 90, turns: [] },
});
const named = (frames) => frames.map(({ pdq }) => pdq);

test("a film is hashed inside the bars that nearly all of its good frames have", () => {
  const nearly = WIDE.map((edge) => edge && edge + 0.004); // as compression draws them
  const dark = frame(5, [0.3, 0.3, 0.7, 0.7]);
  const black = frame(6, WHOLE, 0);
  const frames = [frame(0, WIDE), frame(1, nearly), frame(2, WIDE), frame(3, WIDE), dark, black];
  const found = insideBars(frames);
  assert.deepEqual(found[0], { second: 0, pdq: "inside 0", quality: 90 });
  assert.deepEqual(named(found), ["inside 0", "inside 1", "inside 2", "inside 3"]);
});

test("a film without bars keeps each frame whole, also where some are dark at an edge", () => {
  const frames = [frame(0, WHOLE), frame(1, WIDE), frame(2, WHOLE), frame(3, WHOLE, 0)];
  assert.deepEqual(named(insideBars(frames)), ["whole 0", "whole 1", "whole 2", "whole 3"]);
  const margins = [0.1, 0.2, 0.3, 0.4].map((edge, second) => frame(second, [edge, edge, 1, 1]));
  assert.deepEqual(named(insideBars(margins)), ["whole 0", "whole 1", "whole 2", "whole 3"]);
  assert.deepEqual(insideBars([]), []);
});
