/**
 * The twelve words that bring a vault back: exact BIP 39 (128 bits and a checksum), French or English.
 *
 *   const words = await newWords("fr");              // ["abaisser", …], 12
 *   const read = await readWords(typed);             // {language, words}: accents, case, commas and
 *                                                    // letters after the fourth are forgiven
 *   const key = await recoveryKey(read);             // {identity, recipient, locator, auth}
 *
 * Of `recoveryKey`, only the recipient is for keeping; the locator and the token of a backup go
 * into the sealed slot. `nearest` runs in the worker: the page calls `nearestWords` of sealing.js.
 */
import { bech32, hkdf, sha256, x25519 } from "./age.js";
import { hex, random, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

export const COUNT = 12;
const BITS = 11; // of a word
const ENTROPY = 16; // bytes
const KNOWN_BY = 4; // letters
const LISTS = { fr: () => import("./words-fr.js"), en: () => import("./words-en.js") };
export const LANGUAGES = Object.keys(LISTS);
const kept = {}; // what was made of each list

/** Return the 2,048 words of a language (`fr`; English for any other), with their accents (NFC). */
export async function wordList(language) {
  const { default: words } = await (LISTS[language] ?? LISTS.en)();
  return words.split(" ");
}

/** Return twelve new words of a language. */
export async function newWords(language) {
  const list = await wordList(language);
  return placesOf(random(ENTROPY)).map((place) => list[place]);
}

/**
 * Return {language, words, places} of what was typed, in the language that knows most of it.
 * Refuses words-count, words-unknown (with the places, from 1) and words-checksum.
 */
export async function readWords(typed) {
  const given = split(typed);
  if (given.length !== COUNT) throw new Refused("words-count", { count: given.length });
  const { language, list, places } = await placed(given);
  const at = places.flatMap((place, index) => (place < 0 ? [index + 1] : []));
  if (at.length) throw new Refused("words-unknown", { at });
  if (!entropyOf(places)) throw new Refused("words-checksum");
  return { language, words: places.map((place) => list[place]), places };
}

/** Return the words that begin with what was typed, five at most: to complete a word. */
export async function completions(start, language) {
  const begun = bareOf(start);
  if (!begun) return [];
  const { list, bare } = await knownOf(LISTS[language] ? language : "en");
  return list.filter((_word, place) => bare[place].startsWith(begun)).slice(0, 5);
}

/** Return what the words are worth: {identity, recipient} of age, {locator, auth} of a backup (hex). */
export async function recoveryKey({ words, places }) {
  const found = places ?? (await readWords(words.join(" "))).places;
  const secret = secretOf(entropyOf(found));
  return { ...pairOf(secret), locator: derived(secret, "locator"), auth: derived(secret, "auth") };
}

/**
 * Return what was meant by words of which one is wrong or missing, or null: {at, word, words,
 * language}, `at` from 1. Each one-word change whose checksum is right is held against the
 * recipient: 12 × 2,048 changes, a sixteenth of them reach the curve. Takes seconds.
 */
export async function nearest(typed, recipient, onProgress = () => {}) {
  const given = split(typed);
  if (given.length < COUNT - 1 || given.length > COUNT) return null;
  const wanted = bech32.decodeToBytes(recipient).bytes;
  const { language, list, places } = await placed(given);
  const isMissing = given.length < COUNT;
  const unknown = places.flatMap((place, index) => (place < 0 ? [index] : []));
  if (unknown.length > (isMissing ? 0 : 1)) return null;
  const tried = unknown.length ? unknown : [...Array(COUNT).keys()];
  for (const [nth, at] of tried.entries()) {
    const all = isMissing ? [...places.slice(0, at), 0, ...places.slice(at)] : [...places];
    for (let place = 0; place < list.length; place++) {
      all[at] = place;
      const entropy = entropyOf(all);
      if (entropy && isSame(x25519.getPublicKey(secretOf(entropy)), wanted)) {
        return { at: at + 1, word: list[place], words: all.map((each) => list[each]), language };
      }
    }
    onProgress((nth + 1) / tried.length);
  }
  return null;
}

/** Return {identity, recipient} of age for 32 secret bytes. */
export function pairOf(secret) {
  return {
    identity: bech32.encodeFromBytes("AGE-SECRET-KEY-", secret).toUpperCase(),
    recipient: bech32.encodeFromBytes("age", x25519.getPublicKey(secret)),
  };
}

/** Return the recipient of an identity; "" of what is none. */
export function recipientOf(identity) {
  try {
    return pairOf(bech32.decodeToBytes(identity).bytes).recipient;
  } catch {
    return "";
  }
}

const secretOf = (entropy) => hkdf(sha256, entropy, undefined, utf8("balise vault recovery 1"), 32);
const derived = (secret, name) => hex(hkdf(sha256, secret, undefined, utf8(name), 32));
const isSame = (one, other) => one.every((byte, index) => byte === other[index]);

function split(typed) {
  const parts = typed.normalize("NFKD").split(/[^\p{L}\p{M}]+/u);
  return parts.map(bareOf).filter(Boolean);
}

function bareOf(word) {
  return word.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").trim();
}

/** Return the list of a language, as it is typed without accents, and the places by four letters; once. */
function knownOf(language) {
  kept[language] ??= wordList(language).then((list) => {
    const bare = list.map(bareOf);
    return { list, bare, known: new Map(bare.map((word, place) => [word.slice(0, KNOWN_BY), place])) };
  });
  return kept[language];
}

/** Some words are in both lists: fewest strange ones, then a right checksum, then words typed whole. */
async function placed(given) {
  const readings = [];
  for (const language of LANGUAGES) {
    const { list, bare, known } = await knownOf(language);
    const places = given.map((word) => known.get(word.slice(0, KNOWN_BY)) ?? -1);
    const strange = places.filter((place) => place < 0).length;
    const isWrong = strange || given.length !== COUNT || !entropyOf(places) ? 1 : 0;
    const cut = given.filter((word, index) => word !== bare[places[index]]).length;
    readings.push({ language, list, places, rank: strange * 1000 + isWrong * 100 + cut });
  }
  return readings.reduce((best, each) => (each.rank < best.rank ? each : best));
}

function placesOf(entropy) {
  const bits = [...entropy, sha256(entropy)[0]];
  return Array.from({ length: COUNT }, (_, word) => {
    let place = 0;
    for (let bit = word * BITS; bit < (word + 1) * BITS; bit++) {
      place = (place << 1) | ((bits[bit >> 3] >> (7 - (bit & 7))) & 1);
    }
    return place;
  });
}

/** Return the 16 bytes of twelve places, or null where the checksum is another. */
function entropyOf(places) {
  const bytes = new Uint8Array(ENTROPY + 1);
  places.forEach((place, word) => {
    for (let bit = 0; bit < BITS; bit++) {
      const at = word * BITS + bit;
      bytes[at >> 3] |= ((place >> (BITS - 1 - bit)) & 1) << (7 - (at & 7));
    }
  });
  const entropy = bytes.slice(0, ENTROPY);
  return bytes[ENTROPY] === (sha256(entropy)[0] & 0xf0) ? entropy : null;
}
