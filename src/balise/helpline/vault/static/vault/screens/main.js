// The vault's page: the hash says the screen, so that Back works; everything else is in memory.
import { begins } from "../../balise/ready.js";
import { app } from "./app.js";
import * as adding from "./adding.js";
import * as begin from "./begin.js";
import { screen, tell } from "./draw.js";
import * as items from "./items.js";
import * as exporting from "./exporting.js";
import * as lock from "./lock.js";
import * as moving from "./moving.js";
import * as hard from "./plan.js";
import * as settings from "./settings.js";
import * as sharing from "./sharing.js";
import { retry } from "./stamps.js";

const place = document.getElementById("vault");
const heading = document.querySelector("h1");

// By the first word of the hash; null where there is nothing to draw. `SHUT` is for a vault that is not
// open, or not made.
const SHUT = {
  choose: begin.choose,
  words: begin.words,
  check: begin.check,
  recover: begin.recover,
  restored: begin.restored,
  moving: moving.arrive,
};
const list = async () => moving.offered(await items.list());
const OPEN = {
  "": list,
  add: adding.add,
  waiting: adding.waiting,
  item: items.item,
  plan: hard.plan,
  chat: sharing.chat,
  share: sharing.share,
  compare: sharing.compare,
  "not-same": () => screen("not-same"),
  shares: sharing.shares,
  link: sharing.link,
  export: exporting.exporting,
  timeline: exporting.timeline,
  settings: settings.settings,
  memory: settings.memory,
  backup: settings.backup,
  change: settings.change,
  decoy: settings.decoy,
  moving: moving.leave,
  clear: settings.clear,
};

let asked = 0;
let shown = false; // one screen was: those that follow take the focus

async function drawn() {
  const { moved } = place.dataset;
  if (moved && (app.refused || app.isCleared || !(await app.isMade()))) return leads(moved);
  const [first, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (app.refused) return screen(app.refused);
  const made = first === "shared" ? await adding.shared() : await SHUT[first]?.(...rest);
  if (made) return made;
  if ((app.isCleared && !first) || !(await app.isMade())) return sharing.noVault(moving.first(await begin.first()));
  if (!app.session) return lock.lock();
  return (await OPEN[first]?.(...rest)) ?? list();
}

// The app has an origin of its own now, and no vault lies here.
function leads(to) {
  location.replace(to + location.hash);
  return document.createElement("p");
}

async function draw() {
  const turn = ++asked;
  let made;
  try {
    made = await drawn();
  } catch (fault) {
    if (!app.session && fault.code === "stopped") return; // locked while it was drawn
    console.error(fault);
    made = screen("broken");
  }
  if (turn !== asked) return;
  app.undrawn?.();
  app.undrawn = made.undrawn ?? null;
  place.replaceChildren(made);
  heading.textContent = (made.dataset.drawn === "lock" && app.plainName()) || made.dataset.heading;
  heading.scrollIntoView({ block: "end" });
  if (made.focused) made.focused();
  else if (shown) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  shown = true;
}

function blank() {
  app.undrawn?.();
  app.undrawn = null;
  place.replaceChildren();
  heading.textContent = "";
  tell("");
}

app.draw = draw;
app.blank = blank;
app.waits = retry;
addEventListener("hashchange", () => {
  app.placed();
  draw();
});
begins(app.begin().then(draw));
