/**
 * Pixels of pictures and of frames, a few rows at a time, and their hashes: the worker's part.
 * The policy is that of `rules/pictures.py`: upright, the first frame, on white, without its colour profile,
 * all pixels; then the part inside its bars too.
 */
import { AT_ONCE, inside } from "./bars.js";
import { LOOKED_AT, readHeader } from "./header.js";
import { Cells, LONGEST } from "./pdq.js";

const MOST_POINTS = 64_000_000;
const MOST_OCTETS = 64 * 1024 * 1024;
const UPRIGHT = { imageOrientation: "from-image", colorSpaceConversion: "none" };

/** Why a file is refused: `size`, `kind`, `points`, `broken`, and `frames` of a film. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Return {pdq, quality, turns, trimmed, sha256, width, height} of a picture's file. */
export async function hashPicture(file) {
  if (file.size > MOST_OCTETS) throw new Refused("size");
  const bitmap = await opened(file);
  try {
    const { width, height } = bitmap;
    const found = { ...hashShown(bitmap, width, height), trimmed: hashTrimmed(bitmap, width, height) };
    return { ...found, sha256: await digest(file), width, height };
  } finally {
    bitmap.close();
  }
}

/** Return a picture's pixels as a bitmap. Points are counted before one is read. */
export async function opened(file) {
  const head = readHeader(new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer()));
  if (!head) throw new Refused("kind");
  checkPoints(head);
  if (!head.width || !head.height) throw new Refused("broken");
  let bitmap;
  try {
    bitmap = await createImageBitmap(file.slice(0, file.size, `image/${head.type}`), UPRIGHT);
  } catch {
    throw new Refused("broken");
  }
  checkPoints(bitmap);
  return bitmap;
}

function checkPoints({ width, height }) {
  if (width * height > MOST_POINTS || Math.max(width, height) > LONGEST) throw new Refused("points");
}

/** Return {pdq, quality, turns} of what a canvas can draw. */
export function hashShown(shown, width, height) {
  return hashPart(shown, { left: 0, top: 0, width, height });
}

/** Return the same of the part inside its bars, null where it has none. */
export function hashTrimmed(shown, width, height) {
  const part = partOf(shown, width, height);
  return part && hashPart(shown, part);
}

/**
 * Return the same of a frame, with `trimmed`, its hash inside its bars, null where it has none, and `part`: left,
 * top, right and bottom of what is inside, as shares of the sides.
 */
export function hashFrame(shown, width, height) {
  const whole = { left: 0, top: 0, width, height };
  const cut = partOf(shown, width, height);
  const { left, top, width: wide, height: high } = cut ?? whole;
  const part = [left / width, top / height, (left + wide) / width, (top + high) / height];
  return { ...hashPart(shown, whole), part, trimmed: cut && hashPart(shown, cut) };
}

function partOf(shown, width, height) {
  return inside(width, height, (left, top, wide, high) => painter(shown, wide, high)(left, top, high));
}

function hashPart(shown, { left, top, width, height }) {
  const cells = new Cells(width, height);
  for (const rows of pixels(shown, width, height, left, top)) cells.add(rows);
  const { value: pdq, quality, turns } = cells.hash();
  return { pdq, quality, turns };
}

/** Give the red, green, blue and alpha of a few whole rows of a part, then of the next. */
export function* pixels(shown, width, height, left = 0, top = 0) {
  const rows = Math.min(height, Math.max(1, Math.floor(AT_ONCE / width)));
  const paint = painter(shown, width, rows);
  for (let row = 0; row < height; row += rows) yield paint(left, top + row, Math.min(rows, height - row));
}

/** Return how to read what lies at (left, top): `width` columns, and some rows, `rows` at most. */
function painter(shown, width, rows) {
  const brush = new OffscreenCanvas(width, rows).getContext("2d", { alpha: false, willReadFrequently: true });
  return (left, top, count) => {
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, count);
    brush.drawImage(shown, left, top, width, count, 0, 0, width, count);
    return brush.getImageData(0, 0, width, count).data;
  };
}

/** Return the SHA-256 of a file, or null for one that is too large to be held in memory. */
export async function digest(file) {
  if (file.size > MOST_OCTETS) return null;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
}
