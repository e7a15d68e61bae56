// Declare a workshop in two steps, also without a network; what waits is sent once it is there.
import { all, drop, keep, newKey, send, structure } from "./waiting.js";

const page = document.querySelector("[data-workshop]");
const form = page.querySelector("form");
const list = page.querySelector("[data-list]");
const done = page.querySelector("[data-done]");
const { worker, address } = page.dataset;
const SHELL = "workshop-page"; // leaving drops it
const AGAIN = 30_000;
const later = new Map(); // by key: what became of those that were sent from this page

const part = (name, within = page) => within.querySelector(`[data-${name}]`);
const field = (name) => form.elements.namedItem(name);
const value = (name) => field(name)?.value ?? "";
const heads = () => [...form.querySelectorAll("[data-heads] input")];
const total = () => heads().reduce((sum, input) => sum + (Number(input.value) || 0), 0);

function count() {
  part("total").textContent = total();
}

function step(number, { quiet = false } = {}) {
  form.hidden = false;
  done.hidden = true;
  form.querySelectorAll("[data-step]").forEach((each) => (each.hidden = each.dataset.step !== `${number}`));
  if (quiet) return;
  scrollTo(0, 0);
  form.querySelector(`[data-step="${number}"] h2`).focus({ preventScroll: true });
}

function known() {
  const ours = structure();
  const code = field("structure");
  if (!ours) return;
  if (!code.value) code.value = ours.code;
  if (code.value !== ours.code) return; // another is being typed
  part("ours").hidden = !ours.name;
  part("ours-name").textContent = ours.name ?? "";
  part("code").hidden = Boolean(ours.name);
}

// "en" alone is American: a month before its day.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

function words(fields) {
  const people = heads().reduce((sum, input) => sum + (Number(fields[input.name]) || 0), 0);
  const kit = [...field("kit").options].find((option) => option.value === fields.kit);
  const day = new Date(`${fields.day}T12:00`);
  const shown = Number.isNaN(day.valueOf())
    ? fields.day
    : day.toLocaleDateString(language, { day: "numeric", month: "long" });
  const picked = (name) => form.querySelector(`[name="${name}"][value="${CSS.escape(fields[name] ?? "")}"]`);
  const label = (name) => picked(name)?.labels[0]?.textContent.trim() ?? "";
  return { people, kit: fields.kit ? (kit?.textContent ?? "") : "", more: [shown, label("setting"), label("method")] };
}

// Whether the house answers. What the browser says of the network is a guess; the worker leaves
// this address alone.
let isThere = navigator.onLine;
async function reach() {
  try {
    isThere = (await fetch(address, { redirect: "error" })).status === 200;
  } catch {
    isThere = false;
  }
  draw();
  return isThere;
}

function draw() {
  const waits = all();
  const shown = [...waits, ...[...later.values()].filter((one) => one.state === "sent")];
  list.replaceChildren(
    ...shown.map((one) => {
      const row = part("row").content.cloneNode(true).firstElementChild;
      const { people, kit, more } = words(one.fields);
      const state = one.state ?? "waiting";
      part("people", row).textContent = people;
      part("of-kit", row).textContent = kit ? `, ${kit}` : "";
      part("more", row).textContent = more.filter(Boolean).join(" · ");
      row.querySelectorAll("[data-is]").forEach((each) => (each.hidden = each.dataset.is !== state));
      part("why", row).replaceChildren(
        ...(one.why ?? []).map((line) => Object.assign(document.createElement("p"), { textContent: line })),
      );
      const change = part("change", row);
      change.hidden = state === "sent";
      change.addEventListener("click", () => fill(one));
      return row;
    }),
  );
  part("left").hidden = !waits.length;
  part("list-title").hidden = !shown.length;
  page.querySelectorAll("[data-offline]").forEach((each) => (each.hidden = isThere));
}

// Take one back into the form, to correct it: it keeps its key.
function fill(one) {
  form.reset();
  for (const [name, said] of Object.entries(one.fields)) {
    const found = field(name);
    if (!found) continue;
    if (found instanceof RadioNodeList || found.type !== "checkbox") found.value = said;
    else found.checked = true;
  }
  field("key").value = one.key;
  count();
  step(1);
}

