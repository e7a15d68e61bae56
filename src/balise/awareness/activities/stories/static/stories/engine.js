// Plays a compiled story with inkjs, as `rules/player.py` does with inkpython: the same scenes, the
// same saves. `Story` is the class of inkjs; nothing here touches a page.

const STEPS = 20_000; // of the engine for one scene
const TEXT = 20_000; // characters of one scene
const DEPTH = 200; // calls in calls
const LARGEST = 2 ** 53;
const LONGEST = 2_000; // characters of a text that a variable holds
const MOST_MARKS = 12;
const MOST_SINCE = 200;
const FORMAT = 1;
const SEVERAL = { clue: "clues", trigger: "triggers" };

export class StoryFaulty extends Error {}

/** Return a story to play. `slug` and `hash` stand in its saves. */
export function load(Story, compiled, { slug, hash }) {
  const engine = new Story(compiled);
  engine.allowExternalFunctionFallbacks = true;
  const heard = [];
  engine.onError = (message) => heard.push(message);
  const story = { engine, slug, hash, heard, entered: null, left: STEPS, ...placesOf(engine) };
  const tell = (pointer, container) => story.entered?.(container ?? pointer.container);
  const proto = Story.prototype;
  engine.VisitContainer = function (container, atStart) {
    proto.VisitContainer.call(this, container, atStart);
    const pointer = this.state.callStack.currentElement.currentPointer;
    if (pointer.index < 0 && pointer.container === container) tell(pointer, container);
  };
  engine.VisitChangedContainersDueToDivert = function () {
    proto.VisitChangedContainersDueToDivert.call(this);
    const pointer = this.state.callStack.currentElement.currentPointer;
    if (pointer.index === 0) tell(pointer);
  };
  engine.Step = function () {
    if (--story.left < 0) throw new StoryFaulty("endless");
    proto.Step.call(this);
    const value = this.state.evaluationStack.at(-1)?.value;
    if (typeof value === "string" ? value.length > LONGEST : typeof value === "number" && !(Math.abs(value) <= LARGEST)) {
      throw new StoryFaulty("too-large");
    }
    if (this.state.callStack.elements.length > DEPTH) throw new StoryFaulty("endless");
  };
  return story;
}

/** Return a play at the first scene. */
export function begin(story, { seed }) {
  return new Play(story, seed, []);
}

/** Return {play, moved}: at the last checkpoint that is still there, then after the choices since. */
export function resume(story, told, since = [], moves = {}) {
  if (told.f > FORMAT || told.s !== story.slug) throw new StoryFaulty("save");
  const kept = told.m.map((mark) => renamed(mark, moves));
  while (kept.length && !story.checkpoints.has(kept.at(-1).c)) kept.pop();
  const play = new Play(story, told.g, kept);
  if (kept.length < told.m.length) return { play, moved: { why: "gone", scene: play.scene.name } };
  for (const id of since.slice(0, MOST_SINCE)) {
    const wanted = lastName(id, moves.choices ?? {});
    const offered = play.scene.choices.find((choice) => choice.id === wanted);
    if (!offered) return { play, moved: { why: "changed", scene: play.scene.name } };
    play.choose(offered.index);
  }
  return { play, moved: null };
}

export class Play {
  constructor(story, seed, marks) {
    Object.assign(this, { story, seed, marks, since: [], before: { marks, since: [] }, scene: { name: "" } });
    this.#restore(marks.at(-1));
    this.#goOn();
  }

  get variables() {
    return variablesOf(this.story.engine);
  }

  /** Return a save of the last checkpoint, as JSON holds it. */
  saved() {
    return this.#told(this.marks);
  }

  /** Return {save, since}, by which `resume` comes to this same scene, all of it. */
  state() {
    return { save: this.#told(this.before.marks), since: this.before.since };
  }

  choose(index) {
    const chosen = this.scene.choices[index];
    if (!chosen) throw new StoryFaulty("choice");
    this.since = [...this.since, chosen.id];
    this.before = { marks: this.marks, since: this.since };
    this.story.left = STEPS;
    this.story.engine.ChooseChoiceIndex(index);
    this.#goOn();
  }

  #told(marks) {
    return { f: FORMAT, s: this.story.slug, h: this.story.hash, g: this.seed, m: marks };
  }

