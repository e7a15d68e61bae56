// Dated proofs (RFC 3161): asked of the centre, checked here, and put off while there is no network.
import { unhex } from "../bytes.js";
import { Refused } from "../refused.js";
import * as vault from "../vault.js";
import { remember, remembered, stamp } from "./centre.js";
import { read } from "./token.js";

const NAME = "stamps";
const PAUSE = 2000; // milliseconds until the centre is asked again
const TURNS = 30;
const AT_ONCE = 50; // commitments in one request
const LATER = ["offline", "stamp-waits", "stamps-off"];

const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// What is remembered of stamps, sealed: those that wait, when the centre had them, when this phone
// asked, and the certificates that a check needs.
export async function record(session) {
  const { waiting = [], received = {}, asked = {}, roots = "" } = await remembered(session, NAME);
  return { waiting, received, asked, roots };
}

async function change(session, made) {
  await remember(session, { id: NAME, ...made(await record(session)) });
}

// Return `{ stamped_at, received_at, asked_at }` of an item, from what was kept with it.
export function dated({ id, token }, { received, asked }) {
  if (!token) return { stamped_at: "", received_at: "", asked_at: "" };
  return { stamped_at: read(octets(token)).at, received_at: received[id] ?? "", asked_at: asked[id] ?? "" };
}

// Date an item now. Refuses as `dateAll`.
export const date = (session, item) => dateAll(session, [item]);

// Date items, asked for together; return how many were dated now. Each has a timestamp of its own, for it leaves
// alone. Refuses stamp-wrong for an answer about something else; stamp-waits where none came: they wait, as they do
// without a network.
export async function dateAll(session, items) {
  let count = 0;
  for (let at = 0; at < items.length; at += AT_ONCE) count += await dated50(session, items.slice(at, at + AT_ONCE));
  if (items.length && !count) throw new Refused("stamp-waits");
  return count;
}

async function dated50(session, items) {
  const now = new Date().toISOString();
  const out = new Map(items.map((item) => [item.commitment, item]));
  try {
    for (let turn = 0; out.size && turn < TURNS; turn++) {
      if (turn) await new Promise((over) => setTimeout(over, PAUSE));
      const { stamps, roots } = await (await stamp([...out.keys()])).json();
      const came = stamps.filter(({ commitment, token }) => token && out.has(commitment));
      for (const { commitment, token } of came) await check(commitment, token);
      await kept(session, came.map((each) => ({ ...each, id: out.get(each.commitment).id })), now, roots);
      for (const { commitment } of came) out.delete(commitment);
    }
  } catch (fault) {
    if (!LATER.includes(fault.code)) throw fault;
    await wait(session, out);
    throw fault;
  }
  if (out.size) await wait(session, out);
  return items.length - out.size;
}

const wait = (session, out) =>
  change(session, (had) => ({ ...had, waiting: [...new Set([...had.waiting, ...[...out.values()].map(({ id }) => id)])] }));

async function check(commitment, token) {
  const imprint = new Uint8Array(await crypto.subtle.digest("SHA-256", unhex(commitment)));
  if (!read(octets(token)).isOf(imprint)) throw new Refused("stamp-wrong");
}

async function kept(session, came, now, roots) {
  if (!came.length) return;
  await vault.stampedAll(session, came.map(({ id, token }) => [id, token]));
  const ids = new Set(came.map(({ id }) => id));
  await change(session, (had) => ({
    waiting: had.waiting.filter((each) => !ids.has(each)),
    received: { ...had.received, ...Object.fromEntries(came.map(({ id, received_at }) => [id, received_at])) },
    asked: { ...had.asked, ...Object.fromEntries(came.map(({ id }) => [id, now])) },
    roots: roots || had.roots,
  }));
}

// Date what waited; what still cannot be waits on. Return how many were dated.
export async function retry(session) {
  const { waiting } = await record(session);
  const items = waiting.length ? await vault.list(session) : [];
  const due = items.filter(({ id, token, fault }) => waiting.includes(id) && !token && !fault);
  return due.length ? dateAll(session, due).catch(() => 0) : 0;
}
