/**
 * Pixels of pictures and of frames, a few rows at a time, and their hashes: the worker's part.
 * The policy is that of `rules/pictures.py`: upright, the first frame, on white, without its colour profile,
 * all pixels.
 */
import { LOOKED_AT, readHeader } from "./header.js";
import { Cells, LONGEST } from "./pdq.js";

const MOST_POINTS = 64_000_000;
const MOST_OCTETS = 64 * 1024 * 1024;
const AT_ONCE = 1 << 20; // points of the canvas
const UPRIGHT = { imageOrientation: "from-image", colorSpaceConversion: "none" };

/** Why a file is refused: `size`, `kind`, `points`, `broken`, and `frames` of a film. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Return {pdq, quality, turns, sha256, width, height} of a picture's file. */
export async function hashPicture(file) {
  if (file.size > MOST_OCTETS) throw new Refused("size");
  const bitmap = await opened(file);
  try {
    const { width, height } = bitmap;
    return { ...hashShown(bitmap, width, height), sha256: await digest(file), width, height };
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
  const cells = new Cells(width, height);
  for (const rows of pixels(shown, width, height)) cells.add(rows);
  const { value: pdq, quality, turns } = cells.hash();
  return { pdq, quality, turns };
}

/** Give the red, green, blue and alpha of a few whole rows, then of the next. */
export function* pixels(shown, width, height) {
  const rows = Math.min(height, Math.max(1, Math.floor(AT_ONCE / width)));
  const brush = new OffscreenCanvas(width, rows).getContext("2d", { alpha: false, willReadFrequently: true });
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, count);
    brush.drawImage(shown, 0, top, width, count, 0, 0, width, count);
    yield brush.getImageData(0, 0, width, count).data;
  }
}

/** Return the SHA-256 of a file, or null for one that is too large to be held in memory. */
export async function digest(file) {
  if (file.size > MOST_OCTETS) return null;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
}