let sending = null;
async function sendAll() {
  if (!(await reach())) return;
  for (const one of all()) {
    if (one.state === "refused") continue;
    const said = await send(one, address);
    if (!all().some((each) => each.key === one.key)) continue; // taken back meanwhile
    if (said.state === "sent") {
      drop(one.key);
      structure({ code: one.fields.structure, name: said.structure });
      known();
      const late = one.again && !said.is_new ? [page.dataset.late] : [];
      later.set(one.key, { ...one, state: "sent", why: [said.says, ...late].filter(Boolean) });
    } else if (said.state === "refused") {
      const why = said.faults.map((each) => [each.label, ...each.says].filter(Boolean).join(" : "));
      keep({ ...one, state: "refused", why });
    }
    draw();
  }
}

const begin = () => {
  sending ??= sendAll().finally(() => (sending = null));
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!total()) {
    part("nobody").hidden = false;
    step(1);
    return;
  }
  const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const before = all().find((each) => each.key === fields.key);
  const one = { key: fields.key, fields, state: "waiting", again: Boolean(before) };
  if (!keep(one)) {
    part("full").hidden = false; // the page says it, and the form stays as it is
    return;
  }
  structure({ code: fields.structure, ...(structure()?.code === fields.structure ? structure() : {}) });
  form.hidden = true;
  done.hidden = false;
  part("done-title").focus();
  draw();
  begin();
});

form.addEventListener("input", () => {
  part("nobody").hidden = true;
  count();
});
part("next").addEventListener("click", () => {
  const asked = [...form.querySelectorAll('[data-step="1"] :is(input, select)')];
  if (asked.every((input) => input.reportValidity())) {
    if (total()) step(2);
    else part("nobody").hidden = false;
  }
});
part("back").addEventListener("click", () => step(1));
part("other").addEventListener("click", () => {
  form.reset();
  field("key").value = newKey();
  known();
  count();
  step(1);
});
part("not-ours").addEventListener("click", () => {
  part("ours").hidden = true;
  part("code").hidden = false;
  field("structure").value = "";
  field("structure").focus();
});

form.querySelectorAll("[data-heads] [data-by]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const input = button.parentElement.querySelector("input");
    input.value = Math.min(Math.max((Number(input.value) || 0) + Number(button.dataset.by), 0), Number(input.max));
    count();
  });
});

// The address of a kit's QR code, and of a structure's link, which no server is told: `#code`.
function read() {
  const kit = new URLSearchParams(location.search).get("kit");
  const options = [...field("kit").options].map((option) => option.value);
  if (kit && !options.includes(kit)) field("kit").add(new Option(page.dataset.otherKit, kit));
  if (kit) field("kit").value = kit;
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) {
    structure({ code });
    field("structure").value = code;
    history.replaceState(null, "", location.pathname + location.search);
  }
}

// Keep a copy of this page, so that it opens without a network; the worker answers with it.
async function copy() {
  const files = [...document.querySelectorAll("link[href][rel~=stylesheet], link[rel~=icon], link[rel~=preload]")]
    .map((link) => link.href)
    .concat([...document.querySelectorAll("script[src]")].map((script) => script.src), new URL("./waiting.js", import.meta.url).href);
  const plain = await fetch(location.pathname, { redirect: "error" });
  if (!plain.ok) return;
  const kept = await caches.open(SHELL);
  await kept.put(location.pathname, plain);
  await Promise.allSettled(files.map(async (file) => kept.put(file, await fetch(file))));
  page.dataset.ready = "";
}

async function worksOffline() {
  const policy = globalThis.trustedTypes?.createPolicy("balise", {
    createScriptURL: (url) => (url === worker ? url : ""),
  });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker);
  await navigator.serviceWorker.ready;
  if (await reach()) await copy();
}

form.noValidate = false;
page.querySelectorAll("[data-with]").forEach((each) => (each.hidden = false));
page.querySelectorAll("[data-without]").forEach((each) => (each.hidden = true));
if (page.dataset.bound === undefined) field("key").value = newKey();
read();
known();
count();
step(1, { quiet: true });
draw();
begin();
addEventListener("online", begin);
addEventListener("offline", () => {
  isThere = false;
  draw();
});
document.addEventListener("visibilitychange", () => document.hidden || begin());
setInterval(() => all().some((one) => one.state !== "refused") && begin(), AGAIN);
if ("serviceWorker" in navigator) worksOffline().catch(() => {});
