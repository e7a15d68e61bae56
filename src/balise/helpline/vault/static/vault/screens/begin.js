// A vault is made: a code, twelve words, all of them typed back. Or it comes back by its words.
import { app } from "./app.js";
import { doing, fill, moment, right, say, screen, slot, tell, wrong } from "./draw.js";
import * as keys from "../keys.js";
import { checkCode } from "../codes.js";
import { waiting } from "../early.js";
import { nearestWords } from "../sealing.js";
import { Refused } from "../refused.js";
import { COUNT, newWords, readWords, recoveryKey } from "../words.js";
import { findCopy, theRest } from "./copy.js";
import { pad } from "./pad.js";
import { refusal } from "./refusal.js";

export async function first() {
  const made = screen("first");
  slot(made, "early").hidden = app.isCleared || !(await waiting());
  return made;
}

// The pad, twice: the code, and the code again. `done` may refuse the code: it is said, and asked again;
// what it does meanwhile, it says with its second argument.
export function twice(made, done) {
  let typed = "";
  const field = pad(made, async (pin) => {
    try {
      if (!typed) {
        checkCode(pin);
        typed = pin;
        field.say(say("choose-again"));
      } else if (typed === pin) {
        typed = "";
        field.wait(say("opening"));
        await done(pin, field.wait);
        return;
      } else {
        typed = "";
        field.say(say("codes-differ"));
      }
    } catch (fault) {
      typed = "";
      field.say(refusal(fault));
    }
    field.focus();
  });
  made.focused = field.focus;
}

export async function choose() {
  const made = screen("choose");
  const { back } = app.fresh ?? {};
  if (!back && (await app.isMade())) return null;
  twice(made, async (pin, wait) => {
    if (back) {
      const progress = (part) => wait(say("coming-back", { percent: Math.floor(part * 100) }));
      const { session, ...came } = await app.working(back(pin, progress), { unseen: true });
      app.fresh = null;
      if (session.isOpen) await app.opened(session, { isByWords: true }); // it locks where it came back out of sight
      app.came = came;
      app.go(came.total === undefined ? "" : "restored", true);
      return null;
    }
    app.fresh = { pin, words: await newWords(document.documentElement.lang) };
    return app.go("words");
  });
  return made;
}

export function words() {
  if (!app.fresh?.words) return null;
  const made = screen("words");
  slot(made, "words").append(
    ...app.fresh.words.map((word) => Object.assign(document.createElement("li"), { textContent: word })),
  );
  return made;
}

// As the library forgives it: without case and accents, by the first letters.
const bare = (word) => word.normalize("NFKD").toLowerCase().replace(/[^a-z]/g, "").slice(0, 4);

function fieldOf(nth) {
  const field = document.createElement("div");
  const label = document.createElement("label");
  const input = document.createElement("input");
  field.className = "field";
  Object.assign(input, { id: `word-${nth}`, autocomplete: "off", autocapitalize: "none", spellcheck: false });
  input.value = app.fresh.typed?.[nth] ?? "";
  label.htmlFor = input.id;
  label.textContent = say("word-number", { number: nth + 1 });
  field.append(label, input);
  return field;
}

export function check() {
  if (!app.fresh?.words) return null;
  const made = screen("check");
  slot(made, "fields").append(...app.fresh.words.map((_word, nth) => fieldOf(nth)));
  const inputs = [...made.querySelectorAll("input")];
  made.addEventListener("input", () => (app.fresh.typed = inputs.map(({ value }) => value)));
  doing(made, "check", async () => {
    right(made);
    const { pin, words: twelve } = app.fresh;
    const typed = inputs.map(({ value }) => value);
    const bad = typed.flatMap((word, nth) => (bare(word) === bare(twelve[nth]) ? [] : [nth]));
    for (const [nth, input] of inputs.entries()) input.ariaInvalid = bad.includes(nth) ? "true" : null;
    if (bad.length) {
      wrong(made, say("words-differ", { number: bad[0] + 1 }));
      inputs[bad[0]].focus();
      return;
    }
    let session;
    try {
      session = await keys.create({ pin, words: twelve, typedBack: typed.join(" ") });
    } catch (fault) {
      wrong(made, refusal(fault)); // another tab was quicker: these words open nothing
      return;
    }
    app.fresh = null;
    await app.opened(session, { isByWords: true });
    await navigator.storage?.persist?.();
    app.go("", true);
  });
  return made;
}

// Lead to a word of those typed in one field, counted from 1.
function point(field, number) {
  const found = [...field.value.matchAll(/[\p{L}\p{M}]+/gu)];
  field.focus();
  const [word] = found.slice(number - 1);
  if (found.length === COUNT && word) field.setSelectionRange(word.index, word.index + word[0].length);
}

// The words of the vault that is here, or of a copy. Which one is wrong is said where it can be found.
export function recover() {
  const made = screen("recover");
  const field = made.querySelector("textarea");
  field.value = app.typed ?? "";
  field.addEventListener("input", () => (app.typed = field.value));
  doing(made, "recover", async () => {
    right(made);
    tell(say("looking"));
    try {
      app.fresh = { back: await found(field.value) };
      tell("");
    } catch (fault) {
      const near = await meant(field.value);
      wrong(made, near ? say("words-near", { number: near.at, word: near.word }) : refusal(fault));
      point(field, near?.at ?? fault.details?.at?.[0]);
      return;
    }
    app.typed = "";
    app.go("choose");
  });
  return made;
}

// Return what opens the vault under a new code: the vault here, or else the copy, or what has not come of it.
async function found(typed) {
  const { exists, recovery } = await keys.state();
  if (!exists) return findCopy(typed);
  const { recipient } = await recoveryKey(await readWords(typed));
  if (recipient !== recovery) throw new Refused("other-words");
  return async (pin, progress) => theRest(await keys.unlockByWords(typed, pin), typed, pin, progress);
}

// One word of them is wrong or missing: the public half of the words that is here says which.
async function meant(typed) {
  const { exists, recovery } = await keys.state();
  return exists ? nearestWords(typed, recovery) : null;
}

export function restored() {
  if (!app.came) return null;
  const made = screen("restored");
  const { count, total, missing, older, at } = app.came;
  if (count < total) wrong(made, say("restored-half", app.came));
  else fill(made, "says", say("restored", { count }));
  if (at) fill(made, "at", say("restored-at", { when: moment(at) }));
  slot(made, "parts").append(...missing.map(named("missing")), ...older.map(named("older")));
  return made;
}

// A part of a copy that did not come back, in words.
const named = (how) => ({ id, added }) => {
  const name = id === "log" ? `part-${how}-log` : `part-${how}${added ? "" : "-undated"}`;
  return Object.assign(document.createElement("li"), { textContent: say(name, added ? { when: moment(added) } : {}) });
};
