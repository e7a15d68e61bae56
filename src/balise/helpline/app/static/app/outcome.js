// What follows from the answers of the quiz: the rule of rules/outcome.py, tested on the same vectors.
const SKIPPED = 0;
const NEVER = 1;
const ONCE = 2;
const OFTEN = 3;
const MOST = 4;
const DANGERS = "SVXTCI"; // in the order in which they are answered to

const many = (all, is) => all.filter(is).length;

// `sentences`: [{kind, dangers, least}]; `few` and `dark` of the version. Answers are 1 to 4, or 0 for
// one that was skipped. Returns {code, variant, acts, distress, dangers, help, thin}.
export function result({ sentences, few, dark }, answers, imbalance = false) {
  const of = (kind) => answers.filter((_, nth) => sentences[nth].kind === kind);
  const acts = raised(actsOf(of("act"), few), imbalance);
  const distress = distressOf(of("distress"));
  const dangers = dangersOf(sentences, answers);
  const thin = many(of("act"), (answer) => answer !== SKIPPED) * 2 < of("act").length;
  const code = codeOf({ acts, distress, dangers, thin, dark });
  const again = of("dark")[0] === SKIPPED && (distress > 0 || acts > 1 || dangers !== "");
  const variant = variantOf(code, acts, distress, dangers);
  return { code, variant, acts, distress, dangers, help: helpOf(code, dangers, again), thin };
}

// The letters of what the answers are a danger of.
export function dangersOf(sentences, answers) {
  const told = sentences.filter(({ least }, nth) => answers[nth] >= least).map(({ dangers }) => dangers);
  return [...DANGERS].filter((letter) => told.join("").includes(letter)).join("");
}

const raised = (acts, imbalance) => (imbalance && acts ? Math.min(acts + 1, 3) : acts);

function actsOf(answers, few) {
  const often = many(answers, (answer) => answer >= OFTEN);
  const once = many(answers, (answer) => answer === ONCE);
  if (answers.includes(MOST) || often > 1) return 3;
  if (often || once >= few) return 2;
  return once ? 1 : 0;
}

function distressOf(answers) {
  const given = answers.filter((answer) => answer !== SKIPPED);
  const total = given.reduce((sum, answer) => sum + answer - NEVER, 0);
  const often = many(given, (answer) => answer >= OFTEN);
  const most = many(given, (answer) => answer === MOST);
  if ((given.length && total * 2 >= given.length * 3) || most > 2 || often > 4) return 2;
  return (given.length && total * 4 >= given.length * 3) || most || often > 1 ? 1 : 0;
}

function codeOf({ acts, distress, dangers, thin, dark }) {
  const isDark = dangers.includes("S");
  if (acts === 3) return "strong";
  if (acts === 2 || dangers.length > isDark || (isDark && dark === "watch")) return "watch";
  if (distress || isDark) return "weigh";
  if (thin) return "unknown";
  return acts ? "once" : "calm";
}

function variantOf(code, acts, distress, dangers) {
  const isGrave = ["strong", "watch"].includes(code);
  if ((isGrave || code === "weigh") && dangers.includes("S")) return "dark";
  if (code === "watch" && acts < 2) return "danger";
  if (isGrave && !distress) return "steady";
  return code === "weigh" && acts ? "acts" : "";
}

function helpOf(code, dangers, again) {
  const told = (letters) => [...letters].some((letter) => dangers.includes(letter));
  const found = [
    told("S") && "3114",
    told("VXT") && "17-119",
    told("CI") && "3018-proof",
    told("I") && !told("S") && "3114",
    again && "ask-again",
  ].filter(Boolean);
  if (!found.length) found.push(["calm", "unknown"].includes(code) ? "none" : "adult");
  return found.join("+");
}
