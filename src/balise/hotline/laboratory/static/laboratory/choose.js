// Choose on the device, see what leaves, send. The files are read here and nowhere else: the field that
// takes them has no name, so no form can send one; the names of files are never read.
import { begins } from "../balise/ready.js";
import { isExact } from "../signals/check.js";
import { hashPictures, hashVideo } from "../signals/hashing.js";
import { hex } from "../signals/pdq.js";

const WEAK = 50; // of PDQ’s quality: below, a hash is of no use
const CLIP = /^video\//;

const form = document.getElementById("lab");
const within = (name) => form.querySelector(`[data-lab-${name}]`);
const list = within("list");
const said = document.querySelector("template[data-lab-says]").content;
const row = document.querySelector("template[data-lab-row]").content.firstElementChild;
const chosen = []; // {kind, hashed, state, share, done, all, seconds, line}
let queue = Promise.resolve();

/** Return our words, with their places filled. */
function words(name, values = {}) {
  const text = said.querySelector(`[data-say="${name}"]`).textContent.trim();
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

const isReady = (one) => one.state === "ready";
const isGood = (found) => Boolean(found) && found.quality >= WEAK;
const hashOf = ({ pdq, quality }) => ({ pdq: hex(pdq), quality });
const framesOf = (one) => (one.hashed?.frames ?? []).filter((frame) => frame[2] >= WEAK);
const countOf = (one) => (one.kind === "clip" ? framesOf(one).length : one.hashed.trimmed ? 2 : 1);
const sumOf = (some) => some.reduce((sum, one) => sum + countOf(one), 0);

/** Return what leaves: kinds, hashes, qualities and seconds; nothing else of a file. */
function prints() {
  const ready = chosen.filter(isReady);
  return ready.map((one) => (one.kind === "clip" ? { ...one.hashed, frames: framesOf(one) } : one.hashed));
}

function nameOf(one) {
  const number = chosen.filter((each) => each.kind === one.kind).indexOf(one) + 1;
  return words(one.kind, { number });
}

const NOTES = new Set(["plain", "unread", "much"]);
const LARGE = new Set(["size", "points", "seconds"]);

function draw(one) {
  const { line } = one;
  const tag = line.querySelector("[data-lab-tag]");
  const part = one.all ? words("frames", { done: one.done, all: one.all }) : one.share;
  const found = words(one.hashed?.trimmed ? "barred" : "turned");
  const note = one.kind === "clip" ? words("seconds", { seconds: one.seconds ?? "…" }) : found;
  line.querySelector("[data-lab-name]").textContent = nameOf(one);
  line.querySelector("[data-lab-note]").textContent = NOTES.has(one.state) ? words(one.state) : note;
  const states = { waits: ["note", part || words("waits")], ready: ["good", part || words("ready")] };
  const [tone, text] = states[one.state] ?? ["warn", words("review")];
  tag.className = `tag tag-${tone}`;
  tag.textContent = text;
  line.dataset.state = one.state;
  line.querySelector("[data-lab-drop]").setAttribute("aria-label", words("drop", { name: nameOf(one) }));
}

function tell() {
  chosen.forEach(draw);
  const waits = chosen.filter((one) => one.state === "waits").length;
  const ready = chosen.filter(isReady);
  const done = chosen.length - waits;
  within("progress").hidden = !chosen.length;
  form.querySelector("progress").value = chosen.length ? (100 * done) / chosen.length : 0;
  within("said").textContent = waits ? words("making", { done, all: chosen.length }) : words("made");
  within("on").disabled = within("save").disabled = within("send").disabled = waits > 0 || !ready.length;
  form.elements.prints.value = ready.length ? JSON.stringify(prints()) : "";
  const many = sumOf(ready);
  const pictures = sumOf(ready.filter((one) => one.kind === "picture"));
  within("count").textContent = many === 1 ? words("one") : words("many", { count: many });
  within("kinds").textContent = words("kinds", { pictures, frames: many - pictures });
  within("size").textContent = sizeOf(form.elements.prints.value.length);
}

function sizeOf(bytes) {
  const [amount, unit] = bytes < 1_000 ? [bytes, "byte"] : [bytes / 1_000, "kilobyte"];
  const format = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, format).format(amount);
}

function add(kind) {
  const one = { kind, state: "waits", done: 0, all: 0, share: "", line: row.cloneNode(true) };
  one.line.querySelector("[data-lab-drop]").addEventListener("click", () => drop(one));
  chosen.push(one);
  list.append(one.line);
  return one;
}

