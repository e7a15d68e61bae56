// What comes into the vault: a file, a paste, a link, words, a call, a share of another app.
import { typeOf } from "../magic.js";
import { hold } from "../early.js";
import { digest, open } from "../sealing.js";
import { unpack } from "../items.js";
import { get, keys as keysOf, write } from "../store.js";
import * as vault from "../vault.js";
import { app } from "./app.js";
import { doing, fill, megabytes, right, say, screen, slot, tell, wrong } from "./draw.js";
import { linkIn } from "./link.js";
import { record } from "./recorder.js";
import { refusal } from "./refusal.js";
import * as together from "./several.js";

const GROWTH = 1.05; // sealed and listed, a file takes a little more
const GUARDED = ["image", "video", "application"];
const KINDS = { photo: "screenshot" }; // what a child keeps most; the other is one choice away
const FIELDS = ["kind", "address", "words", "number", "name", "what", "who", "where", "happened"];
const SAID = ["name", "what", "who", "where"];
const ASKS = {
  file: ["kind", "name", "what"],
  link: ["address", "what"],
  text: ["words", "name"],
  call: ["number", "what"],
};

export function add(way) {
  const isAll = together.isOf(app.mine.draft);
  const isLost = isAll && !app.mine.draft.files.length && !app.mine.draft.ids.length; // too big to wait
  if (way === "several-apart" || (way?.startsWith("several") && isAll && !isLost)) return together.several(way);
  if (way === "guard" && app.mine.draft?.file) return guard();
  if (way === "not-stored" && app.mine.draft?.file) return notStored();
  if (way === "details" && app.mine.draft?.file) return details();
  const recorded = way === "record" && record();
  if (recorded) return recorded;
  if (["link", "text", "call"].includes(way)) {
    if (app.mine.draft?.way !== way) app.mine.draft = { way, fields: {} };
    return details();
  }
  const made = screen("add");
  if (way === "details" && app.mine.draft?.way === "file") wrong(made, say("file-again"));
  if (isLost) wrong(made, say("files-again"));
  for (const name of ["file", "camera"]) {
    const field = slot(made, name);
    field.addEventListener("click", app.picking);
    field.addEventListener("change", async () => {
      await chosen(made, [...field.files]);
    });
  }
  const { mine } = app; // leaving the field says what is in it: to this vault, even as it locks
  const paste = slot(made, "paste");
  paste.value = app.mine.pasted;
  paste.addEventListener("input", () => (app.mine.pasted = paste.value));
  paste.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    chosen(made, files);
  });
  paste.addEventListener("change", () => mine === app.mine && paste.value.trim() && said(paste.value.trim()));
  paste.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !paste.value.trim()) return;
    event.preventDefault();
    said(paste.value.trim());
  });
  return made;
}

// Words or a link: what they are is seen, and can be changed before they are kept.
function said(text, what = "") {
  app.mine.pasted = "";
  const address = linkIn(text);
  if (address) app.mine.draft = { way: "link", fields: { address, what: what || text.replace(address, "").trim() } };
  else app.mine.draft = { way: "text", fields: { words: text } };
  app.go(`add/${app.mine.draft.way}`);
}

function chosen(made, files) {
  if (files.length > 1) return together.taken(made, files.map((file) => ({ file })));
  return files.length ? taken(made, files[0]) : null;
}

// What it is, and whether the phone has room for it, is asked before anything is kept.
async function taken(made, file) {
  const { mine } = app; // of the vault that it was chosen in, whichever is open at the end
  right(made);
  let found;
  try {
    found = await typeOf(file);
    const { isEnough, left } = await vault.roomFor(file.size * GROWTH);
    if (!isEnough) return wrong(made, say("too-big", { size: megabytes(file.size), left: megabytes(left) }));
  } catch (fault) {
    return wrong(made, refusal(fault));
  }
  const { type, kind } = found;
  if (mine !== app.mine) return null;
  const before = together.isOf(mine.draft) ? {} : mine.draft?.fields;
  mine.draft = { way: "file", file, type, fields: { ...before, kind: KINDS[kind] ?? kind } };
  return app.go(GUARDED.includes(type.split("/")[0]) ? "add/guard" : "add/details");
}

function guard() {
  const made = screen("guard");
  fill(made, "name", app.mine.draft.file.name ?? "");
  doing(made, "no", () => app.go("add/details"));
  doing(made, "yes", () => app.go("add/not-stored"));
  return made;
}

// The picture is not kept: only its fingerprint, and the address that was typed.
function notStored() {
  const made = screen("not-stored");
  const field = made.querySelector("input");
  const { file, waiting, fields } = app.mine.draft;
  field.value = fields.address ?? "";
  field.addEventListener("input", () => (fields.address = field.value));
  doing(made, "keep", async () => {
    const { sha256 } = await digest(file, "");
    const where = field.value.trim();
    const words = [where, `SHA-256 ${sha256}`].filter(Boolean).join("\n");
    const { id } = await vault.addWords(app.session, "link", words, { name: say("fingerprint"), where });
    await kept(made, id, waiting);
  });
  return made;
}

