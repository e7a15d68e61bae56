// What a time-stamp reply (RFC 3161, DER) says: when, and of what. Its signature is checked by the
// centre before it answers, and by whoever checks the file for a complaint.
import { Refused } from "../refused.js";

const TST_INFO = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
const SEQUENCE = 0x30;
const OCTETS = 0x04;
const TIME = 0x18;

function element(bytes, at) {
  let length = bytes[at + 1];
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    length = bytes.subarray(start, start + count).reduce((sum, octet) => sum * 256 + octet, 0);
    start += count;
  }
  if (!(start + length <= bytes.length)) throw new Refused("stamp-wrong");
  return { tag: bytes[at], start, end: start + length };
}

function within(bytes, { start, end }) {
  const found = [];
  for (let at = start; at < end; at = found.at(-1).end) found.push(element(bytes, at));
  return found;
}

function place(bytes) {
  for (let at = 0; at + TST_INFO.length < bytes.length; at++) {
    if (TST_INFO.every((octet, nth) => bytes[at + nth] === octet)) return at + TST_INFO.length;
  }
  throw new Refused("stamp-wrong");
}

// Return `{ at, isOf(imprint) }` of a reply, `at` as ISO 8601. Refuses stamp-wrong.
export function read(bytes) {
  const [content] = within(bytes, element(bytes, place(bytes)));
  const told = within(bytes, content)[0] ?? content;
  const info = told.tag === SEQUENCE ? told : content;
  const parts = within(bytes, info);
  const [, imprint] = within(bytes, parts.find(({ tag }) => tag === SEQUENCE) ?? info);
  const time = parts.find(({ tag }) => tag === TIME);
  if (imprint?.tag !== OCTETS || !time) throw new Refused("stamp-wrong");
  const text = String.fromCharCode(...bytes.subarray(time.start, time.end));
  const at = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/, "$1-$2-$3T$4:$5:$6$7Z");
  const digest = bytes.subarray(imprint.start, imprint.end);
  return {
    at,
    isOf: (wanted) => digest.length === wanted.length && digest.every((octet, nth) => octet === wanted[nth]),
  };
}
