// What leaves the vault, item by item: to the listener of one case, or by a link that expires.
import { app } from "./app.js";
import { day, doing, fill, moment, part, right, say, screen, slot, tell, wrong } from "./draw.js";
import { called, choices, faults } from "./items.js";
import * as vault from "../vault.js";
import * as centre from "./centre.js";
import { refusal } from "./refusal.js";

const WORDS = 8; // of the code that a listener says
const { chat: ofChat } = document.getElementById("vault").dataset; // the frame that asks the chat, if it is asked

async function chosenIn(made, id) {
  const kept = await vault.list(app.session);
  const found = await faults(app.session);
  if (found.length) wrong(made, ...found);
  const asked = app.mine.asked ?? { chosen: new Set(), code: "" };
  if (kept.some((each) => each.id === id)) asked.chosen.add(id);
  if (asked.chosen.size) app.mine.asked = asked;
  choices(slot(made, "items"), kept, asked.chosen, () => (app.mine.asked = asked));
  return { asked, isEmpty: !kept.length };
}

// Send what was chosen to a case, and go on to what was shared.
async function sends(made, chosen, invited) {
  const all = chosen.size;
  for (const id of chosen) {
    const percent = Math.floor((100 * (all - chosen.size)) / all);
    fill(made, "progress", say("sending", { percent }));
    await centre.share(app.session, id, invited);
    chosen.delete(id); // what has left is not sent again after a fault
  }
  if (!made.isConnected) return null;
  app.mine.asked = null;
  return app.go("shares", true);
}

// The listener of the chat in this browser asked: one press, and no word. Which case it is, the chat's session says.
export async function chat() {
  if (!ofChat) return null;
  const made = screen("chat");
  const { asked, isEmpty } = await chosenIn(made);
  slot(made, "empty").hidden = !isEmpty;
  made.querySelector("form").hidden = isEmpty;
  let taken = null; // once; after a fault, what is left goes to the same case, from this screen alone
  doing(made, "hand", async () => {
    right(made);
    if (!asked.chosen.size) return wrong(made, say("choose-one"));
    fill(made, "progress", say("checking"));
    try {
      taken ??= await centre.taken(app.session, ofChat);
      return await sends(made, asked.chosen, taken);
    } catch (fault) {
      slot(made, "progress").hidden = true;
      return wrong(made, refusal(fault));
    }
  });
  return made;
}

// Where a chat led here and no vault is: the page says so, and that the chat goes on.
export function noVault(made) {
  if (ofChat && location.hash === "#chat") made.prepend(screen("chat-none"));
  return made;
}

export async function share(id) {
  const made = screen("share");
  slot(made, "to-chat").hidden = !ofChat;
  const { asked } = await chosenIn(made, id);
  const code = made.querySelector("#code");
  code.value = asked.code;
  code.addEventListener("input", () => {
    asked.code = code.value;
    app.mine.asked = asked;
  });
  doing(made, "invite", async () => {
    right(made);
    if (!asked.chosen.size) return wrong(made, say("choose-one"));
    if (code.value.trim().split(/[\s-]+/).length !== WORDS) return wrong(made, say("code-words"));
    fill(made, "progress", say("checking"));
    try {
      asked.invited = await centre.invitation(app.session, code.value);
    } catch (fault) {
      slot(made, "progress").hidden = true;
      return wrong(made, refusal(fault));
    }
    return made.isConnected && app.go("compare");
  });
  return made;
}

export function compare() {
  const { invited, chosen } = app.mine.asked ?? {};
  if (!invited) return null;
  const made = screen("compare");
  fill(made, "four", invited.words.join(" "));
  fill(made, "count", say("items-sent", { count: chosen.size }));
  doing(made, "send", async () => {
    right(made);
    try {
      return await sends(made, chosen, invited);
    } catch (fault) {
      slot(made, "progress").hidden = true;
      return wrong(made, refusal(fault));
    }
  });
  return made;
}

// What became of one share: what the centre says of it, or what is known without network.
// "Seen" is said of what was drawn on a screen; a page that was opened may have shown nothing of it.
function state({ sent_at, opened_at, seen_at, handed_at, revoked_at, closed_at, isKnown, link: at, until }) {
  const when = moment(sent_at);
  if (revoked_at && handed_at) return say("revoked-handed", { when: moment(handed_at) });
  if (revoked_at && seen_at) return say("revoked-seen", { when: moment(seen_at) });
  if (revoked_at) return opened_at ? say("revoked-opened", { when: moment(opened_at) }) : say("revoked-unseen");
  if (closed_at) return say("share-closed");
  if (at) return say("link-sent", { when, until: day(until) });
  if (!isKnown) return say("state-unknown", { when });
  if (handed_at) return say("handed", { sent: when, when: moment(handed_at) });
  if (seen_at) return say("seen", { sent: when, when: moment(seen_at) });
  return opened_at ? say("opened", { sent: when, when: moment(opened_at) }) : say("sent", { when });
}

export async function shares() {
  const made = screen("shares");
  const all = await centre.shares(app.session);
  if ((await vault.faults(app.session)).shares) wrong(made, say("bound-shares"));
  slot(made, "empty").hidden = all.length > 0;
  slot(made, "shares").append(
    ...all.map((one) => {
      const row = part("share");
      fill(row, "name", one.name || say(`name-${one.kind}`));
      fill(row, "state", state(one));
      row.querySelector("button").hidden = Boolean(one.revoked_at || one.closed_at);
      doing(row, "revoke", async () => {
        right(made);
        try {
          fill(row, "state", state(await centre.revoke(app.session, one)));
          row.querySelector("button").hidden = true;
        } catch (fault) {
          wrong(made, refusal(fault));
        }
      });
      return row;
    }),
  );
  return made;
}

export async function link(id) {
  const found = (await vault.list(app.session)).find((each) => each.id === id);
  if (!found) return null;
  const made = screen("link");
  made.querySelector("a").href = `#item/${id}`;
  fill(made, "name", called(found.head));
  doing(made, "link", async () => {
    right(made);
    const days = Number(made.querySelector("#days").value);
    const openings = Number(made.querySelector("#openings").value);
    try {
      const { address, until } = await centre.link(app.session, id, { days, openings });
      if (!made.isConnected) return;
      fill(made, "address", address);
      slot(made, "made").hidden = false;
      tell(say("link-made", { when: day(until) }));
      doing(made, "copy", async () => {
        await navigator.clipboard.writeText(address);
        tell(say("copied"));
      });
    } catch (fault) {
      wrong(made, refusal(fault));
    }
  });
  return made;
}
