/**
 * The known drawing, read as any picture is. Some browsers change pixels that a page reads, against
 * being recognised: a hash of changed pixels would match nothing.
 */
import { hex } from "./pdq.js";
import { hashShown, opened, pixels } from "./reading.js";

const WIDTH = 320;
const HEIGHT = 240;
const HASH = "1f48fcae0548fcbfe348ccbf99c073a7f14826af55482a875568ab50aaa32a57"; // of vectors.json
const HEADER = 54; // bytes of a BMP before its pixels
const COLOURS = [
  [90 * WIDTH, 700, 300, 2, 1, 3],
  [10 * WIDTH, 100, 900, 3, 0, 1],
  [200 * WIDTH, 400, 200, 1, 4, 0],
];

/** Return whether the browser gives a page the pixels that a picture has. */
export async function pixelsAreKept() {
  const bitmap = await opened(drawing());
  try {
    if (bitmap.width !== WIDTH || bitmap.height !== HEIGHT) return false;
    let y = 0;
    for (const rows of pixels(bitmap, WIDTH, HEIGHT)) {
      for (let at = 0; at < rows.length; at += 4 * WIDTH, y++) {
        for (let x = 0; x < 4 * WIDTH; x++) {
          if (rows[at + x] !== (x % 4 === 3 ? 255 : colour(x % 4, x >> 2, y))) return false;
        }
      }
    }
    return y === HEIGHT && hex(hashShown(bitmap, WIDTH, HEIGHT).pdq) === HASH;
  } finally {
    bitmap.close();
  }
}

function colour(channel, x, y) {
  const [a, b, c, d, e, f] = COLOURS[channel];
  const v = Math.floor((a + b * x + c * y + d * x * x + e * x * y + f * y * y) / WIDTH) % 510;
  return v > 255 ? 510 - v : v;
}

/** Return the drawing as a BMP: the one kind of file that needs no compression. Rows go upwards. */
function drawing() {
  const file = new Uint8Array(HEADER + 3 * WIDTH * HEIGHT);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, WIDTH, true);
  view.setInt32(22, HEIGHT, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0, at = HEADER; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      for (const channel of [2, 1, 0]) file[at++] = colour(channel, x, HEIGHT - 1 - y);
    }
  }
  return new Blob([file]);
}
