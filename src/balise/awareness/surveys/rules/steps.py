"""The pages of a questionnaire: a question each, the rows of a matrix together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from balise.awareness.questions.rules.questions import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Step:
    """What one page asks; its code is that of its first question."""

    questions: tuple[Question, ...]

    @property
    def code(self) -> str:
        """Return by what its address names it."""
        return self.questions[0].code

    @property
    def asks(self) -> str:
        """Return the heading of the page."""
        first = self.questions[0]
        return str(first.stem if len(self.questions) > 1 and first.stem else first.asks)

    def is_answered(self, answers: Mapping[str, str]) -> bool:
        """Return whether each of its questions has an answer, or was left out."""
        return all(each.code in answers for each in self.questions)


def steps(questionnaire: Questionnaire, answers: Mapping[str, str]) -> list[Step]:
    """Return the pages that these answers lead to; neighbours with one stem share a page."""
    named = [(each.stem or each.code, each) for each in questionnaire.asked(answers)]
    return [
        Step(tuple(each for _stem, each in together))
        for _stem, together in groupby(named, key=itemgetter(0))
    ]


def left(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Step | None:
    """Return the first page that is not answered yet."""
    found = steps(questionnaire, answers)
    return next((each for each in found if not each.is_answered(answers)), None)


def after(questionnaire: Questionnaire, answers: Mapping[str, str], code: str) -> Step | None:
    """Return the page that follows one; None after the last."""
    found = steps(questionnaire, answers)
    places = [at for at, each in enumerate(found) if each.code == code]
    return found[places[0] + 1] if places and places[0] + 1 < len(found) else None
