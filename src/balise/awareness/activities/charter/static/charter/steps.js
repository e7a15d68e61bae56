// What each step reads of its form, and where its buttons lead: the same as web/steps.py.
import * as rules from "./charter.js";

const NEXT = { again: "agree", family: "choose", choose: "turn", turn: "agree", agree: "done" };
const ANOTHER = "another";

export function following(step, pressed, known) {
  if (pressed === ANOTHER) return "family";
  return pressed === "next" ? (NEXT[step] ?? step) : known.has(pressed) ? pressed : step;
}

const starting = (said, name) =>
  Object.fromEntries([...said].filter(([key]) => key.startsWith(name)).map(([key, value]) => [key.slice(name.length), value]));

const reads = {
  family: (charter, said) =>
    rules.profiled(charter, {
      bands: said.getAll("bands"),
      homes: said.get("homes") === "2" ? 2 : 1,
      aims: said.getAll("aims"),
      isCounted: said.has("isCounted"),
    }),
  choose(charter, said) {
    const homes = Object.entries(starting(said, "home-")).map(([code, home]) => [code, Number(home)]);
    return rules.choosing(charter, {
      children: said.getAll("children"),
      parents: said.getAll("parents"),
      homes: charter.homes === 2 ? Object.fromEntries(homes) : null,
    });
  },
  turn(charter, said, go) {
    const written = rules.saying(rules.reasoned(charter, starting(said, "why-")), said.get("own"));
    const [what, code] = go.split(":");
    const changes = {
      up: () => rules.moved(written, code, true),
      down: () => rules.moved(written, code, false),
      no: () => rules.vetoed(written, code),
      yes: () => rules.restored(written, code),
      propose: () => rules.proposing(written, code),
    };
    return changes[what]?.() ?? written;
  },
  agree(charter, said, go, today) {
    const decided = () => rules.deciding(charter, starting(said, "say-"), { tries: starting(said, "tries-"), today });
    // Back to the rules: nothing is decided yet.
    return { ...(go === "choose" ? charter : decided()), isCounted: said.has("isCounted") };
  },
  again: (charter, said) => ({ ...rules.askedAgain(charter, said.getAll("kept")), isCounted: said.has("isCounted") }),
  done: (charter, said, go) =>
    go === ANOTHER ? rules.forAnotherChild(charter) : rules.titled(charter, said.get("title") ?? charter.title),
};

export const read = (step, charter, said, { go, today }) => reads[step](charter, said, go, today);
