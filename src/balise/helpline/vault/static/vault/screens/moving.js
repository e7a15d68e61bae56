// A vault of before lies on the public origin: who opened it there has it come here, where no other page can ask for it.
import { digest } from "../carrying.js";
import { Refused } from "../refused.js";
import { change, clear, get, write } from "../store.js";
import { app } from "./app.js";
import { doing, say, screen, slot, tell } from "./draw.js";
import { asked as inFrame } from "./frame.js";
import { notice } from "./items.js";

const LASTS = 10 * 60_000; // milliseconds that a yes at the old home holds, in this tab
const SAID = ["moving-exists", "moving-none", "moving-shut", "moving-offline", "storage-full"];
const { moved, old, oldFrame } = document.getElementById("vault").dataset;
let bringing = null;

// --- At the old home ---

// The list of a vault that is open says that it can move.
export function offered(made) {
  if (moved) slot(made, "notices").prepend(notice(say("moving-offer"), "#moving", say("moving-act")));
  return made;
}

export function leave() {
  if (!moved) return null;
  const made = screen("moving");
  doing(made, "move", async () => {
    sessionStorage.setItem("moves", String(Date.now() + LASTS));
    app.lock();
    location.replace(`${moved}#moving`);
  });
  return made;
}

// --- At the new one ---

// The first page, before there is a vault here, says that one lies at the old home.
export function first(made) {
  if (!old) return made;
  asked("there", ({ isThere }) => ({ isThere }))
    .then(({ isThere }) => isThere && made.prepend(notice(say("moving-there"), old, say("moving-open"))))
    .catch(() => {}); // no network: the page is there all the same
  return made;
}

export async function arrive() {
  if (!old) return null;
  const made = screen("moving-here");
  const says = (text) => {
    slot(made, "says").textContent = text;
  };
  slot(made, "old").href = old;
  says(say("moving-part", { percent: 0 }));
  bringing ??= bring((part) => says(say("moving-part", { percent: Math.floor(part * 100) }))).finally(() => {
    bringing = null;
  });
  bringing
    .then(() => {
      app.just = "moving-done";
      tell(say("moving-done"));
      app.go("", true);
    })
    .catch(({ code }) => {
      says(say(SAID.includes(code) ? code : "moving-failed"));
      slot(made, "after").hidden = false;
    });
  return made;
}

// Keep each row that comes, read all back, and tell their digests: the old home erases its own if they are the same.
async function bring(progress) {
  if (await app.isMade()) throw new Refused("moving-exists");
  await clear(); // what a move that was cut off left
  const rows = [];
  let isTold = false;
  try {
    return await asked("move", async ({ row, value, part, isAll, isErased }, port) => {
      if (row) {
        rows.push(row);
        await kept(row, value);
        progress(part);
        port.postMessage({ isKept: true });
      } else if (isAll) {
        const digests = [];
        for (const each of rows) digests.push(await digest(each, await get(each.store, each.key)));
        isTold = true;
        port.postMessage({ digests });
      } else if (isErased) return { isErased };
      return null;
    });
  } catch (fault) {
    // Once the digests are told, the old home may be empty: what came stays, whatever is heard after.
    const isOurs = rows.length && (!isTold || fault.code === "moving-failed");
    if (isOurs) await write(rows.map(({ store, key }) => ({ store, drop: key })));
    throw fault;
  }
}

// A vault that was made here meanwhile is not written over.
async function kept({ store, key, isInline }, value) {
  if (store !== "keys") return write([{ store, put: value, key: isInline ? undefined : key }], { bytes: value?.size ?? 0 });
  return change(store, key, (before) => {
    if (before) throw new Refused("moving-exists");
    return value;
  });
}

// Ask the old home. `hears` as `frame.js` says.
const asked = (ask, hears) => inFrame(oldFrame, ask, hears, "moving-offline");
