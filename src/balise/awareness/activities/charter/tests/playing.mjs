// Plays changes on the charter of the script; a test compares what it tells with what Python does.
import { readFileSync } from "node:fs";

const rules = await import(process.argv[2]);
const told = JSON.parse(readFileSync(0, "utf8")).map(({ begun, changes, today }) =>
  changes.reduce((charter, [what, ...said]) => {
    const ways = {
      up: (code) => rules.moved(charter, code, true),
      down: (code) => rules.moved(charter, code, false),
      veto: (code) => rules.vetoed(charter, code),
      restore: (code) => rules.restored(charter, code),
      propose: (code) => rules.proposing(charter, code),
      say: (words) => rules.saying(charter, words),
      title: (words) => rules.titled(charter, words),
      reason: (code, words) => rules.reasoned(charter, { [code]: words }),
      choose: (children, parents, homes) => rules.choosing(charter, { children, parents, homes }),
      decide: (code, word, tries) => rules.deciding(charter, { [code]: word }, { tries: { [code]: tries }, today }),
      again: (kept) => rules.askedAgain(charter, kept),
      profile: (bands, homes) => rules.profiled(charter, { bands, homes, aims: charter.aims, isCounted: true }),
      another: () => rules.forAnotherChild(charter),
      days: () => rules.days(charter),
      bare: () => rules.withoutWords(charter),
    };
    return ways[what](...said);
  }, rules.read(begun)),
);
process.stdout.write(JSON.stringify(told));
