"""How far someone is in a quiz: what they answered, and nothing of who they are. Pure.

A path stands in the addresses of the pages and is kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, Self
from uuid import UUID

from balise.awareness.activities.quizzes.rules.quizzes import Quiz
from balise.awareness.activities.quizzes.rules.words import Mode
from balise.awareness.questions.rules.questions import AnswerFaulty, Question

PAIRED: Final = timedelta(days=60)  # how long the answers before wait for those after


@dataclass(frozen=True, slots=True)
class Path:
    """One way through a quiz, by the codes of its questions; "" is a question that was skipped.

    `mark` is that of the wording that was answered. `pair` names the answers before, where these
    are the answers after.
    """

    id: UUID
    quiz: str
    mark: str
    mode: Mode = Mode.ALONE
    answers: Mapping[str, str] = field(default_factory=dict)
    pair: UUID | None = None

    def answered(self, code: str, answer: str) -> Self:
        """Return the path with one more answer."""
        return replace(self, answers={**self.answers, code: answer})

    def asked(self, quiz: Quiz) -> tuple[Question, ...]:
        """Return the questions that its answers lead to."""
        return quiz.whole.asked(self.answers)

    def next(self, quiz: Quiz) -> int:
        """Return the number of the first question without an answer, from 1; 0 when none is."""
        left = (
            nth for nth, each in enumerate(self.asked(quiz), 1) if each.code not in self.answers
        )
        return next(left, 0)

    def right(self, quiz: Quiz) -> int:
        """Return how many answers are right: for the gain, and shown to nobody."""
        return sum(each.is_right(self.answers.get(each.code, "")) for each in self.asked(quiz))

    def of_now(self, quiz: Quiz) -> Self:
        """Return the path with what still fits of it, where the quiz was changed meanwhile."""
        if self.mark == quiz.mark:
            return self
        fits: dict[str, str] = {}
        for each in quiz.questions:
            answer = self.answers.get(each.code)
            if answer is not None and _fits(each, answer):
                fits[each.code] = answer
        return replace(self, mark=quiz.mark, answers=fits, pair=None)

    def told(self) -> dict[str, Any]:
        """Return what `read` takes: as short as it can be, for it stands in addresses."""
        whole = {"w": self.mode.value, "a": self.answers, "p": self.pair and self.pair.hex}
        first = {"i": self.id.hex, "q": self.quiz, "m": self.mark}
        return {**first, **{name: value for name, value in whole.items() if value}}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return the path that `told` wrote."""
        return cls(
            UUID(told["i"]),
            told["q"],
            told["m"],
            Mode(told.get("w", "")),
            told.get("a", {}),
            UUID(told["p"]) if "p" in told else None,
        )


def _fits(question: Question, answer: str) -> bool:
    if not answer:
        return True
    try:
        return question.read(list(answer) if question.choices else [answer]) == answer
    except AnswerFaulty:
        return False
