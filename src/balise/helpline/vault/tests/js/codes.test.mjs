import assert from "node:assert/strict";
import { test } from "node:test";
import { from } from "./library.mjs";

const { checkCode, normal } = await from("codes.js");
const why = (code) => {
  try {
    checkCode(code);
    return "";
  } catch ({ code: refused, details }) {
    return details.why ?? refused;
  }
};
const each = (codes, said) => {
  for (const code of codes) assert.equal(why(code), said, code);
};

test("a code of digits, of letters or of both is taken, however long it is", () => {
  each(["274951", "80613527", "le chat mange 3 pommes", "Ré9lis", "pluie-7", "x".repeat(5) + "yz".repeat(90) + "q"], "");
});

test("fewer than six signs are too short, and a letter with an accent is one sign", () => {
  each(["27495", "", "     27495    ", "e\u0301te\u0301s"], "pin-short");
  assert.equal(normal(" e\u0301 "), "é");
});

test("what repeats is refused", () => {
  each(["111111", "121212", "123123", "20132013", "abcabc", "112211", "zzzzzz", "------"], "repeat");
});

test("what counts up or down is refused", () => {
  each(["123456", "987654", "012345", "890123", "210987", "abcdef", "fedcba", "135791", "010203", "102030", "112233", "070605", "100102", "001002003"], "run");
});

test("a day or two years are refused, however they are written", () => {
  each(["120513", "051213", "130512", "12052013", "2013-05-12", "12/05/2013", "05.12.13", "20122014", "31121999"], "date");
  each(["274951", "99999913", "32130567"], "");
});

test("keys that lie side by side are refused, on the keyboards of here and on a pad", () => {
  each(["azerty", "qwerty", "QWERTZ", "poiuyt", "azeqsd", "qwerty123", "mlkjhg", "147258", "159357", "wxcvbn"], "keys");
  each(["azertic", "qwerty7"], "");
});