  #restore(mark) {
    const { engine, paths, scenes } = this.story;
    engine.ResetState();
    const state = engine.state;
    state.storySeed = this.seed;
    state.previousRandom = mark?.r ?? 0;
    if (!mark) return;
    state.variablesState.SetJsonToken(tokensOf(this.story, mark.v));
    for (const [name, count] of Object.entries(mark.n)) {
      if (paths.has(name)) state._visitCounts.set(paths.get(name), count);
    }
    engine.ResetCallstack();
    const pointer = state.currentPointer; // a copy
    pointer.container = scenes.get(mark.c);
    pointer.index = 0;
    state.currentPointer = pointer;
    state.currentTurnIndex = mark.t;
    this.scene = { name: mark.c };
  }

  #goOn() {
    const { story } = this;
    const { engine } = story;
    const lines = [];
    const texts = [];
    let length = 0;
    let name = this.scene.name;
    let marks = this.marks;
    story.left = STEPS;
    story.heard.length = 0;
    story.entered = (container) => {
      const place = story.names.get(container);
      if (place === undefined) return;
      name = place;
      if (story.checkpoints.has(place)) {
        marks = [...marks.filter((mark) => mark.c !== place), markOf(story, place)].slice(-MOST_MARKS);
      }
    };
    try {
      while (engine.canContinue) {
        const text = engine.Continue().trim();
        const said = engine.currentTags ?? [];
        texts.push(...said);
        length += text.length;
        if (length > TEXT) throw new StoryFaulty("too-long");
        if (text) lines.push({ id: valueOf("id", said), text, speaker: valueOf("speaker", said) });
      }
    } finally {
      story.entered = null;
    }
    const choices = engine.currentChoices.map((choice, index) => {
      const text = choice.text.trim();
      return { id: valueOf("id", choice.tags ?? []) || text, text, index };
    });
    const tags = tagsOf(texts);
    this.scene = { name, lines, choices, tags, ending: choices.length ? "" : tags.ending };
    this.marks = marks;
    this.heard = [...story.heard];
    if (marks !== this.before.marks) this.since = [];
  }
}

/** Return what the tags of a scene say, as `rules/tags.py` does. */
export function tagsOf(texts) {
  const tags = { image: "", alt: "", audio: "", transcript: "", help: "", ending: "", debrief: "" };
  const found = { ...tags, clues: [], triggers: [], checkpoint: false, hard: false };
  for (const [key, value] of pairs(texts)) {
    if (Object.hasOwn(SEVERAL, key)) {
      const list = found[SEVERAL[key]];
      if (!list.includes(value)) list.push(value);
    } else if (key === "checkpoint" || key === "hard") found[key] = true;
    else if (Object.hasOwn(tags, key)) found[key] = value;
  }
  return found;
}

function pairs(texts) {
  return texts.map((text) => {
    const at = text.indexOf(":");
    return at < 0 ? [text.trim().toLowerCase(), ""] : [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()];
  });
}

function valueOf(key, texts) {
  return pairs(texts).findLast(([name]) => name === key)?.[1] ?? "";
}

function markOf(story, place) {
  const { state } = story.engine;
  const counts = new Map(state._visitCounts);
  for (const [container, count] of state._patch?.visitCounts ?? []) counts.set(container.path.toString(), count);
  const visits = {};
  for (const [path, count] of counts) if (story.kept.has(path)) visits[story.kept.get(path)] = count;
  return { c: place, v: variablesOf(story.engine), n: visits, r: state.previousRandom, t: state.currentTurnIndex };
}

function renamed(mark, { scenes = {}, variables = {}, choices = {} }) {
  const place = (name) => {
    if (name.startsWith("#")) return `#${lastName(name.slice(1), choices)}`;
    const [knot, ...rest] = name.split(".");
    return Object.hasOwn(scenes, name) ? lastName(name, scenes) : [lastName(knot, scenes), ...rest].join(".");
  };
  const keys = (of, by) => Object.fromEntries(Object.entries(of).map(([name, value]) => [by(name), value]));
  return { ...mark, c: lastName(mark.c, scenes), v: keys(mark.v, (name) => lastName(name, variables)), n: keys(mark.n, place) };
}

function lastName(name, names) {
  for (let left = Object.keys(names).length; left && Object.hasOwn(names, name); left--) name = names[name];
  return name;
}

// --- Values of variables, as JSON holds them -----------------------------------------------------

const BOOL = -1; // kinds of values in inkjs
const FLOAT = 1;
const LIST = 2;
const STRING = 3;
const TARGET = 4;

function variablesOf(engine) {
  const state = engine.state.variablesState;
  const names = [...state._defaultGlobalVariables.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, toldOf(state.GetVariableWithName(name))]));
}

function toldOf({ value, valueType, targetPath }) {
  if (valueType === TARGET) return { to: targetPath.toString() };
  if (valueType === LIST) return { list: [...value.keys()].map(fullName).sort() };
  if (valueType === FLOAT) return { float: Number.isFinite(value) ? value : 0 };
  return value;
}

function fullName(serialised) {
  const { originName, itemName } = JSON.parse(serialised);
  return `${originName ?? "?"}.${itemName}`;
}

