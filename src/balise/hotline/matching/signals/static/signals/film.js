// Frames of a film, one a second, drawn from a <video> element of this page that nobody sees.

const LONGEST = 3600; // seconds
const MOST_POINTS = 64_000_000; // of one frame
const PATIENCE = 30_000; // milliseconds for one frame: a damaged film may never come to it
const SOON = 200; // milliseconds until a picture that was come to is drawn
const FAR = 1e9; // seconds: past any end

/**
 * Call `take(second, frame, seconds)` for each second of a film, one after the other; return {seconds},
 * or {error}: `kind`, `frames`, `points`, `seconds` or `broken`.
 */
export async function framesOf(file, take) {
  if (!file.size) return { error: "kind" };
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  video.muted = true;
  video.preload = "auto";
  try {
    const first = picture(video);
    await happening(video, "loadeddata", () => (video.src = address));
    await first();
    if (!video.videoWidth) return { error: "frames" };
    if (video.videoWidth * video.videoHeight > MOST_POINTS) return { error: "points" };
    const length = await lengthOf(video);
    if (!(length <= LONGEST)) return { error: "seconds" };
    const seconds = Math.max(1, Math.round(length));
    for (let second = 0; second < seconds; second++) {
      await goTo(video, second);
      await take(second, await frameOf(video), seconds);
      if (video.ended) break; // there is no other picture, however long it says that it is
    }
    return { seconds };
  } catch {
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA && !video.videoWidth) return { error: "frames" };
    return { error: video.readyState ? "broken" : "kind" };
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(address);
  }
}

/** Return the seconds of a film. One that a page recorded does not say: its end is looked for. */
async function lengthOf(video) {
  if (video.duration !== Infinity) return video.duration;
  await goTo(video, FAR);
  return video.duration === Infinity ? video.currentTime : video.duration;
}

async function goTo(video, second) {
  if (video.currentTime === second && !video.seeking) return;
  const shown = picture(video);
  await happening(video, "seeked", () => (video.currentTime = second));
  await shown();
}

/**
 * Return how to wait for the next picture: "seeked" tells that it was decoded, not yet that it is drawn. A tab in
 * the background is never told, and waits a little.
 */
function picture(video) {
  const next = new Promise((done) => video.requestVideoFrameCallback?.(done));
  return () => Promise.race([next, new Promise((done) => setTimeout(done, SOON))]);
}

/**
 * Return what a worker can draw and close. A bitmap is drawn while the page waits, 36 ms for one of 1080 lines on a
 * telephone; a frame is only named, but older browsers forget how the film is turned.
 */
function frameOf(video) {
  if (!globalThis.VideoFrame) return createImageBitmap(video);
  const frame = new VideoFrame(video);
  if (frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight) return frame;
  frame.close();
  return createImageBitmap(video);
}

/** Do something with a film and wait for an event of it; throw where it fails, or never comes. */
function happening(video, name, begin) {
  return new Promise((done, refuse) => {
    const over = new AbortController();
    const late = setTimeout(() => end(refuse), PATIENCE);
    const end = (how) => {
      clearTimeout(late);
      over.abort();
      how();
    };
    video.addEventListener(name, () => end(done), { signal: over.signal });
    video.addEventListener("error", () => end(refuse), { signal: over.signal });
    begin();
  });
}
