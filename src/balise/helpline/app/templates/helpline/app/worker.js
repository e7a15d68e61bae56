// The worker of an origin: the app's own, or the public door. It answers with the signed release of the app, and with
// nothing else: chats, reports and pages of staff are never saved. Decision 69 says what it checks.
const PLAIN = "{{ centre.quick_exit|escapejs }}";
const COOKIE = "{{ cookie }}";
const AWAY = {{ seconds }} * 1000;
const DOORS = [{% for door in doors %}"{{ door }}", {% endfor %}];
const MOVED = "{{ moved|escapejs }}"; // where the app is, if not here: a vault of before may lie here still
const STATE = "release-state";
const LIST = "/app/release.json";
const SHARED = "/app/shared/";
const TYPES = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  woff2: "font/woff2",
};
const LATER = /\.webmanifest$|\/app\/looks\/.*\.png$/; // asked for when the app is installed
const APP = /^\/[a-z]{2}\/app\/(?!vault\/|offline\/|lost\/|button\/)/;
let until = null; // when the mark of leaving ends
let shared = null; // what was shared, until the vault asks
let renewing = Promise.resolve();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// --- What is remembered: the release, the pinned key, the mark of leaving, what was refused ---
async function get(name) {
  const found = await (await caches.open(STATE)).match(`/${name}`);
  return found ? found.json() : null;
}
async function set(name, value) {
  const state = await caches.open(STATE);
  if (value === null) return state.delete(`/${name}`);
  return state.put(`/${name}`, new Response(JSON.stringify(value)));
}
async function leave() {
  until = Date.now() + AWAY;
  shared = null;
  await set("away", until);
}
async function isAway() {
  until ??= (await get("away")) ?? 0;
  const left = until - Date.now();
  if (left > 0 && left <= AWAY) return true;
  const cookie = await self.cookieStore?.get(COOKIE).catch(() => null);
  return cookie?.value === "1";
}

// --- A release is checked whole, then takes the place of the old one ---
const octets = (text) => Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(found, (octet) => octet.toString(16).padStart(2, "0")).join("");
}
async function holds(bytes, signature, key) {
  try {
    const kind = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const known = await crypto.subtle.importKey("spki", octets(key), kind, false, ["verify"]);
    return await crypto.subtle.verify(kind, known, octets(signature), bytes);
  } catch {
    return false;
  }
}
const asked = (path) => fetch(path, { cache: "no-store", credentials: "omit", redirect: "error" });

class Refused extends Error {}

