/**
 * The page of a link for a lawyer or a school. The address says where (`#<id>.<key>`), and the key never
 * leaves the browser: the server gives ciphertext, counts one opening, and the file is decrypted here.
 */
import { openBlob } from "./cipher.js";
import { unpack } from "./items.js";
import { pairOf } from "./words.js";

const WORDS = ["text", "link", "call"];
const GONE = 410;

/** Return {id, identity} of the part of an address after "#"; null where it is no link. */
export function read(fragment) {
  const match = /^#?([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(fragment);
  if (!match) return null;
  const octets = atob(match[2].replaceAll("-", "+").replaceAll("_", "/"));
  return { id: match[1], identity: pairOf(Uint8Array.from(octets, (one) => one.charCodeAt(0))).identity };
}

function show(page, state) {
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
}

async function fetched(address, id) {
  const body = JSON.stringify({ link: id });
  const headers = { "Content-Type": "application/json" };
  return fetch(address, { method: "POST", body, headers, credentials: "omit" });
}

/** Return a moment in the words of the page's language; as it was written where it is none. */
function moment(written) {
  const at = new Date(written);
  const style = { dateStyle: "long", timeStyle: "short" };
  return Number.isNaN(at.valueOf()) ? written : at.toLocaleString(document.documentElement.lang, style);
}

async function say(page, { head, original }) {
  const place = (name) => page.querySelector(`[data-says="${name}"]`);
  for (const name of ["what", "happened_at", "taken_at", "sha256"]) {
    place(name).textContent = name.endsWith("_at") ? moment(head[name]) : head[name];
    place(name).parentElement.hidden = !head[name];
  }
  if (WORDS.includes(head.kind)) {
    place("words").textContent = await original.text();
    place("words").hidden = false;
  }
  // Never shown as a page of ours: it is saved, and opened by the reader's own program.
  const save = place("save");
  save.href = URL.createObjectURL(new Blob([original], { type: "application/octet-stream" }));
  save.download = head.name || head.id;
}

async function open(page, { id, identity }) {
  show(page, "wait");
  let answer;
  try {
    answer = await fetched(page.dataset.open, id);
  } catch {
    show(page, "away");
    return;
  }
  if (!answer.ok) {
    show(page, answer.status === GONE ? "over" : "away");
    return;
  }
  try {
    await say(page, await unpack(await openBlob(await answer.blob(), identity)));
    show(page, "opened");
  } catch {
    show(page, "broken");
  }
}

const page = globalThis.document?.querySelector("#link");
if (page) {
  const asked = read(location.hash);
  show(page, asked ? "ask" : "broken");
  page.querySelector("#open").addEventListener("click", () => open(page, asked));
}
