// What the screens share while the page is there: the open vault, what was typed, when it locks.
import * as keys from "../keys.js";
import { release } from "../early.js";
import { onChange, receive } from "../vault.js";
import { askWorker } from "../../app/offline.js";
import { drop, nothing, put, take } from "./unfinished.js";

let watch = null;

// Of no open vault: gone when one opens, locks or is cleared.
const NOBODYS = {
  fresh: null, // a vault that is being made, or comes back
  came: null, // how much came back of a copy
  typed: "", // words that were typed to open one
  just: "", // the name of the message that the next screen says
  isCleared: false, // one was just cleared: the page is then as before there was any
};

export const app = {
  session: null, // an open vault, of keys.js
  list: null, // its key for what is sealed as it locks
  mine: nothing(), // what is unfinished in it: nothing of it outlives the lock but sealed
  ...NOBODYS,
  refused: "", // the screen that says why there can be no vault here
  draw: () => {},
  blank: () => {}, // take all that is shown off the page, at once
  undrawn: null, // what the screen that is shown does when it goes
  waits: async () => 0, // does what was put off until there is a network; how much was

  async begin() {
    try {
      await keys.state();
    } catch {
      app.refused = "refused"; // storage is shut in some private windows
    }
    app.placed();
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
    if (replace) history.replaceState(app.session && { of: app.mine.of }, "", `#${hash}`);
    else if (decodeURIComponent(location.hash.slice(1)) !== hash) {
      location.hash = hash;
      return;
    }
    app.draw();
  },

  // An address was made in one opening of a vault, and is kept with that: whoever goes back to it in
  // another finds neither the screen nor the address.
  placed() {
    const of = history.state?.of;
    if (of && of !== app.mine.of) history.replaceState(null, "", BARE());
    else if (app.session) history.replaceState({ of: app.mine.of }, "");
  },

  async opened(session, { isByWords = false } = {}) {
    const mine = await take(session);
    if (!session.isOpen) return;
    Object.assign(app, NOBODYS, { session, list: session.list, mine: { ...mine, isByWords } });
    app.mine.of = crypto.randomUUID();
    if (mine.place && !location.hash.slice(1)) app.go(mine.place, true);
    app.mine.place = "";
    // What came before there was a vault waits in it from now on; what it can't take is dropped.
    if (!session.isDecoy) await release((each) => receive(each).catch(() => {})).catch(() => {});
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

  // What is shown leaves the page at once. What was typed waits sealed, and comes back with the code of
  // the same vault.
  shut() {
    if (!app.session) return;
    const { list, mine } = app;
    put(list, { ...mine, place: decodeURIComponent(location.hash.slice(1)) });
    Object.assign(app, NOBODYS, { session: null, list: null, mine: nothing() });
    app.emptied();
  },

  // Take all of it off the page, its address too, and draw what is there without a vault.
  emptied() {
    app.blank();
    history.replaceState(null, "", BARE());
    app.draw();
  },

  // The vault is cleared: nothing of it waits either. What another vault has waiting stays with that.
  gone() {
    if (!app.session.isDecoy) drop();
    Object.assign(app, NOBODYS, { session: null, list: null, mine: nothing(), isCleared: true });
    keys.lock();
    app.emptied();
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

const BARE = () => location.pathname + location.search;

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
