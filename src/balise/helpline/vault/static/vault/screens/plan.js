// The plan for hard moments: made here, shown with one tap, printed if wanted, never sent.
import * as vault from "../vault.js";
import { app } from "./app.js";
import { doing, fill, right, say, screen, slot, tell, wrong } from "./draw.js";
import { refusal } from "./refusal.js";
import { read, written } from "./written.js";

const isThere = (name) => Boolean(document.querySelector(`template[data-screen="${name}"]`));

/** Whether this centre shows a plan. */
export const isOn = () => isThere("plan-choose");

export async function plan(version) {
  if (!isOn()) return null;
  const kept = await vault.plan(app.session);
  const found = kept && read(await kept.original.text());
  if (kept && version === "delete") return remove(kept);
  if (isThere(`plan-${version}`)) return form(version, kept?.id, found?.version === version ? found.steps : {});
  if (found && isThere(`plan-shown-${found.version}`)) return shown(found);
  return screen("plan-choose");
}

function form(version, before, steps) {
  const made = screen(`plan-${version}`);
  const fields = [...made.querySelectorAll("textarea")];
  const code = (field) => field.id.replace("plan-", "");
  const typed = app.mine.plan?.version === version ? app.mine.plan.steps : steps;
  for (const field of fields) {
    field.value = typed[code(field)] ?? "";
    field.addEventListener("input", () => {
      app.mine.plan = { version, steps: Object.fromEntries(fields.map((each) => [code(each), each.value])) };
    });
  }
  doing(made, "save", async () => {
    right(made);
    const said = fields.map((field) => {
      const title = made.querySelector(`[for="${field.id}"]`).textContent.trim();
      return { code: code(field), title, text: field.value };
    });
    if (!said.some(({ text }) => text.trim())) return wrong(made, say("no-words"));
    try {
      await vault.addWords(app.session, "plan", written(version, said), { name: made.dataset.heading });
      if (before) await vault.remove(app.session, before);
      if (!made.isConnected) return;
      app.mine.plan = null;
      tell(say("kept"));
      app.go("plan", true);
    } catch (fault) {
      wrong(made, refusal(fault, "not-kept"));
    }
  });
  return made;
}

function shown({ version, steps }) {
  const made = screen(`plan-shown-${version}`);
  for (const [code, text] of Object.entries(steps)) {
    const place = slot(made, code);
    if (place) place.textContent = text;
  }
  doing(made, "print", () => print());
  return made;
}

function remove({ id, head }) {
  const made = screen("delete");
  fill(made, "name", head.name);
  slot(made, "back").href = "#plan";
  doing(made, "delete", async () => {
    await vault.remove(app.session, id);
    if (!made.isConnected) return;
    tell(say("deleted"));
    app.go("plan", true);
  });
  return made;
}
