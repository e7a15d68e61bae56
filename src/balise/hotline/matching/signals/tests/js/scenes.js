// Scenes of the browser's tests: files are drawn here, or given as base64, and hashed as a page would.
import { isExact } from "/static/signals/check.js";
import { hashPictures, hashVideo } from "/static/signals/hashing.js";
import { hex } from "/static/signals/pdq.js";
import { pixels } from "./drawn.js";
import { film, silence } from "./webm.js";

const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const file = (text, name = "a.jpg", type = "image/jpeg") => new File([octets(text)], name, { type });
const hexed = ({ pdq, turns, ...rest }) => ({ ...rest, pdq: hex(pdq), turns: turns.map(hex) });
const told = ({ sha256, trimmed, ...rest }) =>
  rest.error ? rest : { ...hexed(rest), trimmed: trimmed && hexed(trimmed), sha256: hex(sha256) };

export const exact = isExact;

/** Return what is known of files, with hashes as digits, and how far it said it was. */
export async function pictures(texts) {
  const heard = [];
  const found = await hashPictures(texts.map((text) => file(text)), { onProgress: (share) => heard.push(share) });
  return { found: found.map(told), heard };
}

/** Return what is known of a film given as base64. */
export async function givenFilm(text) {
  return toldFilm(await hashVideo(file(text, "a.webm", "video/webm")));
}

const toldFilm = ({ frames, sha256, ...rest }) =>
  rest.error
    ? rest
    : {
        ...rest,
        sha256: sha256 && hex(sha256),
        frames: frames.map(({ second, pdq, quality }) => ({ second, quality, pdq: hex(pdq) })),
      };

/** Draw slopes that differ from one second to the next. */
export function draw(brush, second) {
  const { width, height } = brush.canvas;
  const side = Math.max(width, height);
  const colours = [1, 2, 3].map((nth) => [
    second * 97 * side,
    (second * 577 + nth * 300) % 2000,
    (second * 911 + nth * 500) % 2000,
    (second + nth) % 4,
    (second * 3 + 1) % 4,
    (second * 5 + nth) % 4,
    side,
  ]);
  brush.putImageData(new ImageData(pixels({ width, height, colours }), width, height), 0, 0);
}

/** Record a canvas as a page does: a film that does not say how long it is. */
export async function recorded(seconds) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  const brush = canvas.getContext("2d");
  draw(brush, 0);
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/webm;codecs=vp8" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const over = new Promise((done) => (recorder.onstop = done));
  const begun = new Promise((done) => (recorder.onstart = done));
  recorder.start();
  await begun;
  const start = performance.now();
  await new Promise((done) => {
    const turns = setInterval(() => {
      const since = (performance.now() - start) / 1000;
      draw(brush, Math.floor(since));
      if (since < seconds) return;
      clearInterval(turns);
      done();
    }, 50);
  });
  recorder.stop();
  await over;
  return new Blob(parts, { type: "video/webm" });
}

export async function recordedFilm(seconds) {
  return toldFilm(await hashVideo(await recorded(seconds)));
}

/** Return what is known of a film whose frames are drawn at some seconds, and which says it lasts `seconds`. */
export async function writtenFilm({ width = 320, height = 240, at, seconds, cut = 1 }) {
  const made = await film({ width, height, at, seconds, draw });
  return toldFilm(await hashVideo(made.slice(0, Math.floor(made.size * cut))));
}

/** Return what is known of the still pictures of these seconds. */
export async function stills(at, { width = 320, height = 240 } = {}) {
  const canvas = new OffscreenCanvas(width, height);
  const files = [];
  for (const second of at) {
    draw(canvas.getContext("2d"), second);
    files.push(await canvas.convertToBlob());
  }
  return (await hashPictures(files)).map(told);
}

/** Draw in the middle of a canvas, between two black bars. */
function drawBarred(brush, second) {
  const { width, height } = brush.canvas;
  const shown = new OffscreenCanvas(width, 0.75 * height).getContext("2d");
  draw(shown, second);
  brush.fillRect(0, 0, width, height);
  brush.drawImage(shown.canvas, 0, height / 8);
}

/** Return what is known of a film of 640 by 360, and of the same one between bars, in 640 by 480. */
export async function barredFilms(asked) {
  const films = [
    film({ width: 640, height: 360, ...asked, draw }),
    film({ width: 640, height: 480, ...asked, draw: drawBarred }),
  ];
  return Promise.all(films.map(async (made) => toldFilm(await hashVideo(await made))));
}

export const silentFilm = async () => toldFilm(await hashVideo(await silence()));

/** Return [what is found of a picture, and of a film]. */
export async function both(picture, asked) {
  const shown = await film({ width: 640, height: 360, ...asked, draw });
  const [found] = await hashPictures([file(picture)]);
  return [told(found), toldFilm(await hashVideo(shown))];
}
