/**
 * The code of a vault: six signs or more, digits or letters, as long as wanted.
 *
 *   checkCode(typed)     // refuses pin-short, and pin-simple with {why}: repeat, run, date or keys
 *   normal(typed)        // the code as it is used: one form of each letter, no spaces around it
 *
 * Refused is what anybody would try first. An old code is opened whatever it is: only a new one is checked.
 */
import { Refused } from "./refused.js";

export const SHORTEST = 6; // signs
export const TRIES = 10; // of a code; then the twelve words alone open the vault
const BLOCK = 3; // signs of the longest number that counts up
const STEPS = [1, 2, 5, 10, 11, 100];
const PIECE = 3; // signs of a row that are no chance
const ROWS = [
  "1234567890", "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm",
  "147", "258", "369", "159", "357", "741", "852", "963", "951", "753", // of a pad
];
const ALL_ROWS = ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
const YEAR = /^(19|20)\d\d$/;
const LOOKS = [["repeat", isRepeat], ["run", isRun], ["date", isDate], ["keys", isKeys]];

/** Return the code as it is used. */
export const normal = (typed) => typed.normalize("NFKC").trim();

/** Refuse a code that is short, or that anybody would try first. */
export function checkCode(typed) {
  const signs = [...normal(typed)];
  if (signs.length < SHORTEST) throw new Refused("pin-short", { least: SHORTEST });
  const [why] = LOOKS.find(([, looks]) => looks(bare(signs))) ?? [];
  if (why) throw new Refused("pin-simple", { why });
}

// As it is looked at: without case, nor the signs between the numbers of a date; only these where there is nothing else.
function bare(signs) {
  const found = signs.join("").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return found || signs.join("");
}

// The same part again and again, or two signs alone.
function isRepeat(code) {
  return new Set(code).size < 3 || /^(.+)\1+$/u.test(code);
}

// Numbers, or letters, of which each is as far from the one before: 123456, 890123, fedcba, 010203, 112233.
function isRun(code) {
  const points = [...code].map((sign) => sign.codePointAt(0));
  const steps = points.slice(1).map((point, nth) => point - points[nth]);
  if (Math.abs(steps[0]) < 3 && steps.every((step) => step === steps[0])) return true;
  if (!/^\d+$/.test(code)) return false;
  const round = [...code].slice(1).map((sign, nth) => (sign - code[nth] + 10) % 10);
  if ([1, 2, 8, 9].includes(round[0]) && round.every((step) => step === round[0])) return true;
  return [2, BLOCK].some((size) => code.length % size === 0 && code.length > 2 * size - 1 && counts(code, size));
}

function counts(code, size) {
  const numbers = code.match(new RegExp(`.{${size}}`, "g")).map(Number);
  const [step] = numbers.slice(1).map((number, nth) => number - numbers[nth]);
  return STEPS.includes(Math.abs(step)) && numbers.slice(1).every((number, nth) => number - numbers[nth] === step);
}

// A day in any order, with two or four digits of a year; or two years.
function isDate(code) {
  if (/^\d{6}$/.test(code)) {
    const [one, two, three] = code.match(/../g);
    return isDay(one, two) || isDay(two, one) || isDay(three, two);
  }
  if (!/^\d{8}$/.test(code)) return false;
  const [start, end] = [code.slice(0, 4), code.slice(4)];
  const pair = (four) => isDay(four.slice(0, 2), four.slice(2)) || isDay(four.slice(2), four.slice(0, 2));
  return (YEAR.test(end) && (pair(start) || YEAR.test(start))) || (YEAR.test(start) && pair(end));
}

const isDay = (day, month) => day >= 1 && day <= 31 && month >= 1 && month <= 12;

// Keys that lie side by side, all of it: azerty, qwerty123, 147258.
function isKeys(code) {
  const isPiece = (piece) => piece.length >= PIECE && ALL_ROWS.some((row) => row.includes(piece));
  const reached = [true];
  for (let end = 1; end <= code.length; end++) {
    reached[end] = reached.some((is, start) => is && start < end && isPiece(code.slice(start, end)));
  }
  return reached[code.length];
}
