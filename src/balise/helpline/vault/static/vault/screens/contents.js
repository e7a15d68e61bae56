// The table of contents of a dossier, for people: what happened in order, when, who, where, and what checks it. It has
// no script, and nothing of it is asked of a network.
import { moment, say } from "./draw.js";
import { called } from "./items.js";

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
li{margin-block:1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.3rem 0}dt{color:#555}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}`;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";
const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const plain = (text) => String(text).replace(/[&<>"]/g, (mark) => MARKS[mark]);
const element = (tag, text) => `<${tag}>${plain(text)}</${tag}>`;

// Return the page as a Blob. Each row is {head, file, added, stamped_at}; `total` is how many items there are in all.
export function contents(rows, total) {
  const made = say("contents-made", { when: moment(new Date()), count: rows.length, total });
  return new Blob([
    `<!doctype html>\n<html lang="${plain(document.documentElement.lang)}"><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<meta name="viewport" content="width=device-width">${element("title", say("contents"))}<style>${STYLE}</style>\n`,
    `${element("h1", say("contents"))}\n${element("p", made)}\n<ol>\n`,
    ...rows.map(rowOf),
    `</ol>\n${element("h2", say("contents-check"))}\n${element("p", say("contents-how"))}\n</html>\n`,
  ]);
}

function rowOf({ head, file, added, stamped_at }) {
  const facts = [
    [say("told-happened"), head.happened_at && moment(head.happened_at)],
    [say("told-who"), head.who],
    [say("told-where"), head.where],
    [say("told-what"), head.what],
    [say("contents-taken"), head.taken_at && moment(head.taken_at)],
    [say("contents-kept"), moment(added)],
    [say("contents-dated"), stamped_at ? moment(stamped_at) : say("no-stamp")],
    ["SHA-256", head.sha256],
  ].filter(([, value]) => value);
  const told = facts.map(([label, value]) => element("dt", label) + element("dd", value)).join("\n");
  return `<li><a href="${plain(file)}">${plain(called(head))}</a>\n<dl>\n${told}\n</dl></li>\n`;
}
