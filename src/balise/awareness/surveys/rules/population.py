"""What a wording says of the people it is for: known shares, and by what results are crossed. Pure.

Both are written beside the questions, so that they are published with the wording, before the first
answer, and never chosen by what comes out:

    crossed_by = ["age"]
    [[known]]
    question = "age"
    shares = { a = 31.4, b = 33.2, c = 35.4 }    # of 100
"""

from dataclasses import dataclass

from balise.awareness.questions.rules.questionnaires import Questionnaire
from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.surveys.rules.weighting import CannotWeigh, Known, check
from balise.awareness.surveys.rules.wordings import Source
from balise.foundation.packs import PackFaulty, Words


@dataclass(frozen=True, slots=True)
class Population:
    """Known shares, who says so, and the questions that results are crossed by."""

    known: tuple[Known, ...]
    source: Words | None
    crossed_by: tuple[Question, ...]


def population(source: Source, questionnaire: Questionnaire) -> Population:
    """Return what a wording says of its population. Raises PackFaulty.

    Only questions that everyone is asked weigh or cross.
    """
    known = tuple(
        Known(
            _background(questionnaire, str(row["question"])),
            {str(letter): float(share) / 100 for letter, share in row["shares"].items()},
        )
        for row in source.get("known", ())
    )
    try:
        check(known)
    except CannotWeigh as refused:
        raise PackFaulty(f"known: {refused.message}") from refused
    says = source.get("known_from")
    return Population(
        known,
        None if says is None else Words.read(says, where="known_from"),
        tuple(_background(questionnaire, str(code)) for code in source.get("crossed_by", ())),
    )


def _background(questionnaire: Questionnaire, code: str) -> Question:
    found = questionnaire.question(code)
    if found is None or found.kind is not QuestionKind.ONE or found.when:
        raise PackFaulty(f"{code} is no question with one choice that everyone is asked")
    return found