async function kept(made, id, waiting) {
  if (waiting !== undefined) await write([{ store: "incoming", drop: waiting }]);
  if (!made.isConnected) return;
  app.mine.draft = null;
  tell(say("kept"));
  app.go(`item/${id}`, true);
}

// What forbids keeping what was typed: the name of a message, or "".
export function missing(way, { address = "", words = "", number = "", happened = "" }, now) {
  if (way === "link" && !linkIn(address)) return "no-address";
  if (way === "text" && !words.trim()) return "no-words";
  if (way === "call" && !number.trim()) return "no-number";
  if (happened && new Date(happened) > now) return "date-ahead";
  return "";
}

function save({ way, file, fields }, onProgress) {
  const { session } = app;
  const said = Object.fromEntries(SAID.map((name) => [name, (fields[name] ?? "").trim()]));
  said.happened_at = fields.happened ? new Date(fields.happened).toISOString() : "";
  if (way === "file") {
    said.name ||= file.name ?? "";
    if (file.lastModified) said.taken_at = new Date(file.lastModified).toISOString();
    return vault.add(session, file, { ...said, kind: fields.kind }, { onProgress });
  }
  const words = { link: fields.address, text: fields.words, call: fields.number }[way];
  return vault.addWords(session, way, words, said);
}

function details() {
  const made = screen("details");
  const { draft } = app.mine;
  // Someone who came by the button of a platform need not say where it happened; a second code tells nobody.
  if (!app.session.isDecoy) draft.fields.where ||= app.cameFrom();
  for (const field of made.querySelectorAll("[data-field]")) {
    field.hidden = !ASKS[draft.way].includes(field.dataset.field);
  }
  for (const name of FIELDS) {
    const field = made.querySelector(`#${name}`);
    if (draft.fields[name]) field.value = draft.fields[name];
    field.addEventListener("input", () => (draft.fields[name] = field.value));
  }
  if (draft.file) {
    const notes = [draft.file.name, megabytes(draft.file.size)].filter(Boolean).join(", ");
    fill(made, "about", draft.type === "image/heic" ? `${notes}. ${say("heic")}` : notes);
  }
  doing(made, "save", async () => {
    right(made);
    const lacks = missing(draft.way, draft.fields, new Date());
    if (lacks) return wrong(made, say(lacks));
    try {
      const { id } = await save(draft, (part) => {
        fill(made, "progress", say("keeping", { percent: Math.floor(part * 100) }));
      });
      await kept(made, id, draft.waiting);
    } catch (fault) {
      slot(made, "progress").hidden = true;
      wrong(made, refusal(fault, "not-kept"));
    }
  });
  return made;
}

// What another app shared: sealed at once, even locked. One that arrived empty is said.
export async function shared() {
  const { files = [], title = "", text = "", url = "" } = await app.askShared();
  const words = [title, text, url].filter(Boolean).join("\n");
  if (!files.length && !words) {
    const made = screen("shared");
    fill(made, "says", say("share-empty"));
    slot(made, "empty-help").hidden = false;
    return made;
  }
  const parts = files.length ? files : [new Blob([words], { type: "text/plain" })];
  const faults = [];
  for (const each of parts) {
    const taken = (await app.isMade()) ? vault.receive : hold;
    await taken(each).catch((fault) => faults.push(refusal(fault)));
  }
  if (!faults.length && !app.session) app.just = "share-locked";
  history.replaceState(null, "", app.session ? "#waiting" : "#");
  if (faults.length) {
    const made = screen("shared");
    fill(made, "says", faults[0]);
    return made;
  }
  return app.session ? waiting() : null;
}

// One of what came by a share: the same question and the same words as if it had been chosen here.
export async function waiting() {
  const keys = await keysOf("incoming");
  const [key] = keys;
  if (key === undefined || app.session.isDecoy) return null;
  const files = keys.length > 1 ? await filesOf(keys) : [];
  if (files.length > 1) {
    const made = screen("add");
    await together.taken(made, files);
    return made;
  }
  const { file } = await get("incoming", key);
  const { head, original } = await unpack(await open(file, app.session.identity));
  if (head.type === "text/plain" && !head.name) {
    said(await original.text());
    app.mine.draft.waiting = key;
    return details();
  }
  const made = screen("add");
  await taken(made, new File([original], head.name, { type: head.type }));
  if (app.mine.draft?.file) app.mine.draft.waiting = key;
  return made;
}

// Those of what waits that are files: words are asked about one by one.
async function filesOf(keys) {
  const found = [];
  for (const waiting of keys) {
    const { file } = await get("incoming", waiting);
    const { head, original } = await unpack(await open(file, app.session.identity));
    if (head.type !== "text/plain") found.push({ file: new File([original], head.name, { type: head.type }), waiting });
  }
  return found;
}
