/**
 * PDQ in the browser, bit for bit that of `rules/pdq.py` on the same pixels: its seven points are kept,
 * and every sum over pixels is a whole number below 2**53, so that no order of adding changes it.
 *
 *   hashLuma(luma, width, height)    // {value: Uint8Array(32), quality: 0 to 100, turns: eight of them}
 *   lumaOf(imageData)                // Float32Array in thousandths, from 0 to 255,000
 *   const cells = new Cells(width, height); cells.add(rgba); …; cells.hash()     // a few rows at a time
 *   distance(one, other)             // 0 to 256          hex(value)          // 64 digits
 *
 * `turns` have the order of `Turn`: as it is, left, half, right, mirrored, upside down, transposed,
 * transversed; `turns[0]` is `value`. RangeError for a side of no pixel, or over `LONGEST`.
 */
export const LONGEST = 32_768; // pixels a side

const SIDE = 64; // cells of the decimated picture, each way
const KEPT = 16; // coefficients, each way
const SHORTEST = 5; // pixels a side: quality is 0 below
const STEPS = 90; // of gradients, for one point of quality
const MIDDLE = 127; // of 256 coefficients in ascending order
const PLACES = 2 ** 30;

const windowOf = (length) => Math.floor((length + 127) / 128);

/** Return the sums of all pairs of two boxes: of `one` and of `other` pixels. */
function boxes(one, other) {
  const sums = new Float64Array(one + other - 1);
  for (let i = 0; i < one; i++) for (let j = 0; j < other; j++) sums[i + j] += 1;
  return sums;
}

/** Return [{start, weights}] of the 64 cells of a side, and of the edge where the window is even. */
function bandsOf(length) {
  const wide = windowOf(length);
  const reach = 2 * (Math.floor((wide + 1) / 2) - 1);
  const weights = boxes(wide, wide);
  const start = (cell) => Math.floor(((2 * cell + 1) * length) / 128) - reach;
  const bands = Array.from({ length: SIDE }, (_, cell) => ({ start: start(cell), weights }));
  if (wide % 2) return bands;
  bands[SIDE - 1].weights = boxes(wide - 1, wide);
  return [...bands, { start: length - wide + 1, weights: new Float64Array(wide - 1).fill(1) }];
}

/** A picture on its way to 64 by 64 cells: its rows are added in order, and none is kept. */
export class Cells {
  constructor(width, height) {
    const isSide = (length) => Number.isInteger(length) && length > 0 && length <= LONGEST;
    if (!isSide(width) || !isSide(height)) throw new RangeError("A side is empty, or too long.");
    this.width = width;
    this.height = height;
    this.across = bandsOf(width);
    this.down = bandsOf(height);
    this.sums = new Float64Array(this.down.length * this.across.length);
    this.row = new Float64Array(width);
    this.cells = new Float64Array(this.across.length);
    this.next = 0; // the row that comes
    this.first = 0; // the first band that may still take a row
  }

  /** Add whole rows of red, green, blue and alpha, of which alpha does not count. */
  add(rgba) {
    const { width, row } = this;
    for (let at = 0; at < rgba.length; at += 4 * width) {
      for (let x = 0, from = at; x < width; x++, from += 4) {
        row[x] = 299 * rgba[from] + 587 * rgba[from + 1] + 114 * rgba[from + 2];
      }
      this.#take();
    }
  }

  /** Add whole rows of luma in thousandths. */
  addLuma(luma) {
    for (let at = 0; at < luma.length; at += this.width) {
      this.row.set(luma.subarray(at, at + this.width));
      this.#take();
    }
  }

  #take() {
    const { across, down, sums, row, cells } = this;
    const y = this.next++;
    const bandEnd = (band) => band.start + band.weights.length;
    while (this.first < SIDE - 1 && bandEnd(down[this.first]) <= y) this.first++;
    let isFolded = false;
    for (let nth = this.first; nth < down.length; nth++) {
      const band = down[nth];
      if (band.start > y) {
        if (nth < SIDE) nth = SIDE - 1; // those after begin later still; the edge may not
        continue;
      }
      if (bandEnd(band) <= y) continue;
      if (!isFolded) fold(row, across, cells);
      isFolded = true;
      const weight = band.weights[y - band.start];
      const at = nth * across.length;
      for (let x = 0; x < cells.length; x++) sums[at + x] += weight * cells[x];
    }
  }

  /** Return {value, quality, turns} of all rows. RangeError where some did not come. */
  hash() {
    if (this.next !== this.height) throw new RangeError("Rows are missing.");
    const wide = this.across.length;
    const rows = means(this.sums, this.down.length, wide, this.height);
    const columns = means(transposed(rows, SIDE, wide), wide, SIDE, this.width);
    const cells = transposed(columns, SIDE, SIDE).map((sum) => sum / 1000);
    const first = cells[0];
    const less = cells.map((cell) => cell - first);
    const turns = turned(coefficients(less)).map(bits);
    return { value: turns[0], quality: this.#quality(less), turns };
  }

  #quality(cells) {
    if (Math.min(this.width, this.height) < SHORTEST) return 0;
    let steps = 0;
    const step = (one, other) => Math.abs(Math.trunc(((cells[one] - cells[other]) * 100) / 255));
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const at = y * SIDE + x;
        if (x + 1 < SIDE) steps += step(at + 1, at);
        if (y + 1 < SIDE) steps += step(at + SIDE, at);
      }
    }
    return Math.min(100, Math.floor(steps / STEPS));
  }
}

