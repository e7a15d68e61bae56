// The worker of hashing: pixels are read here, and only hashes are told.
import { pixelsAreKept } from "./known.js";
import { digest, hashFrame, hashPicture } from "./reading.js";

const JOBS = {
  picture: ({ file }) => hashPicture(file),
  frame({ frame }) {
    try {
      return hashFrame(frame, frame.displayWidth ?? frame.width, frame.displayHeight ?? frame.height);
    } finally {
      frame.close();
    }
  },
  digest: ({ file }) => digest(file),
  exact: () => pixelsAreKept(),
};

addEventListener("message", async ({ data: { id, job, given } }) => {
  try {
    postMessage({ id, made: await JOBS[job](given) });
  } catch (fault) {
    postMessage({ id, refused: fault.code ?? "broken" });
  }
});
