// What the centre is asked: always ciphertext, a commitment or a secret, and never a cookie.
import { hex, joined, random, unhex, utf8 } from "../bytes.js";
import { pairOf, wordList } from "../words.js";
import { padded } from "../pad.js";
import { Refused } from "../refused.js";
import * as vault from "../vault.js";
import { asked } from "./frame.js";

const AT = "/app/vault/";
const CASES = "cases"; // of what is remembered
const COMPARED = 4; // words of a key's fingerprint, 11 bits each
const BITS = 11;
const PINNED_WITHIN = 10_000; // milliseconds
const DRAWN = 32; // bytes
const ACCEPTED = 202;
const AGAIN = 1000; // milliseconds until the side of the case is asked again
const TURNS = 30;
const language = document.documentElement.lang;

export async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(AT + path, { credentials: "omit", cache: "no-store", redirect: "error", ...options });
  } catch {
    throw new Refused("offline");
  }
  if (answer.ok) return answer;
  const { type = "", spent = "" } = await answer.json().catch(() => ({}));
  const code = type.split(/[/:#]/).at(-1) || `status-${answer.status}`;
  throw new Refused(spent ? `${code}-${spent}` : code, { status: answer.status });
}

const json = (value) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(value),
});

function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) body.append(name, value, name);
    else if (value !== undefined) body.append(name, value);
  }
  return { method: "POST", body };
}

const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// What this vault remembers of the centre, sealed with its shares: `{ cases, stamps }`.
export async function remembered(session, name) {
  return (await vault.shares(session)).find(({ id }) => id === name) ?? { id: name };
}
// The keys that cases had; refused (shares-back) where somebody put back what is kept of them.
const knownCases = async (session) => (await vault.shareOf(session, CASES))?.known ?? {};
export const remember = (session, record) => vault.keepShare(session, record);

// --- The key of a case: signed by the helpline, the same as before, compared in four words. This device commits to
// what it drew, the side of the case answers with what it drew, this device shows its own: neither chooses ---
const saidOf = (at, recipient) => utf8(`balise case key 1\n${at}\n${recipient}`);

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
export const committedTo = async (drawn) => hex(await sha256(utf8("balise case words 1\n"), unhex(drawn)));

export async function wordsOf(at, recipient, drawn, answer) {
  const digest = await sha256(saidOf(at, recipient), unhex(drawn), unhex(answer));
  const bits = Array.from(digest.slice(0, 6), (octet) => octet.toString(2).padStart(8, "0")).join("");
  const list = await wordList(language);
  return Array.from({ length: COMPARED }, (_, nth) => list[parseInt(bits.slice(nth * BITS, (nth + 1) * BITS), 2)]);
}

// The release that this device checked and keeps (`app/offline.js`), which a first visit waits for; "".
function released() {
  const page = document.documentElement;
  return new Promise((resolve) => {
    const said = () => page.dataset.release !== undefined && resolve(page.dataset.release);
    new MutationObserver(said).observe(page, { attributeFilter: ["data-release"] });
    setTimeout(() => resolve(""), PINNED_WITHIN);
    said();
  });
}

// The helpline's key, in that release.
async function pinned() {
  const release = await released();
  if (!release) return "";
  const list = await (await caches.open(`release-${release}`)).match("/app/release.json");
  return (await list?.json())?.keys?.sharing ?? "";
}

// False without that key: nothing then says whose signature it must be. In a browser without Ed25519, the four
// words are what protects.
async function isSigned(known, at, recipient, signature) {
  if (!known) return false;
  let key;
  try {
    key = await crypto.subtle.importKey("spki", octets(known), "Ed25519", false, ["verify"]);
  } catch {
    return true;
  }
  return crypto.subtle.verify("Ed25519", key, octets(signature), saidOf(at, recipient));
}

// What the side of the case answers to what this device committed to: its worker takes a moment.
async function answered(code, drawn) {
  const committed = await committedTo(drawn);
  for (let turn = 0; turn < TURNS; turn++) {
    const answer = await ask("invitation", json({ code, committed }));
    if (answer.status !== ACCEPTED) return answer.json();
    await new Promise((over) => setTimeout(over, AGAIN));
  }
  throw new Refused("answer-waits");
}

async function checked(session, key, { case: at, recipient, signature }) {
  if (!(await isSigned(key, at, recipient, signature))) throw new Refused("signature-wrong");
  const known = await knownCases(session);
  if (known[at] && known[at] !== recipient) throw new Refused("case-key-changed");
  return { at, recipient };
}

// Return `{ at, recipient }` of the case of the chat in this browser, whose listener asks: once, by the session of the
// chat, which its own origin reads in the frame `address`. Refuses as `invitation`, and vault-not-asked.
export async function taken(session, address) {
  const key = await pinned();
  if (!key) throw new Refused("not-pinned");
  return checked(session, key, await asked(address, "chat", (told) => told));
}

