// What is heard, recorded into the vault. Each second of it is in the draft of the open vault: a lock stops the
// microphone, and seals what was heard so far with what else is unfinished. It is kept as any other file is.
import { app } from "./app.js";
import { doing, fill, right, say, screen, slot, wrong } from "./draw.js";

const WAY = "record";
const LONGEST = 20 * 60; // seconds; the vault is held open for half an hour at most
const LARGEST = 32 * 1024 * 1024; // bytes
const PIECE = 1000; // milliseconds of sound that are handed over at once
const SOUND = { audioBitsPerSecond: 32_000 };

const isOn = () => Boolean(document.querySelector(`template[data-screen="${WAY}"]`));
const isHeard = (draft) => Boolean(draft?.isRecorded && draft.file);

/** Return the screen of `#add/record`, or null where this centre has none. */
export function record() {
  if (!isOn()) return null;
  return isHeard(app.mine.draft) ? heard() : before();
}

function before() {
  const made = screen(WAY);
  let end = () => {};
  let isGone = false;
  doing(made, "start", async () => {
    right(made);
    const { mine } = app;
    const opened = await microphone();
    if (!opened.stream) return wrong(made, say(opened.fault));
    const { stream } = opened;
    if (isGone || mine !== app.mine) return silence(stream);
    const awake = await navigator.wakeLock?.request("screen").catch(() => null);
    slot(made, "before").hidden = true;
    slot(made, "going").hidden = false;
    const why = await listened(stream, mine, {
      shown: (seconds) => fill(made, "time", clock(seconds)),
      ends: (stop) => {
        end = stop;
        if (isGone) stop();
      },
    });
    awake?.release();
    if (isGone || mine !== app.mine) return null;
    if (!isHeard(mine.draft)) {
      slot(made, "going").hidden = true;
      slot(made, "before").hidden = false;
      return wrong(made, say("record-silent"));
    }
    mine.draft.why = why;
    return app.go("add/record", true);
  });
  doing(made, "stop", () => end());
  const leaves = () => end();
  addEventListener("pagehide", leaves);
  made.undrawn = () => {
    isGone = true;
    removeEventListener("pagehide", leaves);
    end();
  };
  return made;
}

async function microphone() {
  if (!globalThis.MediaRecorder || !navigator.mediaDevices) return { fault: "record-cannot" };
  return navigator.mediaDevices.getUserMedia({ audio: true }).then(
    (stream) => ({ stream }),
    () => ({ fault: "record-shut" }),
  );
}

const silence = (stream) => stream.getTracks().forEach((track) => track.stop());

// Listen until it is stopped, is full or the microphone goes; return the name of the message that says why.
function listened(stream, mine, { shown, ends }) {
  const began = Date.now();
  const recorder = new MediaRecorder(stream, SOUND);
  const pieces = [];
  let size = 0;
  let why = "";
  const stop = (reason = "") => {
    why ||= reason;
    if (recorder.state !== "inactive") recorder.stop();
    silence(stream); // at once: not once the last piece is there
  };
  const tick = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    shown(seconds);
    if (seconds >= LONGEST) stop("record-full");
  }, 250);
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (!data.size || mine !== app.mine) return;
    pieces.push(data);
    size += data.size;
    const file = new File(pieces, "", { type: data.type, lastModified: began });
    mine.draft = { way: "file", file, isRecorded: true, type: data.type, fields: { kind: "audio" } };
    if (size >= LARGEST) stop("record-full");
  });
  shown(0);
  recorder.start(PIECE);
  ends(() => stop());
  return new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      clearInterval(tick);
      silence(stream);
      resolve(why);
    });
  });
}

// Listen to it, then keep it or drop it.
function heard() {
  const made = screen("recorded");
  const { draft } = app.mine;
  if (draft.why) fill(made, "says", say(draft.why));
  const address = URL.createObjectURL(draft.file);
  made.querySelector("audio").src = address;
  doing(made, "keep", () => app.go("add/details"));
  doing(made, "drop", () => {
    app.mine.draft = null;
    app.go("add", true);
  });
  made.undrawn = () => URL.revokeObjectURL(address);
  return made;
}

const two = (count) => String(count).padStart(2, "0");
const clock = (seconds) => `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