/** Return the variables of a mark as inkjs writes them, without those that no longer are one. */
function tokensOf(story, variables) {
  const defaults = story.engine.state.variablesState._defaultGlobalVariables;
  const found = {};
  for (const [name, told] of Object.entries(variables)) {
    const like = defaults.get(name);
    const token = like && tokenOf(story, told, like);
    if (token !== undefined) found[name] = token;
  }
  return found;
}

function tokenOf({ engine, scenes }, told, like) {
  const isNumber = like.valueType >= BOOL && like.valueType <= FLOAT;
  if (typeof told === "boolean" || typeof told === "number") return isNumber ? told : undefined;
  if (typeof told === "string") return like.valueType === STRING ? `^${told}` : undefined;
  if ("float" in told) {
    const { float } = told;
    return isNumber ? (Number.isInteger(float) ? `${float}.0f` : float) : undefined;
  }
  if ("to" in told) return like.valueType === TARGET && scenes.has(told.to) ? { "^->": told.to } : undefined;
  if (like.valueType !== LIST) return undefined;
  const list = {};
  for (const item of told.list) {
    for (const number of engine.listDefinitions.FindSingleItemListWithName(item)?.value.values() ?? []) list[item] = number;
  }
  return { list, origins: like.value._originNames ?? [] };
}

// --- Names that the author gave -------------------------------------------------------------------

const BEGIN_RECKONING = 0; // commands of inkjs
const END_RECKONING = 2;
const BEGIN_TAG = 24;
const END_TAG = 25;
const FUNCTION = 1;

const isContainer = (each) => each?.namedContent instanceof Map;
const isAutomatic = (name) => /^\d+$|[-$]/.test(name);
const isText = (each) => typeof each.value === "string";
const commandOf = (each) => each.commandType;

function placesOf(engine) {
  const root = engine.mainContentContainer;
  const all = [...containersOf(root)];
  const functions = new Set();
  const choices = new Map();
  for (const container of all) {
    let since = 0;
    container.content.forEach((each, at) => {
      if (each.isExternal || (each.pushesToStack && each.stackPushType === FUNCTION)) functions.add(each.targetPathString);
      if (!("_pathOnChoice" in each)) return;
      const own = [...container.content.slice(since, at), ...(container.namedContent.get("s")?.content ?? [])];
      const id = valueOf("id", tagTexts(own));
      if (id && each.choiceTarget.visitsShouldBeCounted) choices.set(each.choiceTarget.path.toString(), `#${id}`);
      since = at + 1;
    });
  }
  const scenes = new Map();
  for (const [name, knot] of root.namedContent) {
    if (!isContainer(knot) || name === "global decl" || isAutomatic(name) || functions.has(name)) continue;
    scenes.set(name, knot);
    for (const [stitch, inside] of knot.namedContent) {
      if (isContainer(inside) && !isAutomatic(stitch)) scenes.set(`${name}.${stitch}`, inside);
    }
  }
  const kept = new Map(choices);
  for (const container of all) {
    if (!container.visitsShouldBeCounted || !container.name || isAutomatic(container.name)) continue;
    const path = container.path.toString();
    const names = path.split(".").filter((part) => !isAutomatic(part));
    if (names.length && !kept.has(path)) kept.set(path, names.join("."));
  }
  return {
    scenes,
    names: new Map([...scenes].map(([name, container]) => [container, name])),
    checkpoints: new Set([...scenes].filter(([, inside]) => headOf(inside).has("checkpoint")).map(([name]) => name)),
    kept,
    paths: new Map([...kept].map(([path, name]) => [name, path])),
  };
}

function* containersOf(container) {
  yield container;
  for (const each of container.content) if (isContainer(each)) yield* containersOf(each);
  for (const each of container.namedOnlyContent?.values() ?? []) if (isContainer(each)) yield* containersOf(each);
}

/** Return the keys of the tags that a scene begins with, before its first word or way. */
function headOf(container) {
  const [first] = container.content;
  if (isContainer(first)) return headOf(first);
  const leading = [];
  let inside = false;
  let reckons = false;
  for (const each of container.content) {
    const command = commandOf(each);
    inside = command === BEGIN_TAG || (inside && command !== END_TAG);
    reckons = command === BEGIN_RECKONING || (reckons && command !== END_RECKONING);
    if (isContainer(each) || "_pathOnChoice" in each || "pushesToStack" in each) break;
    if (isText(each) && each.value.trim() && !inside && !reckons) break;
    leading.push(each);
  }
  return new Set(pairs(tagTexts(leading)).map(([key]) => key));
}

function tagTexts(content) {
  const texts = [];
  let inside = false;
  for (const each of content) {
    if (commandOf(each) === BEGIN_TAG) {
      inside = true;
      texts.push("");
    } else if (commandOf(each) === END_TAG) inside = false;
    else if (inside && isText(each)) texts[texts.length - 1] += each.value;
  }
  return texts;
}
