// Leave at once: hide, forget, tell the other tabs, and replace this page by a plain one.
// It loads apart and first, so that it works while the rest of the page is still coming.
const AWAY_SECONDS = 300;
const SHIFT_PAUSE = 5000;
const root = document.documentElement;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;
const box = () => document.getElementById("quick-exit");
const place = () => box()?.dataset.away || "about:blank";
const isAway = () => /(^|; )away=1/.test(document.cookie);
let leaving = false;

// What our pages keep has names (keeping.py); whatever else is kept here stays.
function kept() {
  const told = box()?.dataset.keeps?.split(" ").filter(Boolean) ?? [];
  return told.map((each) => {
    const [where, name] = each.split(":");
    const begin = name.slice(0, -1);
    return { where, fits: (text) => (name.endsWith("*") ? text.startsWith(begin) : text === name) };
  });
}

function drop(storage, fits) {
  for (const name of Object.keys(storage)) if (fits(name)) storage.removeItem(name);
}

const ways = {
  session: (fits) => drop(sessionStorage, fits),
  local: (fits) => drop(localStorage, fits),
  cache: (fits) => caches.keys().then((all) => all.filter(fits).forEach((name) => caches.delete(name))),
  database: (fits) =>
    indexedDB.databases().then((all) => {
      for (const { name } of all) if (fits(name)) indexedDB.deleteDatabase(name);
    }),
};

function forget() {
  for (const { where, fits } of kept()) {
    try {
      ways[where]?.(fits)?.catch?.(() => {});
    } catch {
      // storage is shut in some private windows, or not in this browser
    }
  }
}

function leave({ tell = true } = {}) {
  if (leaving) return;
  leaving = true;
  root.classList.add("leaving");
  document.title = new URL(place(), location.href).hostname;
  document.querySelectorAll("link[rel=icon]").forEach((link) => link.remove());
  // Back, on this device, leads away as well: the server sends whoever bears this elsewhere.
  const { domain, beside } = box()?.dataset ?? {};
  const secure = location.protocol === "https:" ? "; secure" : "";
  const both = domain ? `; domain=${domain}` : ""; // the app's origin and the public one have one mark
  document.cookie = `away=1; path=/; max-age=${AWAY_SECONDS}; samesite=strict${both}${secure}`;
  for (const place of ["/exit/", beside].filter(Boolean)) {
    try {
      navigator.sendBeacon(place);
    } catch {
      // the page is leaving all the same
    }
  }
  navigator.serviceWorker?.controller?.postMessage({ ask: "leave" }); // it keeps the mark too
  forget();
  if (tell) tabs?.postMessage("leave");
  location.replace(place());
}

function say(left) {
  const line = box()?.querySelector("[data-says]");
  if (line) line.textContent = left === 2 ? box().dataset.more : left === 1 ? box().dataset.once : "";
}

let presses = 0;
let alone = false;
let last = 0;
addEventListener("keydown", (event) => {
  alone = event.key === "Shift";
  if (!alone) presses = 0;
}, true);
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  const now = Date.now();
  presses = now - last > SHIFT_PAUSE ? 1 : presses + 1;
  last = now;
  if (presses >= 3) leave();
  else say(3 - presses);
}, true);

addEventListener("click", (event) => {
  if (!event.target.closest?.("#quick-exit a, [data-leave]")) return;
  event.preventDefault();
  leave();
}, true);

tabs?.addEventListener("message", () => leave({ tell: false }));

// A page kept in memory by the browser, or by a proxy while we are down, must not come back either.
// A page of the other origin hears nothing of ours: it sees the mark, at once or when it is looked at.
const look = () => isAway() && leave({ tell: false });
addEventListener("pageshow", look);
addEventListener("focus", look);
document.addEventListener("visibilitychange", look);
globalThis.cookieStore?.addEventListener?.("change", look);
// What ends here, such as a conversation, leaves nothing in this tab. We may come after the page.
const end = () => document.querySelector("[data-forget]") && forget();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", end);
else end();
