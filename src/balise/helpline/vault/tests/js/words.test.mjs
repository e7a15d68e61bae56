import assert from "node:assert/strict";
import { test } from "node:test";
import { from, vectors } from "./library.mjs";

const { newWords, readWords, nearest, recoveryKey, wordList, completions } = await from("words.js");
const [, french] = vectors.recoveries;

test("new words are twelve of the list, with a right checksum, and others each time", async () => {
  for (const language of ["fr", "en"]) {
    const list = await wordList(language);
    assert.equal(new Set(list).size, 2048);
    const made = await newWords(language);
    assert.equal(made.length, 12);
    assert.deepEqual((await readWords(made.join(" "))).words, made);
    assert.notDeepEqual(await newWords(language), made);
  }
});

test("accents, case, commas and the end of a word are forgiven", async () => {
  const bare = french.words.join(", ").normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
  const decomposed = french.words.join("\n").normalize("NFD");
  const short = french.words.map((word) => [...word].slice(0, 4).join("")).join(" ");
  for (const typed of [bare, decomposed, short, `  1. ${french.words.join("  ")} `]) {
    assert.deepEqual((await readWords(typed)).words, french.words);
  }
});

test("what is wrong is said: the number, the words, the checksum", async () => {
  const eleven = french.words.slice(1).join(" ");
  await assert.rejects(readWords(eleven), { code: "words-count", details: { count: 11 } });
  const strange = french.words.with(2, "xyzzy").with(7, "qqq").join(" ");
  await assert.rejects(readWords(strange), { code: "words-unknown", details: { at: [3, 8] } });
  const [first, second, ...rest] = french.words;
  await assert.rejects(readWords([second, second, ...rest].join(" ")), { code: "words-checksum" });
  assert.notEqual(first, second);
});

test("of eleven right words, the wrong one is found, wherever it is", async () => {
  const list = await wordList("fr");
  for (const at of [0, 5, 11]) {
    const wrong = list[(list.indexOf(french.words[at]) + 700) % 2048];
    const found = await nearest(french.words.with(at, wrong).join(" "), french.recipient);
    assert.deepEqual(found, { at: at + 1, word: french.words[at], words: french.words, language: "fr" });
  }
});

test("a word in no list, and a word left out, are found", async () => {
  const strange = await nearest(french.words.with(3, "xyzzy").join(" "), french.recipient);
  assert.equal(strange.at, 4);
  const missing = await nearest(french.words.toSpliced(8, 1).join(" "), french.recipient);
  assert.deepEqual(missing.words, french.words);
});

test("nothing is found for another vault, nor for two wrong words", async () => {
  const { recipient } = await recoveryKey(await readWords((await newWords("fr")).join(" ")));
  assert.equal(await nearest(french.words.join(" "), recipient), null);
  assert.equal(await nearest(french.words.with(0, "xyzzy").with(1, "xyzzy").join(" "), french.recipient), null);
  assert.equal(await nearest("abaisser", french.recipient), null);
});

test("a word is completed from its first letters, without accents", async () => {
  assert.ok((await completions("ecl", "fr")).every((word) => word.normalize("NFD").replace(/\p{M}/gu, "").startsWith("ecl")));
  assert.deepEqual(await completions("", "fr"), []);
});
