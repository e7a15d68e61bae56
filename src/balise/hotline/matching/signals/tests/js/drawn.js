// The drawings of `tests/drawn.py`, by the same formula of whole numbers.

/** Return the red, green, blue and alpha of a drawing of `vectors.json`. */
export function pixels({ width, height, colours }) {
  const data = new Uint8ClampedArray(4 * width * height);
  colours.forEach(([a, b, c, d, e, f, g], channel) => {
    for (let y = 0, at = channel; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        const v = Math.floor((a + b * x + c * y + d * x * x + e * x * y + f * y * y) / g) % 510;
        data[at] = v > 255 ? 510 - v : v;
      }
    }
  });
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return data;
}

/** Return the same of a drawing within bars, of `bars.json`. */
export function barred({ drawing, width, height, left, top, bar, noise, every, spot, is_grey: isGrey }) {
  const data = new Uint8ClampedArray(4 * width * height);
  const shown = pixels(drawing);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [column, row] = [x - left, y - top];
      const isInside = column >= 0 && row >= 0 && column < drawing.width && row < drawing.height;
      for (let each = 0; each < 3; each++) {
        const colour = isGrey ? 0 : each;
        if (isInside) data[at + each] = shown[4 * (row * drawing.width + column) + colour];
        else if (every && (x + y) % every === 1) data[at + each] = spot;
        else data[at + each] = bar[colour] + ((3 * x + 5 * y + 7 * x * y + 11 * colour) % noise);
      }
      data[at + 3] = 255;
    }
  }
  return data;
}

/** Return the same of a part of a picture. */
export function part(data, whole, left, top, width, height) {
  const made = new Uint8ClampedArray(4 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 4 * ((top + row) * whole + left);
    made.set(data.subarray(from, from + 4 * width), 4 * row * width);
  }
  return made;
}
