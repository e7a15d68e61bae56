// What the journeys of the vault's library do in a page; `test_the_vault_keeps.py` reads the answers.
const [keys, words, vault, store, backup, sealing, opened, bytes] = await Promise.all(
  ["keys", "words", "vault", "store", "backup", "sealing", "session", "bytes"].map((each) => import(`/static/vault/${each}.js`)),
);
export { backup, base64, keys, sealing, store, vault, words };

export const png = (count = 2000, name = "a.png") =>
  new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), new Uint8Array(count).fill(7)], name);
export const refusal = (promise) => promise.then(() => "done", (error) => error.code ?? String(error));
export async function made(pin = "274951") {
  const said = await words.newWords("fr");
  return { said, open: await keys.create({ pin, words: said, typedBack: said.join(" ") }) };
}
const record = () => store.get("keys", "vault");
const change = async (changes) =>
  store.write([{ store: "keys", key: "vault", put: { ...(await record()), ...changes } }]);
async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

export async function keepsAndOpens() {
  const { said, open } = await made();
  const twice = await refusal(keys.create({ pin: "274951", words: said, typedBack: said.join(" ") }));
  const item = await vault.add(open, png(), { what: "On se moque de moi.", kind: "screenshot" });
  await vault.redact(open, item.id, png(100));
  await vault.addWords(open, "link", "https://platform.example/post/1");
  keys.lock();
  const locked = [open.identity, open.isOpen, keys.session(), await refusal(vault.add(open, png()))];
  const again = await keys.unlock("274951");
  const read = await vault.original(again, item.id);
  await vault.stamped(again, item.id, "dG9rZW4=");
  await vault.remove(again, item.id);
  return {
    twice, locked, head: read.head, same: (await base64(read.original)) === (await base64(png())),
    left: (await vault.list(again)).map(({ head }) => head.kind),
    log: (await vault.log(again)).map(({ entry }) => entry.kind),
    files: (await store.keys("files")).length, broken: await refusal(vault.original(again, item.id)),
  };
}

// Files that lie under another item's row, are gone, or were sealed by somebody to the public half of the device.
export async function swapped() {
  const { open } = await made();
  const [one, other] = [await vault.add(open, png()), await vault.add(open, png(100))];
  const files = await Promise.all([one, other].map(({ id }) => store.get("files", id)));
  const { pack } = await import("/static/vault/items.js");
  const forged = await sealing.seal(pack(one.head, png(101)), [open.recipient]);
  const heard = [];
  for (const put of [files[1], forged, undefined]) {
    await store.write([put ? { store: "files", put, key: one.id } : { store: "files", drop: one.id }]);
    for (const leaves of [vault.original, vault.shareable, vault.linkable]) {
      const fault = await leaves(open, one.id, open.recovery).catch((refused) => refused);
      heard.push(`${fault.code} ${fault.details?.head?.id === one.id}`);
    }
  }
  await store.write([{ store: "files", put: files[0], key: one.id }]);
  return { heard, now: await refusal(vault.shareable(open, one.id, open.recovery)) };
}

// As a script would ask that has no open vault: is this the code?
export async function secondAsked() {
  const { open } = await made();
  const { slot } = open;
  keys.lock();
  const before = JSON.stringify((await record()).slots.map(({ iv }) => [...iv]));
  const heard = [];
  for (const identity of [undefined, "", words.pairOf(bytes.random(32)).identity]) {
    for (const pin of ["274951", "830264", null]) {
      for (const place of [slot, 1 - slot]) heard.push(await refusal(sealing.job("second", { slot: place, pin, identity })));
    }
  }
  return { heard, same: before === JSON.stringify((await record()).slots.map(({ iv }) => [...iv])) };
}

export async function refusesToBegin() {
  const [one, other] = [await words.newWords("fr"), await words.newWords("fr")];
  const create = (pin, typed) => refusal(keys.create({ pin, words: one, typedBack: typed.join(" ") }));
  return [
    await create("27495", one), await create("000000", one), await create("123456", one),
    await create("987654", one), await create("274951", other), (await keys.state()).exists,
  ];
}

