// What bench/browser_hashes.py measures, in the page.
import { isExact } from "/static/signals/check.js";
import { hashPictures, hashVideo } from "/static/signals/hashing.js";
import { draw } from "/static/drawn/scenes.js";
import { film } from "/static/drawn/webm.js";

let picture = null;
let clip = null;

/** Draw a photograph of 12 megapixels and a film of a minute, 30 frames a second; return their bytes. */
export async function prepare() {
  const photo = new OffscreenCanvas(4000, 3000);
  const brush = photo.getContext("2d");
  draw(brush, 3);
  const noise = crypto.getRandomValues(new Uint8Array(65_536));
  for (let at = 0; at < noise.length; at += 4) {
    brush.fillStyle = `hsl(${noise[at + 2]} 60% ${noise[at + 3] / 3}%)`;
    brush.fillRect(noise[at] * 16, noise[at + 1] * 12, 24, 18);
  }
  picture = await photo.convertToBlob({ type: "image/jpeg", quality: 0.88 });
  const at = Array.from({ length: 1800 }, (_, nth) => nth / 30);
  const moments = Array.from({ length: 60 }, (_, second) => {
    const canvas = new OffscreenCanvas(1280, 720);
    draw(canvas.getContext("2d"), second);
    return canvas;
  });
  const copy = (brush, second) => brush.drawImage(moments[second], 0, 0);
  clip = await film({ width: 1280, height: 720, at, seconds: 60, draw: copy, every: 2 });
  await isExact();
  return [picture.size, clip.size];
}

/** Return {ms, tasks, found}: milliseconds, the page's tasks over 50 ms, and what was found. */
async function measured(work) {
  await new Promise((done) => setTimeout(done, 200));
  const tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  watch.observe({ type: "longtask" });
  const from = performance.now();
  const found = await work();
  const ms = performance.now() - from;
  await new Promise((done) => setTimeout(done));
  tasks.push(...watch.takeRecords());
  watch.disconnect();
  return { ms, found, tasks: tasks.filter((each) => each.startTime >= from).map((each) => each.duration) };
}

export async function photograph() {
  const { found, ...rest } = await measured(() => hashPictures([picture]));
  return { ...rest, points: found[0].width * found[0].height, turns: found[0].turns.length };
}

/** The bound: the browser's own decoding, with no pixel read. */
export async function decoding() {
  const { ms } = await measured(async () => (await createImageBitmap(picture)).close());
  return ms;
}

export async function minute() {
  const { found, ...rest } = await measured(() => hashVideo(clip));
  return { ...rest, frames: found.frames.length };
}
