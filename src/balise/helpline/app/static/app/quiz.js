// Play the quiz here, a sentence at a time. Answers are in the variables below and nowhere else: not
// in the address, the history, a store or a request. What leaves the page forgets them. The one thing
// that is sent, where the young person said yes, is that a quiz was finished: not which, nor how.
import { count } from "./count.js";
import { dangersOf, result } from "./outcome.js";

const page = document.querySelector("[data-quiz]");
const all = (name, within = page) => [...within.querySelectorAll(`[data-${name}]`)];
const one = (name) => page.querySelector(`[data-${name}]`);
const form = one("form");
const steps = all("step", form); // the sentences, and after the acts the questions about strength
const sentences = steps.filter(({ dataset }) => dataset.kind !== "strength");
const rules = {
  sentences: sentences.map(({ dataset }) => ({ ...dataset, least: Number(dataset.least) })),
  few: Number(page.dataset.few),
  dark: page.dataset.dark,
};
let answers = [];
let strength = new Map(); // yes or no, by its question
let at = 0; // the step that is shown; past the last one, the end
let counted = false; // once a page
let met = new Set(); // the letters of dangers whose way was shown: it stays to the end
let waiting = []; // those whose way is shown now, each alone, before the quiz goes on
let again = ""; // the sentence that was passed over is asked once more: "", "asked" or "done"

function forget() {
  answers = sentences.map(() => 0);
  strength = new Map();
  at = 0;
  met = new Set();
  waiting = [];
  again = "";
  form.reset();
}

const hasAct = () => sentences.some(({ dataset }, nth) => dataset.kind === "act" && answers[nth] > 1);
const isAsked = (step) => step.dataset.kind !== "strength" || hasAct();
const told = () => result(rules, answers, [...strength].some(([step, said]) => step.dataset.raises === said));

function show(focus = true) {
  const isOver = at >= steps.length;
  const [alone] = waiting;
  const found = told();
  const asksAgain = found.help.includes("ask-again");
  if (isOver && !alone && !again && asksAgain) again = "asked";
  const asks = isOver && !alone && again === "asked";
  const isEnd = isOver && !alone && !asks;
  for (const way of all("way")) {
    const { way: letter } = way.dataset;
    way.hidden = alone ? letter !== alone : !isEnd || !met.has(letter);
  }
  one("again").hidden = !asks;
  one("passed").hidden = !isEnd || !asksAgain;
  one("go-on").hidden = !alone && !asks;
  one("stage").hidden = isOver || Boolean(alone);
  one("intro").hidden = at > 0 || Boolean(alone);
  slim(!isOver && !alone);
  for (const each of [...all("outcome"), one("after"), one("thin")]) each.hidden = true;
  const first = page.querySelector("[data-way]:not([hidden]) h2");
  const place = isEnd ? end(found, first) : asks ? one("again").querySelector("h2") : alone ? first : ask();
  if (focus) lead(place);
}

// The numbers and the chat of the ways that were met, in a line above the sentence.
function slim(isShown) {
  one("slim").hidden = !isShown || !met.size;
  for (const link of all("for")) link.hidden = ![...link.dataset.for].some((letter) => met.has(letter));
}

function lead(place) {
  place.focus({ preventScroll: true });
  document.getElementById("content").scrollIntoView();
}

function ask() {
  const step = steps[at];
  const part = step.closest("[data-part]");
  const parts = all("part", form);
  const nth = sentences.indexOf(step);
  const isStrength = nth < 0;
  one("where").textContent = isStrength
    ? ""
    : one("where").dataset.says.replace("{}", nth + 1).replace("{}", sentences.length);
  one("title").textContent = part.querySelector("h2").textContent;
  one("asks").textContent = step.querySelector("legend").textContent;
  one("bar").replaceChildren(
    ...parts.map((each) => {
      const piece = document.createElement("i");
      if (parts.indexOf(each) <= parts.indexOf(part)) piece.className = "is-in";
      return piece;
    }),
  );
  one("scale").hidden = isStrength;
  one("yes-no").hidden = !isStrength;
  const said = isStrength ? strength.get(step) : String(answers[nth]);
  for (const button of all("answer")) button.setAttribute("aria-pressed", String(button.dataset.answer === said));
  one("back").hidden = at === 0;
  return one("asks");
}

function end({ code, variant, thin }, way) {
  if (!counted) count("quiz");
  counted = true;
  one("after").hidden = false;
  one("thin").hidden = !thin || code === "unknown";
  const outcome = page.querySelector(`[data-outcome="${code}"]`);
  const wordings = all("variant", outcome);
  const said = wordings.find(({ dataset }) => dataset.variant === variant) ?? wordings[0];
  for (const each of wordings) each.hidden = each !== said;
  outcome.hidden = false;
  return way ?? outcome.querySelector("h2");
}

function go(to) {
  at = to;
  while (at < steps.length && !isAsked(steps[at])) at += 1;
  history.pushState({ quiz: at }, "");
  show();
}

function answer(value) {
  const step = steps[at];
  const nth = sentences.indexOf(step);
  if (nth < 0) strength.set(step, value);
  else answers[nth] = Number(value);
  // Each kind of danger has its way once, even if another came before.
  waiting = [...dangersOf(rules.sentences, answers)].filter((letter) => !met.has(letter));
  met = new Set([...met, ...waiting]);
  go(at + 1);
}

one("go-on").addEventListener("click", () => {
  if (waiting.length) waiting.shift();
  else again = "done";
  show();
});
one("answer-it").addEventListener("click", () => {
  again = "done";
  go(steps.findIndex(({ dataset }) => dataset.kind === "dark"));
});
for (const button of all("answer")) button.addEventListener("click", () => answer(button.dataset.answer));
one("skip").addEventListener("click", () => answer(""));
one("back").addEventListener("click", () => history.back());
for (const button of all("print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
addEventListener("popstate", ({ state }) => {
  at = Math.min(state?.quiz ?? 0, steps.length);
  waiting = [];
  show();
});
addEventListener("pagehide", forget);
addEventListener("pageshow", ({ persisted }) => persisted && show(false));

// Our zero is a font of its own, fetched when one is first drawn: with a number, at a danger answer.
// It is asked for now, so that no request tells when that was.
for (const weight of [400, 700]) document.fonts.load(`${weight} 1em "Balise Zero"`, "0").catch(() => {});

forget();
history.replaceState({ quiz: 0 }, "");
form.hidden = true;
show(false);
