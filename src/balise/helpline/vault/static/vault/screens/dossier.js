// The file for a complaint, made on this device: the layout is that of `rules/layout.py`, so that
// `balise evidence verify`, openssl, sha256sum and its own page all check it.
import { sha256 } from "../age.js";
import { hex, unhex, utf8 } from "../bytes.js";
import { entryBytes } from "../chain.js";
import { Refused } from "../refused.js";
import * as vault from "../vault.js";
import { contents } from "./contents.js";
import { dated, record } from "./stamps.js";
import { zipped } from "./zip.js";

const EXTENSIONS = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/webp": ".webp",
  "image/heic": ".heic",
  "image/gif": ".gif",
  "audio/mpeg": ".mp3",
  "audio/mp4": ".m4a",
  "audio/ogg": ".ogg",
  "video/mp4": ".mp4",
  "video/webm": ".webm",
  "video/quicktime": ".mov",
  "application/pdf": ".pdf",
  "text/plain": ".txt",
};
const SHIPPED = ["verify.html", "README.txt", "LISEZMOI.txt"];
const SAID = ["kind", "type", "bytes", "sha256", "salt", "parent", "taken_at", "happened_at", "who", "what", "where"];

const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function hashOf(blob) {
  const made = sha256.create();
  const reader = blob.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return hex(made.digest());
    made.update(value);
  }
}

// Return the dossier of some items as a Blob, in the order in which they are named. `shipped` are the addresses of the
// files that are the same in each. Refuses put-back {head} where one is not as it was left, and broken {head}.
export async function dossier(session, ids, shipped, progress = () => {}) {
  const all = new Map((await vault.list(session)).map((each) => [each.id, each]));
  const items = ids.map((id) => all.get(id)).filter(Boolean);
  const back = items.find(({ fault }) => fault);
  if (back) throw new Refused("put-back", back);
  await vault.note(session, "exported", ...items.map(({ id }) => id));
  const stamps = await record(session);
  const log = await vault.log(session);
  const { n, hash } = await vault.end(session); // that of a log that was cut: then the dossier says so itself
  const files = new Map();
  const told = [];
  const rows = [];
  for (const [nth, item] of items.entries()) {
    const { head, original } = await vault.original(session, item.id);
    const name = `items/${String(nth + 1).padStart(2, "0")}-${item.id}${EXTENSIONS[head.type] ?? ".bin"}`;
    files.set(name, original);
    const said = Object.fromEntries(SAID.map((key) => [key, head[key]]));
    const times = dated(item, stamps);
    if (item.token) {
      files.set(`stamps/${item.id}.tsr`, new Blob([octets(item.token)]));
      files.set(`stamps/${item.id}.commitment`, new Blob([unhex(item.commitment)]));
    }
    const stamp = item.token ? `stamps/${item.id}.tsr` : "";
    const { id, commitment, added } = item;
    rows.push({ head, file: name, added, stamped_at: times.stamped_at });
    told.push({ ...said, id, file: name, name: head.name, commitment, added_at: added, stamp, ...times });
    progress((nth + 1) / (items.length + 1));
  }
  const manifest = {
    v: 1,
    made_by: "device",
    made_at: new Date().toISOString(),
    items: told,
    log: { entries: n, head: hash },
  };
  files.set("manifest.json", new Blob([JSON.stringify(manifest, null, 2), "\n"]));
  files.set("contents.html", contents(rows, all.size));
  files.set("log.jsonl", new Blob(log.flatMap(({ entry }) => [entryBytes(entry), "\n"])));
  if (stamps.roots) files.set("certificates/roots.pem", new Blob([stamps.roots]));
  for (const [nth, name] of SHIPPED.entries()) files.set(name, await (await fetch(shipped[nth])).blob());
  const names = [...files.keys()].sort();
  const hashes = [];
  for (const name of names) hashes.push(`${await hashOf(files.get(name))}  ${name}\n`);
  files.set("hashes.sha256", new Blob([utf8(hashes.join(""))]));
  const at = new Date();
  return zipped([...names, "hashes.sha256"].map((name) => ({ name, blob: files.get(name), at })));
}
