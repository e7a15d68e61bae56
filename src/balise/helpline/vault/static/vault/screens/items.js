// What is in the vault: the list, one item, hiding a part of it, deleting it.
import { app } from "./app.js";
import { doing, fill, moment, part, say, screen, slot, tell } from "./draw.js";
import { redacting } from "./redact.js";
import * as vault from "../vault.js";
import { isHalfBack, lastCopy } from "./copy.js";
import { refusal } from "./refusal.js";
import { batch, told as toldOf } from "./several.js";
import * as stamps from "./stamps.js";

const CLOCKS_AGREE = 5 * 60_000; // milliseconds between the phone and the independent clock

export const called = (head) => head.name || say(`name-${head.kind}`);

export function notice(text, to, action = "") {
  const made = part("notice");
  const link = made.querySelector("a");
  link.href = to;
  link.textContent = action || text;
  if (action) fill(made, "says", text);
  return made;
}

// What a notice says without leading anywhere.
function warning(text) {
  const made = part("warning");
  fill(made, "says", text);
  return made;
}

/** Let items be chosen: `chosen` is a Set of ids, and `changed` hears of each change. */
export function choices(place, kept, chosen, changed = () => {}) {
  place.append(
    ...kept.map(({ id, head }) => {
      const choice = part("choice");
      const box = choice.querySelector("input");
      box.id = `item-${id}`;
      box.checked = chosen.has(id);
      box.addEventListener("change", () => {
        chosen[box.checked ? "add" : "delete"](id);
        changed();
      });
      choice.querySelector("label").htmlFor = box.id;
      fill(choice, "name", called(head));
      return choice;
    }),
  );
}

/** Return in words what of this vault is not as it was left. */
export const faults = async (session) => inWords(await vault.faults(session));

function inWords({ isLost, lines, gone, shares }) {
  return [
    ...(isLost ? [say("bound-lost")] : []),
    ...(lines ? [say("bound-lines", { count: lines })] : []),
    ...gone.map(({ added }) => (added ? say("bound-gone", { when: moment(added) }) : say("bound-gone-undated"))),
    ...(shares ? [say("bound-shares")] : []),
  ];
}

// Several files are being kept meanwhile, or were: their dated proof can be asked for.
function ongoing(made, draft) {
  const said = notice(toldOf(draft), "#add/several");
  made.heard = () => {
    if (draft.isGoing) said.querySelector("a").textContent = toldOf(draft);
    else app.draw();
  };
  return said;
}

export async function list() {
  const made = screen("list");
  const { session } = app;
  const { items: held, faults: found } = await vault.checked(session);
  const kept = held.reverse();
  const notices = slot(made, "notices");
  notices.append(...inWords(found).map(warning));
  if (batch()) notices.append(ongoing(made, batch()));
  if (!session.isDecoy && (await vault.arrived())) notices.append(notice(say("waiting-one"), "#waiting"));
  if (app.mine.isByWords) notices.append(notice(say("decoy-offer"), "#decoy", say("decoy-act")));
  const fears = await app.memory();
  if (await isHalfBack(session)) notices.append(notice(say("half-back"), "#recover", say("half-back-act")));
  else if (kept.length && fears !== "memory-safe" && !(await lastCopy(session))) {
    notices.append(notice(say(fears), "#memory", say("memory-act")));
  }
  slot(made, "items").append(
    ...kept.map(({ id, head, added, fault }) => {
      const item = part("item");
      item.querySelector("a").href = `#item/${id}`;
      for (const each of item.querySelectorAll("[data-kind]")) {
        each.hidden = !each.dataset.kind.split(" ").includes(head.kind);
      }
      fill(item, "name", called(head));
      fill(item, "when", fault ? say(`item-${fault}`) : moment(added));
      return item;
    }),
  );
  slot(made, "empty").hidden = kept.length > 0;
  slot(made, "share").hidden = slot(made, "export").hidden = kept.length === 0;
  doing(made, "lock", () => app.lock());
  return made;
}

