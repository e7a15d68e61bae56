/**
 * Hashes of pictures and films that someone chose, made on their device. Nothing is sent, and nothing kept.
 *
 *   const found = await hashPictures(files, { onProgress })   // one of these for each file, in order:
 *     {kind: "picture", pdq, quality, turns, trimmed, sha256, width, height}   // or {error}
 *   const film = await hashVideo(file, { onProgress })
 *     {kind: "video", seconds, frames: [{second, pdq, quality}], sha256}   // or {error}
 *
 * Hashes are Uint8Array; `hex` of pdq.js writes them. `turns` are eight, `turns[0]` is `pdq`. `trimmed` is
 * {pdq, quality, turns} of the part inside the bars at a picture's edges, null where it has none. `sha256` is
 * of the file, and null for a film over 64 MiB. `onProgress` hears a number from 0 to 1. `error` is a code:
 *
 *   kind      no picture or film that this browser opens       broken    it ends too early, or is damaged
 *   size      a picture over 64 MiB                            points    over 64 million points
 *   frames    a film without pictures                          seconds   a film over an hour, or without end
 *
 * Check `isExact()` of check.js first. The page's policy needs `media-src blob:` for films; the rest is
 * done in a worker, of which no task of the page waits.
 */
import { ask } from "./asking.js";
import { insideBars } from "./bars.js";
import { framesOf } from "./film.js";

const quiet = () => {};

/** Return what is known of each file, one after the other: one picture is in memory at a time. */
export async function hashPictures(files, { onProgress = quiet } = {}) {
  const found = [];
  for (const file of files) {
    const made = await ask("picture", { file });
    found.push(made.error ? made : { kind: "picture", ...made });
    onProgress(found.length / files.length);
  }
  return found;
}

/** Return the hashes of a film: one frame a second, inside the bars that the film has. */
export async function hashVideo(file, { onProgress = quiet } = {}) {
  const frames = [];
  const film = await framesOf(file, async (second, frame, seconds) => {
    const made = await ask("frame", { frame }, [frame]);
    if (!made.error) frames.push({ second, ...made });
    onProgress((second + 1) / seconds);
  });
  if (film.error) return film;
  if (!frames.length) return { error: "broken" };
  const sha256 = await ask("digest", { file });
  return { kind: "video", seconds: film.seconds, frames: insideBars(frames), sha256: sha256?.error ? null : sha256 };
}
