// The vault's own settings: a copy elsewhere, another code, a second code, clearing it.
import * as keys from "../keys.js";
import * as vault from "../vault.js";
import { app } from "./app.js";
import { twice } from "./begin.js";
import { backUp, dropCopy, lastCopy } from "./copy.js";
import { day, doing, fill, right, say, screen, slot, tell, wrong } from "./draw.js";
import { wrongCode } from "./lock.js";
import { pad } from "./pad.js";
import { refusal } from "./refusal.js";

const told = (at) => (at ? say("backup-last", { when: day(at) }) : say("backup-none"));

export async function settings() {
  const made = screen("settings");
  fill(made, "backup", told(await lastCopy(app.session)));
  doing(made, "lock", () => app.lock());
  return made;
}

export async function memory() {
  const made = screen("memory");
  fill(made, "says", say(await app.memory()));
  return made;
}

export async function backup() {
  const made = screen("backup");
  const { session } = app;
  async function show() {
    const at = await lastCopy(session);
    fill(made, "last", told(at));
    slot(made, "drop").hidden = !at;
  }
  async function doneOrSaid(act, says) {
    right(made);
    try {
      await act();
      fill(made, "progress", says());
    } catch (fault) {
      slot(made, "progress").hidden = true;
      wrong(made, fault.code === "copy-half" ? say("backup-half", fault.details) : refusal(fault));
    }
    await show();
  }
  const progress = (part) => fill(made, "progress", say("backup-saving", { percent: Math.floor(part * 100) }));
  doing(made, "backup", () => doneOrSaid(() => backUp(session, progress), () => say("backup-done")));
  doing(made, "drop", () => doneOrSaid(() => dropCopy(session), () => say("backup-dropped")));
  await show();
  return made;
}

// The code of today, then the new one twice.
export function change() {
  const made = screen("choose");
  made.dataset.heading = say("current-code");
  made.querySelector(".vault-pad-hint").hidden = true;
  const field = pad(made, (pin) => {
    const next = screen("choose");
    document.querySelector("h1").textContent = say("new-code");
    twice(next, async (fresh) => {
      try {
        await keys.changePin(pin, fresh);
      } catch (fault) {
        if (!["pin-wrong", "words-only"].includes(fault.code)) throw fault;
        if (fault.code === "words-only") return app.lock();
        next.replaceWith(made);
        document.querySelector("h1").textContent = say("current-code");
        return wrongCode(fault, field);
      }
      tell(say("code-changed"));
      return app.go("settings", true);
    });
    made.replaceWith(next);
    next.focused();
  });
  made.focused = field.focus;
  return made;
}

// Where the twelve words were just given, and nowhere else: settings are then the same under both codes.
export function decoy() {
  if (!app.mine.isByWords) return null;
  const made = screen("choose");
  made.dataset.heading = say("decoy-code");
  twice(made, async (pin) => {
    await keys.setDecoy(app.session, pin);
    app.mine.isByWords = false;
    tell(say("decoy-set"));
    app.go("", true);
  });
  return made;
}

export async function clear(sure) {
  if (sure !== "sure") return screen("clear");
  const made = screen("clear-sure");
  fill(made, "count", say("clear-count", { count: (await vault.list(app.session)).length }));
  doing(made, "clear", async () => {
    await vault.clear(app.session);
    app.gone();
    tell(say("cleared"));
  });
  return made;
}
