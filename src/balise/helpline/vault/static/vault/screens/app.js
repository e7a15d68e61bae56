// What the screens share while the page is there: the open vault, what was typed, when it locks.
import * as keys from "../keys.js";
import { onChange } from "../vault.js";
import { askWorker } from "../../app/offline.js";

let watch = null;

export const app = {
  session: null, // an open vault, of keys.js
  draft: null, // what is being added, as it was typed
  asked: null, // what is being shared
  fresh: null, // a vault that is being made, or comes back
  came: null, // what came back of a copy
  held: [], // what another app shared before there was a vault
  refused: "", // the screen that says why there can be no vault here
  draw: () => {},
  undrawn: null, // what the screen that is shown does when it goes
  waits: async () => 0, // does what was put off until there is a network; how much was

  async begin() {
    try {
      await keys.state();
    } catch {
      app.refused = "refused"; // storage is shut in some private windows
    }
    watch = keys.autoLock(app.shut);
    addEventListener("online", () => app.session && settle(app.session));
    onChange((what) => {
      const isList = !location.hash.slice(1);
      if (what === "changed" && app.session && isList) app.draw();
      if (what === "cleared" && !app.session) app.draw();
    });
  },

  isMade: async () => (await keys.state()).exists,

  go(hash, replace = false) {
    if (replace) history.replaceState(null, "", `#${hash}`);
    else if (decodeURIComponent(location.hash.slice(1)) !== hash) {
      location.hash = hash;
      return;
    }
    app.draw();
  },

  opened(session) {
    app.session = session;
    settle(session);
    keepWhole();
  },

  // A file is being chosen, or a photo taken: the page is hidden meanwhile.
  picking: () => watch.pause(),

  // Something goes on: as `hold` of keys.js.
  working: (work, how) => (watch ? watch.hold(work, how) : work),

  lock() {
    keys.lock();
    app.shut();
  },

  // What was typed is kept in this page, and comes back with the code.
  shut() {
    if (!app.session) return;
    app.session = null;
    app.draw();
  },

  // The name of the message that says whether this browser may forget the vault.
  async memory() {
    if (await navigator.storage?.persisted?.()) return "memory-safe";
    const isAtHome = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
    const isSafari = /^((?!chrome|android|crios|fxios).)*safari/i.test(navigator.userAgent);
    return isSafari && !isAtHome ? "memory-safari" : "memory-unsafe";
  },

  // The ordinary name that this device chose for the app (`app/look.js`), or "".
  plainName() {
    try {
      const isPlain = ![null, "centre"].includes(localStorage.getItem("look"));
      return (isPlain && document.querySelector("[data-look-name]")?.textContent) || "";
    } catch {
      return "";
    }
  },

  // The platform whose button led here, in this tab; "" where none did, or storage is refused.
  cameFrom() {
    try {
      return sessionStorage.getItem("app-from") ?? "";
    } catch {
      return "";
    }
  },

  // What another app shared, from the worker that took it in; `{}` where nothing came.
  async askShared() {
    const { controller } = navigator.serviceWorker ?? {};
    if (!controller) return {};
    const came = await askWorker(controller, { ask: "shared" });
    return came?.empty ? {} : (came ?? {});
  },
};

// The page of an item shows at once that its dated proof came.
async function settle(session) {
  if ((await app.waits(session)) && location.hash.startsWith("#item/") && app.session) app.draw();
}

// From the first vault on, the vault's own files are among those that the worker keeps for offline.
function keepWhole() {
  const { controller } = navigator.serviceWorker ?? {};
  const language = document.documentElement.lang;
  if (controller) askWorker(controller, { ask: "release", language, whole: true });
}