/** Write the sums of the bands of one row into `cells`. */
function fold(row, bands, cells) {
  for (let nth = 0; nth < bands.length; nth++) {
    const { start, weights } = bands[nth];
    let sum = 0;
    for (let x = 0; x < weights.length; x++) sum += weights[x] * row[start + x];
    cells[nth] = sum;
  }
}

function transposed(table, rows, columns) {
  const made = new Float64Array(table.length);
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) made[x * rows + y] = table[y * columns + x];
  return made;
}

/** Return the 64 rows of means of the sums of bands; the last takes the edge where there is one. */
function means(sums, rows, columns, length) {
  const wide = windowOf(length);
  const made = sums.slice(0, SIDE * columns).map((sum) => sum / (wide * wide));
  if (rows === SIDE) return made;
  for (let x = 0; x < columns; x++) {
    const at = (SIDE - 1) * columns + x;
    made[at] = (sums[at] / wide + sums[at + columns] / (wide - 1)) / wide;
  }
  return made;
}

const COSINES = Array.from({ length: KEPT }, (_, nth) =>
  Float64Array.from({ length: SIDE }, (_, cell) => {
    const angle = ((nth + 1) * (2 * cell + 1)) % 256;
    return Math.round(Math.cos((Math.PI / 128) * angle) * PLACES) / PLACES;
  }),
);

/** Return the 16 by 16 coefficients: down the rows first, then along the columns, in ascending order. */
function coefficients(cells) {
  const rows = new Float64Array(KEPT * SIDE);
  for (let k = 0; k < KEPT; k++) {
    for (let x = 0; x < SIDE; x++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += COSINES[k][y] * cells[y * SIDE + x];
      rows[k * SIDE + x] = sum;
    }
  }
  const made = new Float64Array(KEPT * KEPT);
  for (let k = 0; k < KEPT; k++) {
    for (let j = 0; j < KEPT; j++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += rows[k * SIDE + x] * COSINES[j][x];
      made[k * KEPT + j] = sum;
    }
  }
  return made;
}

/** Return the coefficients of the eight turns: a mirrored axis changes the sign of every second one. */
function turned(plain) {
  const swapped = transposed(plain, KEPT, KEPT);
  const signed = (table, isAcross, isDown) =>
    table.map((value, at) => {
      const odd = (isAcross && at % 2 === 0) !== (isDown && Math.floor(at / KEPT) % 2 === 0);
      return odd ? -value : value;
    });
  return [
    plain,
    signed(swapped, false, true),
    signed(plain, true, true),
    signed(swapped, true, false),
    signed(plain, true, false),
    signed(plain, false, true),
    swapped,
    signed(swapped, true, true),
  ];
}

/** Return one bit a coefficient, the last one first: whether it is above the 128th smallest. */
function bits(table) {
  const middle = table.slice().sort()[MIDDLE];
  const value = new Uint8Array((KEPT * KEPT) / 8);
  table.forEach((one, at) => {
    if (one > middle) value[value.length - 1 - (at >> 3)] |= 1 << (at & 7);
  });
  return value;
}

/** Return {value, quality, turns} of a picture given as its luma in thousandths, rows first. */
export function hashLuma(luma, width, height) {
  const cells = new Cells(width, height);
  if (luma.length !== width * height) throw new RangeError("Rows are missing.");
  cells.addLuma(luma);
  return cells.hash();
}

/** Return the luma of an ImageData in thousandths: whole numbers from 0 to 255,000. */
export function lumaOf({ data }) {
  const luma = new Float32Array(data.length / 4);
  for (let at = 0, from = 0; at < luma.length; at++, from += 4) {
    luma[at] = 299 * data[from] + 587 * data[from + 1] + 114 * data[from + 2];
  }
  return luma;
}

/** Return the number of bits in which two hashes differ. */
export function distance(one, other) {
  let count = 0;
  one.forEach((octet, at) => {
    for (let left = octet ^ other[at]; left; left &= left - 1) count++;
  });
  return count;
}

/** Return the digits of a hash, highest first, as the server reads them. */
export const hex = (value) => Array.from(value, (octet) => octet.toString(16).padStart(2, "0")).join("");
