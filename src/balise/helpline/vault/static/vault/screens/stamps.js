// Dated proofs (RFC 3161): asked of the centre, checked here, and put off while there is no network.
import { unhex } from "../bytes.js";
import { Refused } from "../refused.js";
import * as vault from "../vault.js";
import { remember, remembered, stamp } from "./centre.js";
import { read } from "./token.js";

const NAME = "stamps";
const PAUSE = 2000; // milliseconds until the centre is asked again
const TURNS = 30;
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

async function answered(commitment) {
  for (let turn = 0; turn < TURNS; turn++) {
    const answer = await stamp(commitment);
    if (answer.status !== 202) return answer.json();
    await new Promise((over) => setTimeout(over, PAUSE));
  }
  throw new Refused("stamp-waits");
}

// Date an item now. Refuses stamp-wrong for an answer about something else, and waits for the rest.
export async function date(session, { id, commitment }) {
  const now = new Date().toISOString();
  let answer;
  try {
    answer = await answered(commitment);
  } catch (fault) {
    if (LATER.includes(fault.code)) {
      await change(session, (had) => ({ ...had, waiting: [...new Set([...had.waiting, id])] }));
    }
    throw fault;
  }
  const { token, received_at, roots } = answer;
  const imprint = new Uint8Array(await crypto.subtle.digest("SHA-256", unhex(commitment)));
  if (!read(octets(token)).isOf(imprint)) throw new Refused("stamp-wrong");
  await vault.stamped(session, id, token);
  await change(session, (had) => ({
    waiting: had.waiting.filter((each) => each !== id),
    received: { ...had.received, [id]: received_at },
    asked: { ...had.asked, [id]: now },
    roots: roots || had.roots,
  }));
}

// Date what waited; what still cannot be waits on. Return how many were dated.
export async function retry(session) {
  let count = 0;
  const { waiting } = await record(session);
  const items = waiting.length ? await vault.list(session) : [];
  for (const item of items) {
    if (!session.isOpen || !waiting.includes(item.id) || item.token) continue;
    try {
      await date(session, item);
      count += 1;
    } catch {
      break;
    }
  }
  return count;
}
