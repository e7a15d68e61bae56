// A charter out of the short text in the square of its paper, on this device: see rules/carrying.py,
// which says the layout. `known` has the codes that this site knows, in its order: bands, aims,
// counted, practices.
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK = 5;
const VERSION = 1;
const SHORTEST = 14;
const BY = ["parents", "child"];
const WHOM = ["children", "parents", "both"];
const STANDING = ["proposed", "kept", "trial", "vetoed"];
const COUNTED = ["started", "finished", "reopened"];
const AIMS = 8;

export class Unreadable extends Error {
  constructor(refusal, meant = "") {
    super(refusal);
    this.refusal = refusal; // none, newer or damaged, as those of a file
    this.meant = meant; // the code without the one slip that explains it
  }
}

function crc24(octets) {
  let crc = 0xb704ce;
  for (const octet of octets) {
    crc ^= octet << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}

const isWhole = (numbers) =>
  crc24(numbers.slice(0, -CHECK)) === numbers.slice(-CHECK).reduce((sum, each) => sum * 32 + each, 0);

// What someone may have had before them: two signs swapped, then one sign wrong.
function meant(numbers) {
  for (let at = 1; at < numbers.length; at += 1) {
    const swapped = numbers.with(at - 1, numbers[at]).with(at, numbers[at - 1]);
    if (isWhole(swapped)) return swapped;
  }
  for (let at = 0; at < numbers.length; at += 1)
    for (let other = 0; other < SIGNS.length; other += 1)
      if (isWhole(numbers.with(at, other))) return numbers.with(at, other);
  return [];
}

const shown = (numbers) => numbers.map((each) => SIGNS[each]).join("").replaceAll(/.{4}(?=.)/g, "$& ");

const markOf = (code) => crc24(new TextEncoder().encode(code)) & 0xffff;

function bitsOf(numbers) {
  const written = numbers.map((each) => each.toString(2).padStart(5, "0")).join("");
  let at = 0;
  const take = (bits) => {
    if (at + bits > written.length) throw new Unreadable("damaged");
    const taken = Number.parseInt(written.slice(at, at + bits) || "0", 2);
    at += bits;
    return taken;
  };
  const text = () => {
    if (!take(1)) return "";
    const octets = Uint8Array.from({ length: take(8) }, () => take(8));
    return new TextDecoder().decode(octets);
  };
  const day = () => {
    const days = take(14);
    return days ? new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10) : null;
  };
  return { take, text, day };
}

// The charter as a file has it, and how many of its rules this site does not know.
export function read(typed, known) {
  const signs = typed.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1").replaceAll("U", "V").replaceAll(/[\s.–-]/g, "");
  const numbers = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (numbers.length < SHORTEST || numbers.includes(-1)) throw new Unreadable("none");
  if (!isWhole(numbers)) throw new Unreadable("damaged", shown(meant(numbers)));
  const bits = bitsOf(numbers.slice(0, -CHECK));
  if (bits.take(4) > VERSION) throw new Unreadable("newer");
  const flagged = (codes) => codes.filter(() => bits.take(1));
  const homes = bits.take(2);
  const told = { balise: "charter", version: VERSION, homes, isCounted: Boolean(bits.take(1)) };
  told.counted = flagged(COUNTED);
  told.bands = flagged(known.bands);
  const aims = Array.from({ length: AIMS }, (_each, at) => known.aims[at] ?? "");
  told.aims = flagged(aims).filter(Boolean);
  told.made = bits.day();
  told.title = bits.text();
  told.picks = [];
  const marked = new Map(known.practices.map((code) => [markOf(code), code]));
  let [lost, places] = [0, 0];
  for (let left = bits.take(6); left > 0; left -= 1) {
    const code = bits.take(1) ? `own-${bits.take(3)}` : marked.get(bits.take(16));
    const pick = { code, by: BY[bits.take(1)], whom: WHOM[bits.take(2)], standing: STANDING[bits.take(2)] };
    const hasPlace = bits.take(1);
    if (homes > 1) pick.home = bits.take(2);
    if (pick.standing === "trial") pick.until = bits.day();
    for (const name of ["says", "why", "tries"]) pick[name] = bits.text();
    if (!code) lost += 1;
    else told.picks.push({ ...pick, rank: hasPlace ? (places += 1) : 0 });
  }
  return { told, lost };
}
