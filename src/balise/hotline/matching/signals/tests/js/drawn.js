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