export async function item(id, then) {
  const { session } = app;
  const found = (await vault.list(session)).find((each) => each.id === id);
  if (!found) return null;
  if (then === "redact") return redact(found);
  if (then === "delete") return remove(found);
  const made = screen("item");
  const { head, added } = found;
  made.dataset.heading = called(head);
  fill(made, "kept", say("kept-on", { when: moment(added) }));
  told(slot(made, "told"), head);
  fill(made, "unchanged", say("checking"));
  const opened = vault.original(session, id, { isSeen: true });
  opened.then(
    () => fill(made, "unchanged", say(found.fault ? `item-${found.fault}` : "unchanged")),
    (fault) => fault.code !== "stopped" && fill(made, "unchanged", say("changed")),
  );
  dated(made, found, await stamps.record(session));
  shown(made, opened);
  slot(made, "to-share").href = `#share/${id}`;
  slot(made, "to-link").href = `#link/${id}`;
  slot(made, "to-delete").href = `#item/${id}/delete`;
  if (found.fault) {
    for (const each of made.querySelectorAll('[data-slot="to-share"], [data-slot="to-link"]')) each.hidden = true;
  }
  const redacted = slot(made, "to-redact");
  redacted.href = `#item/${id}/redact`;
  redacted.hidden = Boolean(found.fault) || !head.type.startsWith("image/");
  doing(made, "stamp", async () => {
    fill(made, "stamped", say("checking"));
    try {
      await stamps.date(session, found);
      app.draw();
    } catch (fault) {
      if (fault.code === "offline") fill(made, "stamped", say("stamp-waits"));
      else fill(made, "stamped", refusal(fault, "stamp-off"));
    }
  });
  return made;
}

function told(place, head) {
  const facts = [
    ["told-name", head.name && called(head)],
    ["told-what", head.what],
    ["told-who", head.who],
    ["told-where", head.where],
    ["told-happened", head.happened_at && moment(head.happened_at)],
  ];
  for (const [name, value] of facts) {
    if (!value) continue;
    const label = document.createElement("dt");
    const text = document.createElement("dd");
    label.textContent = say(name);
    text.textContent = value;
    place.append(label, text);
  }
}

// The independent clock decides; where the phone's is far from it, both are said.
function dated(made, item, record) {
  const { stamped_at, asked_at } = stamps.dated(item, record);
  made.querySelector('[data-do="stamp"]').hidden = Boolean(stamped_at || item.fault);
  if (!stamped_at) {
    const waits = record.waiting.includes(item.id);
    return fill(made, "stamped", say(waits ? "stamp-waits" : "no-stamp"));
  }
  const line = [say("stamped", { when: moment(stamped_at) })];
  if (asked_at && Math.abs(new Date(asked_at) - new Date(stamped_at)) > CLOCKS_AGREE) {
    line.push(say("clock-differs", { phone: moment(asked_at) }));
  }
  return fill(made, "stamped", line.join(". "));
}

const DRAWN = { image: "img", video: "video", audio: "audio" };

// What an item is stays covered until it is asked for, and is covered again with one press.
function shown(made, opened) {
  const view = slot(made, "view");
  const button = view.querySelector("button");
  const words = button.querySelector("span");
  const before = words.textContent;
  let address = "";
  function cover() {
    view.replaceChildren(button);
    words.textContent = before;
    if (address) URL.revokeObjectURL(address);
    address = "";
  }
  doing(view, "show", async () => {
    if (view.children.length > 1) return cover();
    const { original: blob, head } = await opened;
    const tag = DRAWN[head.kind === "audio" ? "audio" : head.type.split("/")[0]]; // WebM says video of a sound too
    const inside = document.createElement(tag ?? "pre");
    if (tag) {
      address = URL.createObjectURL(blob);
      if (tag === "img") inside.alt = called(head);
      else inside.controls = true;
      inside.addEventListener("error", () => {
        inside.replaceWith(Object.assign(document.createElement("p"), { textContent: say("not-shown") }));
      });
      inside.src = address;
    } else inside.textContent = await blob.text();
    view.prepend(inside);
    words.textContent = say("hide");
  });
  made.undrawn = cover;
}

async function redact(found) {
  const made = screen("redact");
  made.querySelector("a").href = `#item/${found.id}`;
  const { session } = app;
  const { original: blob, head } = await vault.original(session, found.id);
  try {
    await redacting(made, blob, async (copy) => {
      const name = say("redacted-of", { name: called(head) });
      const { id } = await vault.redact(session, found.id, copy, { name });
      if (!made.isConnected) return;
      tell(say("copy-saved"));
      app.go(`item/${id}`, true);
    });
  } catch {
    made.replaceChildren(...[...made.children].slice(0, 1));
    made.append(Object.assign(document.createElement("p"), { textContent: say("not-shown") }));
  }
  return made;
}

function remove(found) {
  const made = screen("delete");
  fill(made, "name", called(found.head));
  slot(made, "back").href = `#item/${found.id}`;
  slot(made, "derived").hidden = !found.redactions.length;
  doing(made, "delete", async () => {
    await vault.remove(app.session, found.id);
    if (!made.isConnected) return;
    tell(say("deleted"));
    app.go("", true);
  });
  return made;
}