export async function tenTries() {
  const { said, open } = await made();
  const item = await vault.add(open, png());
  keys.lock();
  const heard = [];
  for (let nth = 0; nth < 10; nth++) heard.push(await refusal(keys.unlock(`83026${nth}`)));
  const right = await refusal(keys.unlock("274951"));
  const state = await keys.state();
  const strangers = await refusal(keys.unlockByWords((await words.newWords("fr")).join(" "), "830264"));
  const near = await sealing.nearestWords(said.with(3, said[4]).join(" "), state.recovery);
  const again = await keys.unlockByWords(said.join(" ").toUpperCase(), "830264");
  const { original } = await vault.original(again, item.id);
  keys.lock();
  const old = await refusal(keys.unlock("274951"));
  const now = await refusal(keys.unlock("830264"));
  return { heard, right, needs: state.needsWords, strangers, near: [near?.at, near?.word === said[3]],
           size: original.size, old, now, left: (await keys.state()).left };
}

export async function stolen(given) {
  await made();
  keys.lock();
  const kept = await record();
  const out = await Promise.all(["raw", "jwk"].map((format) =>
    crypto.subtle.exportKey(format, kept.device).then(() => "given", (error) => error.name)));
  // What leaves a browser is data: the key is none. With the right PIN and any other key, nothing.
  const copied = JSON.stringify(kept.device);
  await change({ device: await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]) });
  const elsewhere = await refusal(keys.unlock("274951"));
  await change({ device: kept.device });
  return { out, copied, elsewhere, here: await refusal(keys.unlock("274951")) };
}

export async function weakened() {
  await made();
  keys.lock();
  const kept = await record();
  const heard = [];
  const less = [{ memory: 8 }, { memory: 19_455 }, { memory: "19456" }, { memory: 1e9 }, { passes: 1 }, { lanes: 0 }, { version: 16 }];
  const salts = [{ salt: undefined }, { salt: kept.kdf.salt.slice(1) }];
  for (const kdf of [...less, ...salts, { name: "Argon2d" }, { name: "none" }, { name: "PBKDF2-SHA-256", rounds: 600_000 }]) {
    await change({ kdf: { ...kept.kdf, ...kdf } });
    heard.push(await refusal(keys.unlock("274951")), await refusal(keys.changePin("274951", "830264")));
  }
  await change({ kdf: kept.kdf, old: { name: "PBKDF2-SHA-256", rounds: 599_999, salt: kept.kdf.salt } });
  heard.push(await refusal(keys.unlock("274951")));
  await change({ old: undefined });
  await change({ kdf: undefined });
  heard.push(await refusal(keys.unlock("274951")));
  const open = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);
  await change({ kdf: kept.kdf, device: open });
  heard.push(await refusal(keys.unlock("274951")));
  const left = (await keys.state()).left;
  await change({ device: kept.device, left: 999 });
  heard.push(await refusal(keys.unlock("274951")));
  await change({ left });
  return { heard, left, now: await refusal(keys.unlock("274951")) };
}

