// Several files at once: one question and a few words for all of them, then each is kept by itself, in the order of
// their dates. It goes on while another screen is shown; what is kept is whole, and the rest waits.
import { hex, random } from "../bytes.js";
import { typeOf } from "../magic.js";
import * as vault from "../vault.js";
import { app } from "./app.js";
import { doing, fill, megabytes, right, say, screen, slot, tell, wrong } from "./draw.js";
import { refusal } from "./refusal.js";
import * as stamps from "./stamps.js";

const WAY = "files";
const FIELDS = ["what", "who", "where", "happened"];
const SAID = ["what", "who", "where"];
const GROWTH = 1.05; // sealed and listed, a file takes a little more

// The screen that is shown hears of each file that is kept, where it wants to.
const heard = () => document.querySelector("#vault > *")?.heard?.();

export const isOf = (draft) => draft?.way === WAY;

/** Return what is being kept in this vault, or was just now; null where nothing is. */
export const batch = () => (isOf(app.mine.draft) && (app.mine.draft.isGoing || app.mine.draft.ids.length) ? app.mine.draft : null);

/** Say how far it is. */
export const told = ({ ids, total, files }) =>
  say(files.length ? "several-going" : "several-kept", { count: ids.length, total });

/**
 * Take several files, each {file, waiting?}: those that can't be kept are named, the others asked about. Refuses
 * too-big where the browser says that there is no room for all.
 */
export async function taken(made, files) {
  const { mine } = app;
  right(made);
  const good = [];
  const bad = [];
  for (const each of files) {
    try {
      const { kind } = await typeOf(each.file);
      good.push({ ...each, id: hex(random(16)), kind: kind === "photo" ? "screenshot" : kind });
    } catch (fault) {
      bad.push(say("file-refused", { name: each.file.name, fault: refusal(fault) }));
    }
  }
  const size = good.reduce((sum, { file }) => sum + file.size, 0);
  const { isEnough, left } = await vault.roomFor(size * GROWTH);
  if (!good.length) return wrong(made, ...bad);
  if (!isEnough) return wrong(made, say("too-big-all", { size: megabytes(size), left: megabytes(left) }));
  if (mine !== app.mine) return null;
  // A picker gives them in an order of its own: their dates say in which they were made.
  good.sort((one, other) => (one.file.lastModified ?? 0) - (other.file.lastModified ?? 0));
  mine.draft = { way: WAY, files: good, bad, fields: {}, total: good.length, ids: [], isGoing: false, wrong: "" };
  return app.go("add/several-guard");
}

// The screens of `#add/…` for several files.
export function several(way) {
  if (way === "several-apart") return screen("several-apart");
  const { draft } = app.mine;
  if (draft.isGoing || draft.ids.length) return keeping();
  return way === "several-guard" ? guard() : details();
}

function guard() {
  const made = screen("several-guard");
  fill(made, "count", say("several", { count: app.mine.draft.total }));
  doing(made, "no", () => app.go("add/several"));
  doing(made, "yes", () => {
    app.mine.draft = null;
    app.go("add/several-apart", true);
  });
  return made;
}

function details() {
  const made = screen("several");
  const { draft } = app.mine;
  if (!app.session.isDecoy) draft.fields.where ||= app.cameFrom();
  fill(made, "count", say("several", { count: draft.total }));
  slot(made, "bad").append(...draft.bad.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  for (const name of FIELDS) {
    const field = made.querySelector(`#all-${name}`);
    field.value = draft.fields[name] ?? "";
    field.addEventListener("input", () => (draft.fields[name] = field.value));
  }
  doing(made, "save", () => {
    right(made);
    const { happened } = draft.fields;
    if (happened && new Date(happened) > new Date()) return wrong(made, say("date-ahead"));
    begin();
    return app.go("add/several", true);
  });
  return made;
}

// Keep what is left, one after the other; the vault does not lock meanwhile but where it is out of sight.
function begin() {
  const { draft } = app.mine;
  if (draft.isGoing) return;
  Object.assign(draft, { isGoing: true, wrong: "" });
  app.working(kept(draft, app.session));
}

async function kept(draft, session) {
  const said = Object.fromEntries(SAID.map((name) => [name, (draft.fields[name] ?? "").trim()]));
  said.happened_at = draft.fields.happened ? new Date(draft.fields.happened).toISOString() : "";
  try {
    // One that was on its way as the vault locked may be there: it has the id that it was given here.
    const there = new Set((await vault.list(session)).map(({ id }) => id));
    while (draft.files.length) {
      const [{ id, file, kind, waiting }] = draft.files;
      const taken_at = file.lastModified ? new Date(file.lastModified).toISOString() : "";
      const also = waiting === undefined ? [] : [{ store: "incoming", drop: waiting }];
      if (!there.has(id)) await vault.add(session, file, { ...said, id, kind, taken_at }, { also });
      draft.files.shift();
      draft.ids.push(id);
      heard();
    }
  } catch (fault) {
    if (fault.code !== "stopped") draft.wrong = fault.code === "storage-full" ? say("several-full") : refusal(fault, "not-kept");
  }
  draft.isGoing = false;
  heard();
}

function keeping() {
  const made = screen("several-keeping");
  const { draft } = app.mine;
  const bar = made.querySelector("progress");
  function show() {
    if (app.mine.draft !== draft) return;
    const count = draft.ids.length;
    const isOver = !draft.isGoing;
    bar.max = draft.total;
    bar.value = count;
    bar.hidden = slot(made, "meanwhile").hidden = isOver;
    fill(made, "says", told(draft));
    slot(made, "more").hidden = !isOver || !draft.files.length;
    slot(made, "over").hidden = !isOver || !count;
    if (isOver && draft.wrong) wrong(made, draft.wrong);
  }
  doing(made, "go-on", () => {
    right(made);
    begin();
    show();
  });
  doing(made, "stamp", async () => {
    right(made);
    fill(made, "stamped", say("checking"));
    try {
      const ids = new Set(draft.ids);
      const items = (await vault.list(app.session)).filter(({ id, token }) => ids.has(id) && !token);
      fill(made, "stamped", say("several-stamped", { count: await stamps.dateAll(app.session, items) }));
    } catch (fault) {
      fill(made, "stamped", fault.code === "offline" ? say("stamp-waits") : refusal(fault, "stamp-off"));
    }
  });
  doing(made, "done", () => {
    tell(told(draft));
    app.mine.draft = null;
    app.go("", true);
  });
  made.heard = show;
  show();
  return made;
}
