// Frames of a film, one a second, drawn from a <video> element of this page that nobody sees.

const LONGEST = 3600; // seconds
const MOST_POINTS = 64_000_000; // of one frame
const PATIENCE = 30_000; // milliseconds for one frame: a damaged film may never come to it
const FAR = 1e9; // seconds: past any end

/**
 * Call `take(second, bitmap, seconds)` for each second of a film, one after the other; return {seconds},
 * or {error}: `kind`, `frames`, `points`, `seconds` or `broken`.
 */
export async function framesOf(file, take) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  video.muted = true;
  video.preload = "auto";
  try {
    await happening(video, ["loadeddata"], () => (video.src = address));
    if (!video.videoWidth) return { error: "frames" };
    if (video.videoWidth * video.videoHeight > MOST_POINTS) return { error: "points" };
    const length = await lengthOf(video);
    if (!(length <= LONGEST)) return { error: "seconds" };
    const seconds = Math.max(1, Math.round(length));
    for (let second = 0; second < seconds; second++) {
      await goTo(video, second);
      await take(second, await createImageBitmap(video), seconds);
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
  await happening(video, ["seeked"], () => (video.currentTime = second));
}

/** Do something with a film and wait for one of its events; throw where it fails, or never comes. */
function happening(video, names, begin) {
  return new Promise((done, refuse) => {
    const over = new AbortController();
    const late = setTimeout(() => end(refuse), PATIENCE);
    const end = (how) => {
      clearTimeout(late);
      over.abort();
      how();
    };
    for (const name of names) video.addEventListener(name, () => end(done), { signal: over.signal });
    video.addEventListener("error", () => end(refuse), { signal: over.signal });
    begin();
  });
}