// A vault as it was made before Argon2id, with what its codes had then.
const BEFORE = { name: "PBKDF2-SHA-256", rounds: 600_000 };
async function keyBefore(kdf, device, pin) {
  const typed = await crypto.subtle.importKey("raw", bytes.utf8(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: kdf.salt, iterations: kdf.rounds };
  const stretched = new Uint8Array(await crypto.subtle.deriveBits(how, typed, 256));
  const mixed = await crypto.subtle.sign("HMAC", device, bytes.joined(bytes.utf8("balise vault pin 1"), stretched));
  const from = await crypto.subtle.importKey("raw", mixed, "HKDF", false, ["deriveKey"]);
  const last = { name: "HKDF", hash: "SHA-256", salt: kdf.salt, info: bytes.utf8("balise vault slot 1") };
  return crypto.subtle.deriveKey(last, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
/** Return the words of such a vault, which has no row of what it held last either. */
export async function madeBefore(pin, other = null, rounds = BEFORE.rounds) {
  const said = await words.newWords("fr");
  const { recipient: recovery, locator, auth } = await words.recoveryKey(await words.readWords(said.join(" ")));
  const secret = bytes.random(32);
  const payload = opened.payloadOf({ secret, recovery, locator, auth, isBound: false });
  const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const kdf = { ...BEFORE, rounds, salt: bytes.random(16) };
  const slot = async (code, content) => {
    const iv = bytes.random(12);
    if (code === null) return { iv, sealed: bytes.random(opened.PAYLOAD + 16) };
    const key = await keyBefore(kdf, device, code);
    return { iv, sealed: new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, content)) };
  };
  const slots = [await slot(pin, payload), await slot(other, opened.decoyPayload())];
  const escrow = await sealing.seal(new Blob([payload, Uint8Array.of(0)]), [recovery]);
  const { recipient } = words.pairOf(secret);
  const put = { v: 1, kdf, device, slots, left: 10, recipient, recovery, escrow };
  await store.write([{ store: "keys", key: "vault", put }]);
  return said;
}
const shapeOf = async () => JSON.stringify(await record(), (_name, value) => (value instanceof Uint8Array ? value.length : value));

export async function raised(given) {
  const [pin, other, isByWords] = given;
  const said = await madeBefore(pin, other);
  const wrong = await refusal(keys.unlock("806135"));
  const untouched = (await record()).v;
  const first = isByWords ? await keys.unlockByWords(said.join(" "), "592837") : await keys.unlock(pin);
  const item = await vault.add(first, png());
  keys.lock();
  const { v, kdf, old, slots, left } = await record();
  const after = await shapeOf();
  const second = other && (await keys.unlock(other));
  const empty = second && [second.isDecoy, (await vault.list(second)).length];
  keys.lock();
  const both = await record();
  const lasting = await shapeOf();
  const again = await keys.unlock(isByWords ? "592837" : pin);
  return {
    wrong, untouched, v, name: kdf.name, kept: old?.name, left, empty, same: after === lasting, shape: lasting,
    moved: both.slots.map(({ iv }, nth) => String(iv) !== String(slots[nth].iv)),
    found: (await vault.list(again)).map(({ id }) => id === item.id), gone: isByWords && (await refusal(keys.unlock(pin))),
  };
}

export async function weakBefore() {
  await madeBefore("123456", null, 599_999);
  return [await refusal(keys.unlock("123456")), (await keys.state()).left];
}

// As a script that is not ours would: no lock, no page of the vault, many at once.
export async function races(wrong) {
  Object.defineProperty(navigator, "locks", { value: undefined });
  const slots = await import("/static/vault/slots.js");
  const asked = wrong.map((pin) => slots.attempt({ pin }).then(() => "open", ({ code, details }) => `${code} ${details.left ?? ""}`));
  return Promise.all(asked);
}

export async function decoy() {
  const { open } = await made();
  await vault.add(open, png());
  const length = (_name, value) => (value instanceof Uint8Array ? value.length : value);
  const shape = async () => JSON.stringify(await record(), length);
  const before = await shape();
  await keys.setDecoy(open, "830264");
  const after = await shape();
  const taken = [await refusal(keys.setDecoy(open, "274951")), await refusal(keys.changePin("274951", "830264"))];
  keys.lock();
  await refusal(keys.unlock("111222"));
  const decoy = await keys.unlock("830264");
  const seen = [await vault.list(decoy), await vault.log(decoy), (await keys.state()).left];
  await vault.add(decoy, png());
  await keys.setDecoy(decoy, "592837");
  const inside = (await vault.list(decoy)).length;
  keys.lock();
  const whole = await keys.unlock("274951");
  const mine = [(await vault.list(whole)).length, (await vault.log(whole)).length, (await keys.state()).left];
  await keys.setDecoy(whole, null);
  keys.lock();
  return { same: before === after, taken, seen, inside, mine, gone: await refusal(keys.unlock("830264")) };
}

// Each field of the page's state is given words of the true vault; those that are still there after a lock
// are named, and those that a second code finds. The functions, and what no vault has a say in, are left.
const WORDS = "ce que le vrai coffre garde";
const OF_THE_PAGE = ["refused"];
const shows = (value) =>
  JSON.stringify(value ?? null, (_, each) => (each instanceof Set ? [...each] : each))?.includes(WORDS) ?? false;
const fill = (state, but) => {
  const names = Object.keys(state).filter((name) => typeof state[name] !== "function" && !but.includes(name));
  for (const name of names) state[name] = { words: WORDS };
  return names;
};
const found = (app) => [
  ...Object.keys(app).filter((name) => !OF_THE_PAGE.includes(name) && shows(app[name])),
  ...Object.keys(app.mine).filter((name) => shows(app.mine[name])),
];

export async function nothingStays() {
  const { app } = await import("/static/vault/screens/app.js");
  const { open } = await made();
  await keys.setDecoy(open, "830264");
  await app.begin();
  await app.opened(open);
  const mine = fill(app.mine, ["asked", "draft", "of", "place"]);
  app.mine.asked = { chosen: new Set([WORDS]), code: WORDS };
  app.mine.draft = { way: "file", file: new File([WORDS], `${WORDS}.txt`), fields: { what: WORDS } };
  const rest = fill(app, ["session", "list", "mine", ...OF_THE_PAGE]);
  location.hash = "item/4f2a";
  app.undrawn = null;
  app.lock();
  const locked = { found: found(app), place: location.hash, list: app.list, state: history.state };
  await app.opened(await keys.unlock("830264"));
  const decoy = { found: found(app), place: location.hash, draft: app.mine.draft };
  app.mine.draft = { way: "text", fields: { words: "le leurre" } };
  app.lock();
  await app.opened(await keys.unlock("274951"));
  const { draft, asked } = app.mine;
  return {
    mine, rest, locked, decoy, place: location.hash, file: await draft.file.text(), name: draft.file.name,
    what: draft.fields.what, chosen: asked.chosen.has(WORDS), back: Object.keys(app.mine).filter((each) => shows(app.mine[each])),
    on_the_disk: JSON.stringify({ ...localStorage, ...sessionStorage }).includes(WORDS),
  };
}

export async function decoyCleared() {
  const { open } = await made();
  await vault.add(open, png());
  await vault.keepShare(open, { item: "x", token: "t" });
  await keys.setDecoy(open, "830264");
  keys.lock();
  await vault.receive(png());
  const decoy = await keys.unlock("830264");
  const { id } = await vault.add(decoy, png());
  await vault.keepShare(decoy, { item: id, token: "t" });
  await vault.clear(decoy);
  const left = [await vault.list(decoy), await vault.log(decoy), await vault.shares(decoy)];
  keys.lock();
  const whole = await keys.unlock("274951");
  const mine = [await vault.list(whole), await vault.log(whole), await vault.shares(whole)].map(({ length }) => length);
  const rows = await Promise.all(["items", "files", "log", "shares"].map(async (each) => (await store.keys(each)).length));
  return { left, mine, rows, arrived: await vault.arrived() };
}

export async function decoyTries() {
  const { open } = await made();
  await keys.setDecoy(open, "830264");
  keys.lock();
  const heard = [];
  for (let nth = 0; nth < 9; nth++) {
    heard.push(await refusal(keys.unlock(`11122${nth}`)));
    await keys.unlock("830264");
  }
  await keys.changePin("830264", "274951");
  const found = await keys.unlock("274951");
  return { heard, isDecoy: found.isDecoy, left: (await keys.state()).left };
}

export async function arrives() {
  const none = await refusal(vault.receive(png()));
  const { said, open } = await made();
  keys.lock();
  await vault.receive(png(500, "partage.png"), { where: "Le groupe" });
  const bad = [];
  for (const file of [new File([], "b.png"), new File(["MZ.."], "c.jpg")]) bad.push(await refusal(vault.receive(file)));
  const waiting = [await vault.arrived(), (await store.keys("items")).length];
  const again = await keys.unlock("274951");
  const [filed] = await vault.fileArrived(again);
  const key = await words.recoveryKey(await words.readWords(said.join(" ")));
  const byWords = await sealing.open(await store.get("files", filed.id), key.identity);
  const { name, where } = filed.head;
  return { none, bad, waiting, name, where, left: await vault.arrived(), size: byWords.size > 500 };
}

export async function fullDisk() {
  const { open } = await made();
  const estimate = async () => ({ quota: 210_000_000, usage: 10_000_000 });
  Object.defineProperty(navigator, "storage", { value: { estimate } });
  const room = await store.roomFor(300_000_000);
  const film = new File([png(), new Uint8Array(150_000_000)], "film.mp4");
  const heard = await vault.add(open, film).catch(({ code, details }) => ({ code, ...details }));
  return { room, heard, arriving: await refusal(vault.receive(film)), files: (await store.keys("files")).length };
}

export async function fullAtLast() {
  const heard = [await refusal(vault.add(open, png(12_000_000))), await refusal(vault.receive(png(12_000_000)))];
  return [heard, (await vault.list(open)).length, (await vault.log(open)).length,
          (await store.keys("files")).length, await vault.arrived()];
}

export async function shared(given) {
  const { open } = await made();
  const item = await vault.add(open, png(150_000));
  const before = await store.get("files", item.id);
  const { header, body } = await vault.shareable(open, item.id, given);
  const alone = await vault.linkable(open, item.id, given);
  const kept = await vault.keepShare(open, { item: item.id, token: "t" });
  return { identity: open.identity, before: await base64(before), header: await base64(new Blob([header])),
           body: await base64(body), alone: await base64(new Blob([alone.header])),
           shares: await vault.shares(open), kept };
}

export async function lost() {
  const { said, open } = await made();
  const first = await vault.add(open, png(3000, "une.png"), { what: "Le message." });
  await vault.add(open, png(1_500_000, "deux.png"));
  await vault.stamped(open, first.id, "dG9rZW4=");
  const place = [open.locator, open.auth];
  const server = new Map();
  const upload = async (session) => {
    const { of, pieces, bytes, done } = await backup.plan(session);
    for (const { n, blob } of pieces) server.set(n, await blob());
    await done();
    return { of, put: pieces.map(({ n }) => n), bytes, sizes: [...server.values()].map(({ size }) => size) };
  };
  const uploaded = await upload(open);
  await vault.addWords(open, "text", "Encore un.");
  const more = await upload(open);
  const log = await vault.log(open);
  await vault.clear(open);
  keys.lock();
  const lost = (await keys.state()).exists;

  const read = await words.readWords(said.join(" "));
  const key = await words.recoveryKey(read);
  const create = () => keys.create({ pin: "830264", words: read.words, typedBack: read.words.join(" ") });
  const others = await words.recoveryKey(await words.readWords((await words.newWords("fr")).join(" ")));
  const half = await create();
  const strangers = await refusal(backup.restore(half, others, async (n) => server.get(n) ?? null));
  const none = await refusal(backup.restore(half, key, async () => null));
  const all = async (n) => server.get(n) ?? null;
  const part = await backup.restore(half, key, (n) => (n === uploaded.put[1] ? null : all(n)));
  const whole = await backup.restore(half, key, all);
  const items = await vault.list(half);
  const { original } = await vault.original(half, first.id);
  return {
    place: [[half.locator, half.auth], place], uploaded, more, lost, strangers, none, part, whole,
    names: items.map(({ head, token }) => [head.name, token]),
    same: (await base64(original)) === (await base64(png(3000))),
    log: JSON.stringify(await vault.log(half)) === JSON.stringify(log),
    again: (await backup.plan(half)).pieces.length,
  };
}
