// Play a story here, from the compiled story that the server plays: the same scenes, at the same
// addresses, without loading a page. Whatever goes wrong is left to the server, which can do all.
import { begins } from "../balise/ready.js";

const main = document.getElementById("content");
const entries = new Map(); // what the history of this page goes back to
let told = null;
let rules = null; // of playing: engine.js
let story = null;
let play = null;
let current = null;
let waits = false; // for a page of the server, after a choice was taken

const drawn = () => main.querySelector("[data-play]");
const here = () => location.pathname + location.search;

async function start() {
  const { dataset } = drawn();
  const [ink, engine, answer] = await Promise.all([
    import(dataset.ink),
    import(dataset.engine),
    fetch(dataset.story).then((given) => given.json()),
  ]);
  told = answer;
  rules = engine;
  story = rules.load(ink.Story, told.ink, told);
  const at = JSON.parse(dataset.state);
  take(at);
  keep();
  remember({ nodes: [...main.childNodes], look: main.className, at }, "replaceState", here());
}

function take({ save, since }) {
  ({ play } = rules.resume(story, save, since, told.moves));
}

// Choose, and say the scene that follows in the language of the page.
function read(choice) {
  const offered = play.scene.choices.find((each) => each.id === choice);
  if (!offered) throw new Error("the story does not offer this");
  play.choose(offered.index);
  const said = ({ id, text, ...rest }) => ({ ...rest, id, text: told.words[id] ?? text });
  const { name, tags, lines, choices } = play.scene;
  return {
    lines: lines.map(said),
    choices: choices.map(said),
    picture: tags.image,
    alt: told.words[`${name}.alt`] ?? tags.alt,
    sound: tags.audio,
    transcript: told.words[`${name}.transcript`] ?? tags.transcript,
    clues: tags.clues,
    stops: tags.triggers.length > 0 || choices.length === 0,
  };
}

function element(name, text, look = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (look) made.className = look;
  return made;
}

function spoken(each) {
  if (!each.speaker) return element("p", each.text);
  const made = element("p", "", "story-says");
  made.append(element("b", each.speaker), ` ${each.text}`);
  return made;
}

function pictured(scene, place) {
  const picture = place.querySelector("img") ?? new Image(360, 225);
  picture.className = "story-picture";
  picture.src = told.pictures + encodeURIComponent(scene.picture) + ".svg";
  picture.alt = scene.alt;
  place.replaceChildren(picture);
}

// A sound waits for a press; the one of the scene before stops with it.
function heard(scene, place) {
  const sound = place.querySelector("audio");
  place.hidden = !scene.sound;
  if (scene.sound) sound.src = told.sounds + encodeURIComponent(scene.sound);
  else sound.removeAttribute("src");
  place.querySelector("details").open = false;
  place.querySelector("p").textContent = scene.transcript;
}

// Fill a copy of the scene that is shown with another: the server's own page is the pattern.
function draw(scene) {
  const made = drawn().cloneNode(true);
  const part = (name) => made.querySelector(`[data-${name}]`);
  const found = made.dataset.clues.split(" ").filter(Boolean);
  const news = scene.clues.filter((code) => code in told.clues && !found.includes(code));
  made.dataset.clues = [...found, ...news].join(" ");
  made.dataset.scene = Number(made.dataset.scene) + 1;
  made.querySelectorAll(".alert").forEach((each) => each.remove());
  if (scene.picture) pictured(scene, part("picture"));
  else part("picture").replaceChildren();
  heard(scene, part("sound"));
  part("where").textContent = part("where").dataset.says.replace("{}", made.dataset.scene);
  part("lines").replaceChildren(...scene.lines.map(spoken));
  part("found").textContent = news.length
    ? part("found").dataset.says.replace("{}", news.map((code) => told.clues[code]).join(", "))
    : "";
  const pattern = part("choices").firstElementChild;
  part("choices").replaceChildren(
    ...scene.choices.map(({ id, text }, nth) => {
      const item = pattern.cloneNode(true);
      const button = item.querySelector("button");
      button.value = id;
      button.querySelector("b").textContent = String.fromCharCode(65 + nth);
      button.querySelector("span").textContent = text;
      return item;
    }),
  );
  const count = part("count");
  if (count) count.textContent = news.length + found.length;
  return made;
}

function remember(entry, way, address) {
  const key = `${performance.timeOrigin}/${entries.size}`;
  entries.set(key, entry);
  history[way]({ story: key }, "", address);
  current = entry;
}

function show(entry) {
  main.querySelector("audio")?.pause();
  main.className = entry.look;
  main.replaceChildren(...entry.nodes);
  if (entry.at && entry !== current) take(entry.at);
  current = entry;
  main.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

// Say where the scene is: to the form, the tools and, where it was asked, this device.
function place(address) {
  const { search } = new URL(address, location.href);
  main.querySelector("[data-choose]").action = address;
  main.querySelectorAll("[data-tool]").forEach((link) => (link.search = search));
  keep(address);
}

function keep(address = here()) {
  const { kept, slug } = drawn()?.dataset ?? {};
  if (kept !== "device") return;
  try {
    localStorage.setItem(`story-${slug}`, address);
  } catch {
    // storage is full or shut: it is then kept nowhere
  }
}

function after(address, choice) {
  const next = new URL(address, location.href);
  next.searchParams.append("then", choice);
  next.searchParams.delete("see");
  return next.pathname + next.search;
}

async function send(action, body) {
  const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
  return (await answer.json()).address;
}

// The server's page is shown here where it has more than a scene: an ending, a notice.
const policy = globalThis.trustedTypes?.createPolicy("balise", { createHTML: (text) => text });

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("no page");
  const text = await answer.text();
  const page = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, "text/html");
  const next = page.getElementById("content");
  next.querySelector("h1").tabIndex = -1;
  remember({ nodes: [...next.childNodes], look: next.className, at: null }, "pushState", address);
  show(current);
}

function choose(form, button) {
  const body = new FormData(form, button);
  const choice = button.value;
  const { action } = form;
  const scene = read(choice);
  const sent = send(action, body);
  if (scene.stops) {
    waits = true;
    sent
      .then(fetched)
      .catch(() => location.assign(after(action, choice)))
      .finally(() => (waits = false));
    return;
  }
  const entry = { nodes: [draw(scene)], look: main.className, at: play.state() };
  remember(entry, "pushState", after(action, choice));
  show(entry);
  place(here());
  sent
    .then((address) => {
      if (current !== entry) return;
      history.replaceState(history.state, "", address);
      place(address);
    })
    .catch(() => {}); // it is not counted, and the story goes on
}

main.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!current?.at || !form || !event.submitter) return;
  event.preventDefault();
  if (waits) return; // pressed twice
  try {
    choose(form, event.submitter);
  } catch {
    current = null; // from here on the server plays
    form.requestSubmit(event.submitter);
  }
});

addEventListener("popstate", (event) => {
  const entry = entries.get(event.state?.story);
  if (entry) show(entry);
  else location.reload();
});

if (drawn()?.dataset.state) begins(start().catch(() => {}));
