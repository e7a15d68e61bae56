// A box over a picture, in hundredths of its width and height: whole numbers, never outside.
export const LEAST = 4;
export const FIRST = { x: 25, y: 25, w: 50, h: 20 };

const within = (value, least, most) => Math.min(most, Math.max(least, Math.round(value)));

export function fitted({ x, y, w, h }) {
  const wide = within(w, LEAST, 100);
  const high = within(h, LEAST, 100);
  return { x: within(x, 0, 100 - wide), y: within(y, 0, 100 - high), w: wide, h: high };
}

// Return the box between two points, in any order.
export function between(from, to) {
  return fitted({
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    w: Math.abs(to.x - from.x),
    h: Math.abs(to.y - from.y),
  });
}

const STEPS = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] };

// Return the box after a key: arrows move it, Shift and arrows make it wider or higher; null for
// any other key.
export function pressed(box, key, shift) {
  const step = STEPS[key];
  if (!step) return null;
  const [x, y] = step;
  if (shift) return fitted({ ...box, w: Math.min(box.w + x, 100 - box.x), h: Math.min(box.h + y, 100 - box.y) });
  return fitted({ ...box, x: box.x + x, y: box.y + y });
}

// Return the box in pixels of a picture.
export const pixels = ({ x, y, w, h }, { width, height }) => ({
  x: Math.floor((x * width) / 100),
  y: Math.floor((y * height) / 100),
  w: Math.max(1, Math.ceil((w * width) / 100)),
  h: Math.max(1, Math.ceil((h * height) / 100)),
});