// Return `{ at, recipient, words }` of the case that eight words open to. Refuses not-pinned, before anything is
// asked, answer-waits, signature-wrong, and case-key-changed for a case that had another key.
export async function invitation(session, code) {
  const key = await pinned();
  if (!key) throw new Refused("not-pinned");
  const drawn = hex(random(DRAWN)); // anew each time: once it may have been shown, words could be ground against it
  const { answer, ...told } = await answered(code, drawn);
  const { at, recipient } = await checked(session, key, told);
  const words = await wordsOf(at, recipient, drawn, answer);
  await ask("invitation/reveal", json({ code, drawn }));
  return { at, recipient, words };
}

// --- Sharing, item by item. What is large goes before it, in pieces that become what is kept ---
const AT_ONCE = 900_000; // bytes of one request from a device that has no account
const PIECE = 1024 * 1024;
const MOST = 32 * PIECE;

// Send `fields` to a path with the ciphertext `body`, and return what is answered.
async function carry(path, fields, body) {
  const rest = Object.values(fields).reduce((sum, each) => sum + (each.size ?? 0), 0);
  if (body.size > MOST) throw new Refused("vault-too-large");
  if (body.size + rest <= AT_ONCE) return (await ask(path, form({ ...fields, body }))).json();
  const [locator, auth] = [hex(random(32)), hex(random(32))];
  const headers = { Authorization: `Bearer ${auth}` };
  const pieces = Math.ceil(body.size / PIECE);
  try {
    for (let n = 0; n < pieces; n++) {
      const piece = padded(body.slice(n * PIECE, (n + 1) * PIECE));
      await ask(`backup/${locator}/${n}?of=${pieces}&passing`, { method: "PUT", headers, body: piece });
    }
    const where = { locator, auth, first: "0", pieces: `${pieces}`, skip: "0", bytes: `${body.size}` };
    return (await ask(path, form({ ...fields, ...where }))).json();
  } catch (fault) {
    // One that is cut off here is erased by the centre, a day later.
    await ask(`backup/${locator}`, { method: "DELETE", headers }).catch(() => {});
    throw fault;
  }
}

export async function share(session, id, { at, recipient }) {
  const known = await knownCases(session);
  if (known[at] && known[at] !== recipient) throw new Refused("case-key-changed");
  await remember(session, { id: CASES, known: { ...known, [at]: recipient } });
  const { head, token } = (await vault.list(session)).find((each) => each.id === id);
  const { header, body } = await vault.shareable(session, id, recipient);
  const secret = hex(random(32));
  const sent = { case: at, secret, header: new Blob([header]) };
  if (token) sent.stamp = new Blob([octets(token)]);
  const { received_at: sent_at } = await carry("share", sent, body);
  await vault.keepShare(session, { item: id, name: head.name, kind: head.kind, secret, sent_at });
  await vault.note(session, "shared", id);
}

// Return the shares with what became of them; what was known stays, without network.
export async function shares(session) {
  const all = (await vault.shares(session)).filter(({ secret }) => secret);
  const secrets = all.filter(({ link }) => !link).map(({ secret }) => secret);
  let states = null;
  try {
    states = secrets.length ? (await (await ask("share/state", json({ secrets }))).json()).shares : [];
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
  }
  return all
    .map((one) => {
      const found = states?.find(({ secret }) => secret === one.secret);
      return { ...one, ...(found && told(found)), isKnown: Boolean(found || (states && one.link)) };
    })
    .sort((one, other) => other.sent_at.localeCompare(one.sent_at));
}

function told({ state, last_opened_at, seen_at, ended_at, handed_at }) {
  return { opened_at: last_opened_at, seen_at, handed_at, revoked_at: state === "revoked" ? ended_at : "", closed_at: state === "closed" ? ended_at : "" };
}

// Stop what is ahead. Return the share, with when it was seen.
export async function revoke(session, { opened_at: _opened, seen_at: _seen, handed_at: _handed, isKnown: _known, ...one }) {
  if (one.link) await ask("link/withdraw", json({ secret: one.secret }));
  const became = one.link
    ? { revoked_at: new Date().toISOString() }
    : told(await (await ask("share/revoke", json({ secret: one.secret }))).json());
  const kept = { ...one, ...became };
  await vault.keepShare(session, kept);
  await vault.note(session, "revoked", one.item).catch(() => {}); // the item itself may be gone
  return { ...kept, isKnown: true };
}

// A link for one person: its key is in the part of the address that no browser sends.
export async function link(session, id, { days, openings }) {
  const secretKey = random(32);
  const { head } = (await vault.list(session)).find((each) => each.id === id);
  const { file } = await vault.linkable(session, id, pairOf(secretKey).recipient);
  const secret = hex(random(32));
  const sent = { secret, days: String(days), openings: String(openings) };
  const { link: at, until } = await carry("link", sent, file);
  const sent_at = new Date().toISOString();
  await vault.keepShare(session, { item: id, name: head.name, kind: head.kind, secret, sent_at, link: at, until });
  await vault.note(session, "shared", id);
  const key = btoa(String.fromCharCode(...secretKey)).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
  const page = new URL(document.getElementById("vault").dataset.links, location.href);
  return { address: `${page}#${at}.${key}`, until };
}

// --- Dated proofs ---
export const stamp = async (commitments) => ask("stamp", json({ commitments }));
