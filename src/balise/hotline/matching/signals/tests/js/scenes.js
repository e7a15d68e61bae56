// Scenes of the browser's tests: files are drawn here, or given as base64, and hashed as a page would.
import { isExact } from "/static/signals/check.js";
import { hashPictures, hashVideo } from "/static/signals/hashing.js";
import { hex } from "/static/signals/pdq.js";

const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const file = (text, name = "a.jpg", type = "image/jpeg") => new File([octets(text)], name, { type });
const told = ({ pdq, turns, sha256, ...rest }) =>
  rest.error ? rest : { ...rest, pdq: hex(pdq), turns: turns.map(hex), sha256: hex(sha256) };

export const exact = isExact;

/** Return what is known of files, with hashes as digits, and how far it said it was. */
export async function pictures(texts) {
  const heard = [];
  const found = await hashPictures(texts.map((text) => file(text)), { onProgress: (share) => heard.push(share) });
  return { found: found.map(told), heard };
}

/** Return what is known of a film given as base64. */
export async function film(text, type = "video/webm") {
  return toldFilm(await hashVideo(file(text, "a.webm", type)));
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
  const sky = brush.createLinearGradient(0, 0, width, height * ((second % 5) / 2));
  sky.addColorStop(0, "#14283b");
  sky.addColorStop(0.5, `hsl(${second * 70} 80% 60%)`);
  sky.addColorStop(1, "#fdefc8");
  brush.fillStyle = sky;
  brush.fillRect(0, 0, width, height);
  for (let nth = 0; nth < 5; nth++) {
    brush.fillStyle = nth % 2 ? "#fff" : "#a8322a";
    brush.fillRect(((second * 3 + nth * 5) % 16) * (width / 16), ((second * 5 + nth * 7) % 12) * (height / 12), width / 5, height / 6);
  }
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
    const turn = () => {
      const since = (performance.now() - start) / 1000;
      if (since >= seconds) return done();
      draw(brush, Math.floor(since));
      setTimeout(turn, 50);
    };
    turn();
  });
  recorder.stop();
  await over;
  return new Blob(parts, { type: "video/webm" });
}

export async function recordedFilm(seconds) {
  return toldFilm(await hashVideo(await recorded(seconds)));
}

/** Return a film of frames drawn at the given seconds, which says that it is so many seconds long. */
export async function written({ width = 320, height = 240, at, seconds }) {
  const { film } = await import("./webm.js");
  return film({ width, height, at, seconds, draw });
}

export async function writtenFilm(asked) {
  return toldFilm(await hashVideo(await written(asked)));
}