function drop(one) {
  const at = chosen.indexOf(one);
  chosen.splice(at, 1);
  one.line.remove();
  tell();
  (chosen[Math.min(at, chosen.length - 1)]?.line.querySelector("button") ?? within("files")).focus();
}

async function hash(one, file) {
  try {
    one.kind === "clip" ? await hashClip(one, file) : await hashPicture(one, file);
  } catch {
    one.state = "unread";
  }
  tell();
}

async function hashPicture(one, file) {
  const [found] = await hashPictures([file]);
  if (found.error) {
    one.state = LARGE.has(found.error) ? "much" : "unread";
    return;
  }
  const [whole, inside] = [found, found.trimmed].filter(isGood); // of one that is weak, the other alone
  one.state = whole ? "ready" : "plain";
  if (!whole) return;
  one.hashed = { kind: "picture", ...hashOf(whole), ...(inside && { trimmed: hashOf(inside) }) };
}

async function hashClip(one, file) {
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  const onProgress = (share) => {
    one.share = percent.format(share);
    if (chosen.includes(one)) draw(one);
  };
  const found = await hashVideo(file, { onProgress });
  if (found.error) {
    one.state = LARGE.has(found.error) ? "much" : "unread";
    return;
  }
  const frames = found.frames.map(({ second, pdq, quality }) => [second, hex(pdq), quality]);
  one.hashed = { kind: "clip", seconds: Math.ceil(found.seconds), frames };
  one.seconds = one.hashed.seconds;
  one.all = frames.length;
  one.done = framesOf(one).length;
  one.state = one.done ? "ready" : "plain";
}

function choose(files) {
  const most = Number(form.dataset.most);
  const room = Math.max(most - chosen.length, 0);
  const taken = [...files].slice(0, room);
  for (const file of taken) {
    const one = add(CLIP.test(file.type) ? "clip" : "picture");
    queue = queue.then(() => (chosen.includes(one) ? hash(one, file) : null)); // one at a time
  }
  tell();
  if (taken.length < files.length) within("said").textContent = words("full", { most });
}

function restore() {
  for (const one of JSON.parse(form.elements.prints.value || "[]")) {
    const frames = one.frames?.length ?? 0;
    Object.assign(add(one.kind), { hashed: one, state: "ready", done: frames, all: frames, seconds: one.seconds });
  }
  tell();
}

/** Show one of the two steps of this page; the address has it after the #, so that Back works. */
function show({ moves = true } = {}) {
  if (location.hash && location.hash !== "#leaves") return; // a link to a field with a fault
  const step = location.hash === "#leaves" && prints().length ? "leaves" : "choose";
  for (const each of form.querySelectorAll("[data-lab-step]")) each.hidden = each.dataset.labStep !== step;
  const title = document.querySelector("[data-lab-title]");
  title.textContent = words(step === "leaves" ? "title-leaves" : "title-choose");
  if (moves) title.focus();
}

/** Send what the form says; without a network, say that it did not leave and keep the page. */
async function send(event) {
  event.preventDefault();
  const { submitter } = event;
  const lost = within("lost");
  lost.replaceChildren();
  submitter.disabled = true;
  const given = new FormData(form);
  given.append(submitter.name, submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(given) });
    if (answer.redirected) location.assign(answer.url);
    else again(submitter);
  } catch {
    lost.append(document.querySelector("template[data-lab-lost-words]").content.cloneNode(true));
  }
  submitter.disabled = false;
}

/** Let the browser send the same once more and draw what we ask: the ticket makes it the same sending. */
function again(submitter) {
  form.removeEventListener("submit", send);
  submitter.disabled = false;
  form.requestSubmit(submitter);
}

async function begin() {
  document.querySelector("[data-lab-unable]").hidden = true;
  form.hidden = false;
  within("files").addEventListener("change", ({ target }) => {
    choose(target.files);
    target.value = "";
  });
  within("on").addEventListener("click", () => (location.hash = "leaves"));
  within("back").addEventListener("click", () => history.back());
  addEventListener("hashchange", () => show());
  form.addEventListener("submit", send);
  restore();
  const wrong = form.querySelector("[data-summary]");
  if (wrong) history.replaceState(null, "", "#leaves");
  show({ moves: false });
  wrong?.focus();
  const exact = await isExact().catch(() => false);
  for (const each of form.querySelectorAll("[data-lab-check]")) {
    each.hidden = each.dataset.labCheck !== (exact ? "exact" : "changed");
  }
  within("files").disabled = !exact;
  form.dataset.ready = exact ? "exact" : "changed";
}

begins(begin());
