// The file for a complaint, made on this device, and the same as a timeline to print.
import { app } from "./app.js";
import { doing, fill, moment, part, right, say, screen, slot, wrong } from "./draw.js";
import { dossier } from "./dossier.js";
import { called, choices, faults } from "./items.js";
import { refusal } from "./refusal.js";
import * as stamps from "./stamps.js";
import * as vault from "../vault.js";

const place = document.getElementById("vault");

export async function exporting() {
  const made = screen("export");
  const found = await faults(app.session);
  if (found.length) wrong(made, ...found);
  const kept = inOrder(await vault.list(app.session));
  const chosen = new Set(kept.map(({ id }) => id));
  choices(slot(made, "items"), kept, chosen);
  let address = "";
  doing(made, "export", async () => {
    if (!found.length) right(made);
    if (!chosen.size) return wrong(made, say("choose-one"));
    try {
      const ids = kept.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
      const file = await dossier(app.session, ids, place.dataset.shipped.split(/\s+/), (part) => {
        fill(made, "progress", say("exporting", { percent: Math.floor(part * 100) }));
      });
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(file);
      const link = fillLink(slot(made, "file"), address);
      link.click();
      return fill(made, "progress", say("exported"));
    } catch (fault) {
      slot(made, "progress").hidden = true;
      return wrong(made, refusal(fault, "not-made"));
    }
  });
  made.undrawn = () => URL.revokeObjectURL(address);
  return made;
}

function fillLink(link, address) {
  link.href = address;
  link.download = "dossier.zip";
  link.hidden = false;
  return link;
}

// In the order of what happened; where that was not said, of what was kept.
export const inOrder = (items) =>
  [...items].sort((one, other) => at(one).localeCompare(at(other)));
const at = ({ head, added }) => head.happened_at || added;

export async function timeline() {
  const made = screen("timeline");
  const record = await stamps.record(app.session);
  slot(made, "items").append(
    ...inOrder(await vault.list(app.session)).map((each) => {
      const { head, added } = each;
      const { stamped_at } = stamps.dated(each, record);
      const row = part("moment");
      fill(row, "when", moment(at(each))).dateTime = at(each);
      fill(row, "name", called(head));
      fill(row, "what", [head.what, head.who, head.where].filter(Boolean).join(" – "));
      const dated = stamped_at ? say("stamped", { when: moment(stamped_at) }) : say("no-stamp");
      fill(row, "facts", `${say("kept-on", { when: moment(added) })}. ${dated}`);
      fill(row, "sha256", `SHA-256 ${head.sha256}`);
      return row;
    }),
  );
  doing(made, "print", () => print());
  return made;
}
