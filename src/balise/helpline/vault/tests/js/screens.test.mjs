// The parts of the screens that need no page: boxes over a picture, ZIP files, links, time-stamp replies.
import assert from "node:assert/strict";
import { test } from "node:test";
import { between, fitted, pixels, pressed } from "../../static/vault/screens/boxes.js";
import { linkIn } from "../../static/vault/screens/link.js";
import { read } from "../../static/vault/screens/token.js";
import { read as planOf, written } from "../../static/vault/screens/written.js";
import { zipped } from "../../static/vault/screens/zip.js";

test("a box stays on the picture, whatever is asked of it", () => {
  assert.deepEqual(fitted({ x: -5, y: 99, w: 200, h: 1 }), { x: 0, y: 96, w: 100, h: 4 });
  assert.deepEqual(between({ x: 80, y: 70 }, { x: 20, y: 30 }), { x: 20, y: 30, w: 60, h: 40 });
  assert.deepEqual(pixels({ x: 25, y: 50, w: 50, h: 10 }, { width: 361, height: 640 }), { x: 90, y: 320, w: 181, h: 64 });
});

test("arrows move a box, with Shift they change its size, other keys do nothing", () => {
  const box = { x: 10, y: 10, w: 20, h: 20 };
  assert.deepEqual(pressed(box, "ArrowLeft", false), { ...box, x: 8 });
  assert.deepEqual(pressed(box, "ArrowDown", true), { ...box, h: 22 });
  assert.deepEqual(pressed({ ...box, x: 80 }, "ArrowRight", true), { ...box, x: 80 });
  assert.equal(pressed(box, "a", false), null);
});

test("a link is found in what Android shares as text, and nowhere else", () => {
  assert.equal(linkIn("", "Regarde ça https://reseau.example/p?a=1 !"), "https://reseau.example/p?a=1");
  assert.equal(linkIn("pas de lien", undefined), "");
  assert.equal(linkIn("javascript:alert(1)"), "");
});

test("a ZIP holds its files as they are", async () => {
  const at = new Date("2026-11-29T01:02:04Z");
  const made = await zipped([{ name: "items/a.txt", blob: new Blob(["hello"]), at }]);
  const view = new DataView(await made.arrayBuffer());
  assert.equal(view.getUint32(0, true), 0x04034b50);
  assert.equal(view.getUint16(8, true), 0, "stored");
  assert.equal(view.getUint32(14, true), 0x3610a686, "CRC-32 of hello");
  assert.equal(new TextDecoder().decode(view.buffer.slice(41, 46)), "hello");
  assert.equal(view.getUint32(46, true), 0x02014b50);
  assert.equal(view.getUint16(made.size - 22 + 10, true), 1, "one file listed");
});

// TSTInfo (RFC 3161, 2.4.2) within a content of its type, as DER.
const der = (tag, ...parts) => [tag, parts.flat().length, ...parts.flat()];
const TYPE = der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04]);
const letters = (text) => [...text].map((letter) => letter.charCodeAt(0));
function reply(imprint, time) {
  const info = der(
    0x30,
    der(0x02, [1]),
    der(0x06, [0x2a, 0x03]),
    der(0x30, der(0x30, der(0x06, [0x2a, 0x04])), der(0x04, imprint)),
    der(0x02, [9]),
    der(0x18, letters(time)),
  );
  return Uint8Array.from(der(0x30, TYPE, der(0xa0, der(0x04, info))));
}

test("a time-stamp reply says when, and of what", () => {
  const imprint = Array.from({ length: 32 }, (_, nth) => nth);
  const found = read(reply(imprint, "20261129010204.5Z"));
  assert.equal(found.at, "2026-11-29T01:02:04.5Z");
  assert.equal(found.isOf(Uint8Array.from(imprint)), true);
  assert.equal(found.isOf(Uint8Array.from(imprint).reverse()), false);
});

test("what is no time-stamp reply is refused", () => {
  const whole = reply(Array(32).fill(7), "20261129010204Z");
  for (const bytes of [new Uint8Array(), whole.subarray(0, 40), Uint8Array.from([1, 2, 3])]) {
    assert.throws(() => read(bytes), { code: "stamp-wrong" });
  }
});

test("a plan comes back as it was written, whatever its lines look like", () => {
  const steps = [
    { code: "signs", title: "Quand ça monte…", text: "Je ne dors plus.\n## people: rien\n\n# x " },
    { code: "people", title: "Je le dis à…", text: "" },
  ];
  const made = written("older", steps);
  assert.ok(made.startsWith("# older\n## signs: Quand ça monte…\nJe ne dors plus."));
  const { version, steps: found } = planOf(made);
  assert.equal(version, "older");
  assert.deepEqual(found, { signs: "Je ne dors plus.\npeople: rien\n\nx", people: "" });
  assert.equal(planOf("Bonjour").version, "");
});
