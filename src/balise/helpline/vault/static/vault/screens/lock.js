// The vault is locked: its code opens it, or its words.
import { TRIES } from "../codes.js";
import * as keys from "../keys.js";
import { app } from "./app.js";
import { say, screen, tell } from "./draw.js";
import { pad } from "./pad.js";
import { refusal } from "./refusal.js";

const SAID_FROM = 5; // tries left are said from the fifth wrong one

// Say what became of a wrong code; the tenth leads to the words.
export function wrongCode(fault, field) {
  if (fault.code === "words-only") return app.go("", true);
  if (fault.code !== "pin-wrong") field.say(refusal(fault));
  else {
    const { left } = fault.details;
    const isNear = TRIES - left >= SAID_FROM;
    field.say(isNear ? say("code-left", { count: left }) : say("code-wrong"));
  }
  return field.focus();
}

export async function lock() {
  const { needsWords } = await keys.state();
  if (needsWords) return screen("only-words");
  const made = screen("lock");
  const field = pad(made, async (pin) => {
    field.wait(say("opening"));
    try {
      await app.opened(await keys.unlock(pin));
      tell("");
      app.draw();
    } catch (fault) {
      wrongCode(fault, field);
    }
  });
  // Said once, as it came: later it would tell which code opens the vault that it waits for.
  if (app.just) field.wait(say(app.just));
  made.focused = field.focus;
  return made;
}
