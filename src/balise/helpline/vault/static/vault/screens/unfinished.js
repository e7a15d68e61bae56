// What is typed in an open vault and not kept yet. When the vault locks, it is sealed under that vault's own
// key and waits in this page; it comes back where the same vault opens, and any other finds nothing.
import { text, utf8 } from "../bytes.js";
import { openedBytes, sealedBytes } from "../session.js";

const WORDS = "unfinished words";
const FILE = "unfinished file";
const LARGEST = 64 * 1024 * 1024; // bytes of a file; of a larger one only what was said of it waits

let waiting = []; // promises of {words, file}, each sealed

// What an open vault has of its own in this page.
export const nothing = () => ({
  draft: null, // what is being added, as it was typed
  asked: null, // what is being shared
  plan: null, // {version, steps}: a plan that is being written
  pasted: "", // on the page where one adds
  isByWords: false, // the twelve words were just given
  of: null, // the opening: which addresses of this tab are its own
  place: "", // the screen that was shown as it locked
});

const isWorth = ({ draft, asked, plan, pasted, place }) => draft || asked || plan || pasted || place;

async function sealed(list, { asked, draft, ...mine }) {
  const { file, files = [], ...drafted } = draft ?? {};
  const all = file ? [{ file }] : [...files];
  const words = {
    ...mine,
    draft: draft && drafted,
    asked: asked && { ...asked, chosen: [...asked.chosen] },
    file: Boolean(file),
    files: all.map(({ file: { name, type, lastModified }, ...rest }) => ({ ...rest, name, type, lastModified })),
  };
  const made = { words: await sealedBytes(list, WORDS, utf8(JSON.stringify(words))), files: [] };
  if (all.reduce((sum, each) => sum + each.file.size, 0) > LARGEST) return made;
  for (const each of all) made.files.push(await sealedBytes(list, FILE, new Uint8Array(await each.file.arrayBuffer())));
  return made;
}

// Seal what is unfinished under `list`, the key of the vault that is being locked.
export function put(list, mine) {
  if (list && isWorth(mine)) waiting.push(sealed(list, mine).catch(() => null));
}

// Return what was unfinished in the vault that opens now; the rest goes on waiting for its own.
export async function take(session) {
  const found = (await Promise.all(waiting)).filter(Boolean);
  let mine = nothing();
  const others = [];
  for (const each of found) {
    const words = await openedBytes(session, WORDS, each.words);
    if (words) mine = await read(session, JSON.parse(text(words)), each.files);
    else others.push(each);
  }
  waiting = others;
  return mine;
}

async function read(session, { file: isOne, files, ...words }, octets) {
  const mine = { ...nothing(), ...words, isByWords: false };
  if (mine.asked) mine.asked.chosen = new Set(mine.asked.chosen);
  if (!mine.draft) return mine;
  const found = [];
  for (const [nth, { name, type, lastModified, ...rest }] of (octets.length ? files : []).entries()) {
    const bytes = await openedBytes(session, FILE, octets[nth]);
    found.push({ ...rest, file: new File([bytes], name, { type, lastModified }) });
  }
  if (isOne && found.length) mine.draft.file = found[0].file;
  if (mine.draft.way === "files") Object.assign(mine.draft, { files: found, isGoing: false });
  return mine;
}

// Drop all of it: the vault is no more.
export const drop = () => (waiting = []);