// The bytes that are listed, with headers that are signed too: a server cannot loosen them.
async function checked(file, release) {
  const isPage = !file.path.startsWith("/static/");
  const options = { credentials: "omit", redirect: "error", cache: isPage ? "no-store" : "default" };
  const answer = await fetch(file.path, options);
  if (!answer.ok) throw answer.status === 404 ? new Refused("file") : new Error(`${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if ((await digest(bytes)) !== file.sha256) throw new Refused("file");
  const kind = TYPES[file.path.split(".").pop()];
  const headers = isPage ? { ...release.headers, ...file.headers } : { ...release.headers, "Content-Type": kind };
  return new Response(bytes, { headers });
}
const nameOf = (version) => `release-${version}`;
const listOf = async (version) => (await (await caches.open(nameOf(version))).match(LIST))?.json();

// What a device keeps: the pages of its language and what they need, the vault's too, for when there is no network.
function wanted(release, { language }) {
  return release.files.filter(({ path }) => {
    const [, first] = path.split("/");
    return path !== "/worker.js" && !LATER.test(path) && ["static", language].includes(first);
  });
}
async function isTalking() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.some(({ url }) => /^\/[a-z]{2}\/talk\//.test(new URL(url).pathname));
}
async function renew(how) {
  const answers = await Promise.all([LIST, "/app/release.sig", "/app/release.key"].map(asked));
  if (answers.some(({ ok }) => !ok)) return; // nothing signed is offered
  const [list, signature, offered] = await Promise.all([answers[0].arrayBuffer(), answers[1].text(), answers[2].text()]);
  const key = (await get("pin")) ?? offered;
  if (!(await holds(list, signature, key))) throw new Refused("key");
  const release = JSON.parse(new TextDecoder().decode(list));
  const current = await get("current");
  if (current && Date.parse(release.made_at) < Date.parse(current.made_at)) throw new Refused("old");
  const script = release.files.find(({ path }) => path === "/worker.js");
  if (!script) throw new Refused("file");
  await checked(script, release);
  const isNew = current?.version !== release.version;
  try {
    const into = await caches.open(nameOf(release.version));
    const had = new Set((await into.keys()).map(({ url }) => new URL(url).pathname));
    const rest = wanted(release, how).filter(({ path }) => !had.has(path));
    while (rest.length) {
      await Promise.all(rest.splice(0, 6).map(async (file) => into.put(file.path, await checked(file, release))));
    }
    await into.put(LIST, new Response(list));
  } catch (error) {
    if (isNew && error instanceof Refused) await caches.delete(nameOf(release.version));
    throw error;
  }
  if (isNew && current && (await isTalking())) return; // it waits, checked, until the chat is over
  await set("pin", key);
  if (!isNew) return;
  await set("current", { version: release.version, made_at: release.made_at, previous: current?.version ?? "" });
  const stays = [STATE, nameOf(release.version), nameOf(current?.version)];
  for (const name of await caches.keys()) {
    if (name.startsWith("release-") && !stays.includes(name)) await caches.delete(name);
  }
}
function look(how) {
  renewing = renewing
    .then(() => renew(how))
    .then(() => set("refused", null))
    .catch(async (error) => {
      if (error instanceof Refused) await set("refused", error.message);
    });
  return renewing;
}
async function told() {
  const [current, pin, refused] = await Promise.all(["current", "pin", "refused"].map(get));
  const key = pin ? (await digest(octets(pin))).slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ") : "";
  return { version: current?.version ?? "", key, refused };
}

// --- What is answered ---
async function kept(path) {
  const current = await get("current");
  for (const version of [current?.version, current?.previous].filter(Boolean)) {
    const found = await (await caches.open(nameOf(version))).match(path);
    if (found) return found;
  }
  const release = current && (await listOf(current.version));
  const file = release?.files.find((each) => each.path === path && path !== "/worker.js");
  if (!file) return null;
  const fetched = await checked(file, release);
  await (await caches.open(nameOf(current.version))).put(path, fetched.clone());
  return fetched;
}
async function offline(path) {
  const language = /^\/([a-z]{2})\//.exec(path)?.[1] ?? (await get("language")) ?? "fr";
  if (path === "/") return Response.redirect(`/${language}/app/`, 303);
  for (const each of [language, await get("language")]) {
    const found = await kept(`/${each}/app/offline/`).catch(() => null);
    if (found) return found;
  }
  return Response.error();
}
async function open(request, { pathname: path, search }) {
  if (path === "/") {
    until = 0;
    await set("away", null);
  } else if (path !== "/exit/" && (await isAway())) {
    return Response.redirect(PLAIN, 303);
  }
  if (MOVED && request.method === "GET" && APP.test(path)) return Response.redirect(MOVED + path + search, 303);
  if (request.method === "POST" && path === SHARED) return share(request);
  try {
    return (request.method === "GET" && (await kept(path))) || (await fetch(request));
  } catch (error) {
    if (error instanceof Refused) await set("refused", error.message);
    if (path !== "/exit/") return offline(path);
    await leave();
    return Response.redirect(PLAIN, 303);
  }
}
async function file(request, path) {
  return (await kept(path)) ?? fetch(request);
}
// What another app shares stays in memory until the vault asks: it is never sent. It may be empty.
async function share(request) {
  try {
    const form = await request.formData();
    const files = form.getAll("files").filter((each) => each instanceof File && (each.size || each.name));
    const [title, text, url] = ["title", "text", "url"].map((name) => form.get(name) ?? "");
    shared = files.length || text || url ? { files, title, text, url } : { empty: true };
  } catch {
    shared = { empty: true };
  }
  return Response.redirect(`/${(await get("language")) ?? "fr"}/app/vault/#shared`, 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const { origin, pathname } = url;
  if (origin !== location.origin || DOORS.some((door) => pathname.startsWith(door))) return;
  if (request.mode === "navigate") event.respondWith(open(request, url));
  else if (request.method === "POST" && pathname === "/exit/") event.waitUntil(leave());
  else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(file(request, pathname));
});

self.addEventListener("message", (event) => {
  const { ask, language } = event.data ?? {};
  const [port] = event.ports;
  async function answer() {
    if (ask === "leave") return leave();
    if (ask === "shared") {
      port.postMessage(shared ?? { empty: true });
      shared = null;
      return null;
    }
    if (ask === "release") {
      await set("language", language);
      await look({ language });
    }
    return port?.postMessage(await told());
  }
  event.waitUntil(answer());
});
