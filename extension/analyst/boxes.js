// Where pictures stand on a page, and the address that carries a fingerprint. Pure.

const LEAST = 64; // pixels of the page: a PDQ of less is weak
const MOST = 9; // boxes
const EDGE = 1; // pixels of the page that a box may lie over the edge

// Returns the box in which a picture is drawn: a part of its element where it is fitted into it.
export function fitting({ left, top, width, height, own: [wide, high] = [0, 0], fit }) {
  const scale = Math.min(width / wide, height / high);
  if (!["contain", "scale-down"].includes(fit) || !Number.isFinite(scale)) return { left, top, width, height };
  const [across, down] = [wide, high].map((side) => side * (fit === "contain" ? scale : Math.min(1, scale)));
  return { left: left + (width - across) / 2, top: top + (height - down) / 2, width: across, height: down };
}

// Returns the boxes that are seen whole and are large enough, the largest first, each once.
export function listed(boxes, page) {
  const whole = boxes.filter(
    ({ left, top, width, height }) =>
      Math.min(width, height) >= LEAST &&
      Math.min(left, top) >= -EDGE &&
      left + width <= page.width + EDGE &&
      top + height <= page.height + EDGE,
  );
  const once = new Map(whole.map((box) => [Object.values(box).map(Math.round).join(), box]));
  return [...once.values()].sort((one, other) => other.width * other.height - one.width * one.height).slice(0, MOST);
}

// Returns the whole pixels of a picture of the screen that lie in a box of the page.
export function cropped({ left, top, width, height }, page, screen) {
  const across = screen.width / page.width;
  const down = screen.height / page.height;
  const x = Math.max(0, Math.ceil(left * across - 0.01));
  const y = Math.max(0, Math.ceil(top * down - 0.01));
  const right = Math.min(screen.width, Math.floor((left + width) * across + 0.01));
  const bottom = Math.min(screen.height, Math.floor((top + height) * down + 0.01));
  return { x, y, width: right - x, height: bottom - y };
}

// All stands after the #: the centre's own page reads it there, and no server is told.
export function carried(staff, address, fingerprint) {
  return `${staff}#${new URLSearchParams({ address, fingerprints: JSON.stringify([fingerprint]) })}`;
}
