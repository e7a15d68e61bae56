// What follows from the answers of the quiz: the rule of rules/quiz.py, tested on the same vectors.
const NEVER = 1;
const OFTEN = 3;
const SKIPPED = 0;

// `dangers`: for each sentence, whether it asks about danger; `outcomes`: their score and often.
// Answers are 1 to 4, or 0 for one that was skipped. Returns the place of the outcome, from 0.
export function result({ dangers, outcomes }, answers) {
  const score = answers.reduce((sum, answer) => sum + (answer === SKIPPED ? 0 : answer - NEVER), 0);
  const often = answers.filter((answer) => answer >= OFTEN).length;
  const danger = isDanger(dangers, answers);
  const reached = outcomes.findLastIndex(
    (each) => score >= each.score || (each.often > 0 && often >= each.often),
  );
  const answered = answers.filter((answer) => answer !== SKIPPED).length;
  return { at: Math.max(reached, danger ? 1 : 0), danger, thin: answered * 2 < answers.length };
}

export function isDanger(dangers, answers) {
  return answers.some((answer, nth) => dangers[nth] && answer > NEVER);
}
