// Play the quiz here, a sentence at a time. Answers are in the variable below and nowhere else: not
// in the address, the history, a store or a request. What leaves the page forgets them. The one thing
// that is sent, where the young person said yes, is that a quiz was finished: not which, nor how.
import { count } from "./count.js";
import { isDanger, result } from "./outcome.js";

const page = document.querySelector("[data-quiz]");
const all = (name, within = page) => [...within.querySelectorAll(`[data-${name}]`)];
const one = (name) => page.querySelector(`[data-${name}]`);
const form = one("form");
const stage = one("stage");
const alarm = one("danger");
const sentences = all("sentence", form);
const ends = all("outcome");
const rules = {
  dangers: sentences.map((each) => "risk" in each.dataset),
  outcomes: ends.map(({ dataset }) => ({ score: Number(dataset.score), often: Number(dataset.often) })),
};
let answers = [];
let at = 0; // the sentence that is shown; past the last one, the end
let counted = false; // once a page
let alarmed = false; // whether the numbers were shown, for the first of the danger answers

function forget() {
  answers = sentences.map(() => 0);
  at = 0;
  alarmed = false;
  form.reset();
}

function show(focus = true) {
  const over = at >= sentences.length;
  const danger = isDanger(rules.dangers, answers);
  const alone = danger && !alarmed;
  alarmed ||= danger;
  alarm.hidden = !alone && !(danger && over);
  one("go-on").hidden = !alone;
  one("slim").hidden = !danger || alone || over;
  stage.hidden = over || alone;
  one("intro").hidden = at > 0 || alone;
  for (const each of [...ends, one("after"), one("thin")]) each.hidden = true;
  const place = alone ? alarm : over ? end() : ask();
  if (focus) lead(place);
}

function lead(place) {
  place.focus({ preventScroll: true });
  document.getElementById("content").scrollIntoView();
}

function ask() {
  const sentence = sentences[at];
  const part = sentence.closest("[data-part]");
  const parts = all("part", form);
  one("where").textContent = one("where")
    .dataset.says.replace("{}", at + 1)
    .replace("{}", sentences.length);
  one("title").textContent = part.querySelector("h2").textContent;
  one("asks").textContent = sentence.querySelector("legend").textContent;
  one("bar").replaceChildren(
    ...parts.map((each) => {
      const piece = document.createElement("i");
      if (parts.indexOf(each) <= parts.indexOf(part)) piece.className = "is-in";
      return piece;
    }),
  );
  for (const button of all("answer")) {
    button.setAttribute("aria-pressed", String(answers[at] === Number(button.dataset.answer)));
  }
  one("back").hidden = at === 0;
  return one("asks");
}

function end() {
  const told = result(rules, answers);
  if (!counted) count("quiz");
  counted = true;
  one("after").hidden = false;
  one("thin").hidden = !told.thin;
  ends[told.at].hidden = false;
  return told.danger ? alarm : ends[told.at].querySelector("h2");
}

function go(to) {
  at = to;
  history.pushState({ quiz: at }, "");
  show();
}

function answer(value) {
  answers[at] = value;
  go(at + 1);
}

// A danger answer shows the numbers first; going on shows the sentence, or the end, behind them.
one("go-on").addEventListener("click", () => show());
for (const button of all("answer")) {
  button.addEventListener("click", () => answer(Number(button.dataset.answer)));
}
one("skip").addEventListener("click", () => answer(0));
one("back").addEventListener("click", () => history.back());
for (const button of all("print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
addEventListener("popstate", ({ state }) => {
  at = Math.min(state?.quiz ?? 0, sentences.length);
  show();
});
addEventListener("pagehide", forget);
addEventListener("pageshow", ({ persisted }) => persisted && show(false));

forget();
history.replaceState({ quiz: 0 }, "");
form.hidden = true;
show(false);
