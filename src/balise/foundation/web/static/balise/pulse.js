// A page of staff says that it is there, and hears what is new: from a worker, whose clock a browser
// does not slow down while the page is in the background.
const EVERY = 4000; // `BEATS_EVERY` of the queue
const AGAIN = 1000; // after one that failed
let told = null; // the address, the headers, and what the page says of itself
let isAsking = false;
let isWanted = false;
let timer = 0;
let source = null;
let isEar = false;

// One page of a browser keeps the stream for all of them: few connections are open at once.
const others = "BroadcastChannel" in self ? new BroadcastChannel("balise-pulse") : null;
others?.addEventListener("message", ({ data }) => (data.typing ? postMessage(data) : soon()));
navigator.locks?.request("balise-pulse", () => {
  isEar = true;
  return new Promise(() => {});
});

function soon() {
  if (isAsking) isWanted = true;
  else ask();
}

async function ask() {
  clearTimeout(timer);
  [isAsking, isWanted] = [true, false];
  const began = Date.now();
  let pause = AGAIN;
  try {
    const answer = await fetch(told.address, {
      method: "POST",
      body: new URLSearchParams(told.fields),
      headers: { ...told.headers, "HX-Request": "true" },
      signal: AbortSignal.timeout(EVERY),
    });
    if (answer.headers.get("HX-Redirect")) postMessage({ isOver: true });
    else if (answer.status === 200) postMessage({ html: await answer.text() });
    listen(answer.headers.get("X-Stream"));
    if (answer.ok || answer.status === 403) pause = Math.max(0, EVERY - (Date.now() - began));
  } catch {
    // no network, or the server begins again: the next one says it
  }
  isAsking = false;
  if (isWanted) ask();
  else timer = setTimeout(ask, pause);
}

function listen(where) {
  if (!where || source || !isEar || !("EventSource" in self)) return;
  source = new EventSource(where);
  const mine = source;
  mine.addEventListener("news", () => {
    others?.postMessage("news");
    soon();
  });
  mine.addEventListener("typing", ({ data: typing }) => {
    others?.postMessage({ typing });
    postMessage({ typing });
  });
  for (const end of ["again", "shut", "error"]) {
    mine.addEventListener(end, () => {
      mine.close();
      if (source === mine) source = null;
      if (end === "shut") soon(); // the answer says what has changed
    });
  }
}

addEventListener("message", ({ data }) => {
  told = data;
  soon();
});
