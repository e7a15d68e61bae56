// Hide a part of a picture, on this device: a new picture is made, the original is never written.
import { FIRST, between, pixels, pressed } from "./boxes.js";
import { doing, fill, say, slot } from "./draw.js";

const MOST = 4096; // pixels of a side: what an old phone can draw
const CELLS = 4; // a hidden part keeps so few that nothing in it can be read

function sheet(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

function drawn(picture) {
  const scale = Math.min(1, MOST / Math.max(picture.width, picture.height));
  const canvas = sheet(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function hidden(canvas, { x, y, w, h }) {
  const small = sheet(CELLS, CELLS);
  const pen = small.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, x, y, w, h, 0, 0, CELLS, CELLS);
  canvas.getContext("2d").drawImage(small, 0, 0, CELLS, CELLS, x, y, w, h);
  return canvas;
}

function cut(canvas, { x, y, w, h }) {
  const made = sheet(w, h);
  made.getContext("2d").drawImage(canvas, x, y, w, h, 0, 0, w, h);
  return made;
}

// Make the screen work on a picture; `save(blob)` takes what was made of it.
export async function redacting(within, blob, save) {
  const picture = await createImageBitmap(blob);
  const shown = slot(within, "canvas");
  const place = slot(within, "place");
  const frame = slot(within, "box");
  const button = within.querySelector('[data-do="save"]');
  let canvas = drawn(picture);
  let box = FIRST;
  let from = null;

  function show() {
    shown.width = canvas.width;
    shown.height = canvas.height;
    shown.getContext("2d").drawImage(canvas, 0, 0);
    put(FIRST);
  }

  function put(next) {
    box = next;
    const { x, y, w, h } = box;
    Object.assign(frame.style, { left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` });
  }

  function point(event) {
    const { left, top, width, height } = shown.getBoundingClientRect();
    return { x: ((event.clientX - left) * 100) / width, y: ((event.clientY - top) * 100) / height };
  }

  function change(made, name) {
    canvas = made;
    button.disabled = false;
    show();
    fill(within, "at", say(name));
  }

  place.addEventListener("pointerdown", (event) => {
    from = point(event);
    place.setPointerCapture(event.pointerId);
  });
  place.addEventListener("pointermove", (event) => from && put(between(from, point(event))));
  place.addEventListener("pointerup", () => (from = null));
  place.addEventListener("keydown", (event) => {
    const next = pressed(box, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    put(next);
    fill(within, "at", `${say("box-at", box)} ${say("box-size", box)}`);
  });
  doing(within, "blur", () => change(hidden(canvas, pixels(box, canvas)), "box-hidden"));
  doing(within, "crop", () => change(cut(canvas, pixels(box, canvas)), "box-kept"));
  doing(within, "undo", () => {
    canvas = drawn(picture);
    button.disabled = true;
    show();
  });
  doing(within, "save", async () => {
    const type = blob.type === "image/png" ? "image/png" : "image/jpeg";
    await save(await new Promise((made) => canvas.toBlob(made, type, 0.92)));
  });
  show();
}
