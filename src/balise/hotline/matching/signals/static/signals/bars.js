/**
 * The part of a picture inside the bars of one colour at its edges (letterbox): the rows and columns that
 * `bars` of `rules/pictures.py` finds on the same pixels, by the same numbers.
 *
 *   inside(width, height, read)      // {left, top, width, height}, null where there is no bar
 *
 * `read(left, top, width, height)` returns the red, green, blue and alpha of a part, rows first; never more
 * than `AT_ONCE` points. A picture without bars is read at its four outermost lines alone.
 *
 *   insideBars(frames)               // [{second, pdq, quality}] of a film’s frames, as hashFrame returns them
 */
export const AT_ONCE = 1 << 20; // points

const NEAR = 24; // steps of a colour that compression moves a bar by
const MOST_OTHER = 0.05; // of a line of a bar may be another colour
const LEAST_CUT = 0.02; // of a side: less is no bar
const LEAST_LEFT = 64; // pixels a side
const COLOURS = 3;
const WEAK = 50; // of PDQ’s quality: a frame below says nothing of its film’s bars
const SAME = 0.01; // of a side: edges of the bars of two frames, as compression draws them
const MOST = 0.8; // of a film's good frames have its bars
const FASTER = 8; // a bar is read one line at first, then so many times as many

/** Return the part inside the bars. */
export function inside(width, height, read) {
  const rows = {
    first: (at, count) => ({ data: read(0, at, width, count), start: 0, line: 4 * width, step: 4 }),
    last: (at, count) => backwards(read(0, height - at - count, width, count), count, 4 * width, 4),
  };
  const [top, bottom] = edges(height, width, rows);
  const high = bottom - top;
  if (high < LEAST_LEFT) return null;
  const columns = {
    first: (at, count) => ({ data: read(at, top, count, high), start: 0, line: 4, step: 4 * count }),
    last: (at, count) => backwards(read(width - at - count, top, count, high), count, 4, 4 * count),
  };
  const [left, right] = edges(width, high, columns);
  const wide = right - left;
  if (wide < LEAST_LEFT || (wide === width && high === height)) return null;
  return { left, top, width: wide, height: high };
}

/**
 * Return the frames of a film inside its bars: those that nearly all good frames have. The few others, which
 * are dark at an edge or bright over a bar, are left out. A film without such bars keeps each frame whole.
 */
export function insideBars(frames) {
  const good = frames.filter(({ quality }) => quality >= WEAK);
  const edges = [0, 1, 2, 3].map((at) => good.map(({ part }) => part[at]).sort((a, b) => a - b)[good.length >> 1]);
  const barred = good.filter(
    ({ part, trimmed }) => trimmed && part.every((edge, at) => Math.abs(edge - edges[at]) <= SAME),
  );
  const hasBars = barred.length > 0 && barred.length >= MOST * good.length;
  const taken = hasBars ? barred.map(({ second, trimmed }) => ({ second, ...trimmed })) : frames;
  return taken.map(({ second, pdq, quality }) => ({ second, pdq, quality }));
}

const backwards = (data, count, line, step) => ({ data, start: (count - 1) * line, line: -line, step });

/** Return the first line inside the bars at both ends, and the first behind it. */
function edges(length, across, { first, last }) {
  const one = bar(length, across, first);
  if (one === length) return [0, length]; // one colour
  const other = bar(length, across, last);
  const least = length * LEAST_CUT;
  return [one >= least ? one : 0, length - (other >= least ? other : 0)];
}

/** Return how many lines at the beginning are of one colour; `lines(at, count)` reads some, in order. */
function bar(length, across, lines) {
  const most = Math.max(1, Math.floor(AT_ONCE / across));
  let colour = null;
  let count = 1;
  for (let at = 0; at < length; at += count) {
    count = Math.min(at ? FASTER * count : 1, most, length - at);
    const { data, start, line, step } = lines(at, count);
    colour ??= middle(data, start, step, across);
    for (let nth = 0; nth < count; nth++) {
      if (isOther(data, start + nth * line, step, across, colour)) return at + nth;
    }
  }
  return length;
}

/** Return the median of each colour of a line, cut to a whole number. */
function middle(data, start, step, across) {
  return Array.from({ length: COLOURS }, (_, colour) => {
    const counts = new Uint32Array(256);
    for (let nth = 0, at = start + colour; nth < across; nth++, at += step) counts[data[at]]++;
    return Math.floor((ranked(counts, (across - 1) >> 1) + ranked(counts, across >> 1)) / 2);
  });
}

/** Return the value that has `rank` others before it, from how many there are of each. */
function ranked(counts, rank) {
  let value = 0;
  for (let before = counts[0]; before <= rank; before += counts[++value]);
  return value;
}

/** Return whether more of a line than compression explains is another colour. */
function isOther(data, start, step, across, colour) {
  const most = COLOURS * across * MOST_OTHER;
  const [red, green, blue] = colour;
  let other = 0;
  for (let nth = 0, at = start; nth < across; nth++, at += step) {
    if (Math.abs(data[at] - red) > NEAR) other++;
    if (Math.abs(data[at + 1] - green) > NEAR) other++;
    if (Math.abs(data[at + 2] - blue) > NEAR) other++;
    if (other > most) return true;
  }
  return false;
}
