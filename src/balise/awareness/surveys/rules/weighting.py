"""Weights by raking: each answer weighs so that known shares of the population are met. Pure.

Raking is iterative proportional fitting (Deming and Stephan, 1940): the weights of each group are
multiplied to its known share, one question after another, until all are met. A weight stays
between `LEAST` and `MOST`, so that no answer speaks for more than five.

What a wording says of the people it is for: known shares, and by what results are crossed. Pure.

Both are written beside the questions, so that they are published with the wording, before the first
answer, and never chosen by what comes out:

    crossed_by = ["age"]
    [[known]]
    question = "age"
    shares = { a = 31.4, b = 33.2, c = 35.4 }    # of 100
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from balise.awareness.questions.rules import reading
from balise.awareness.questions.rules.questions import Choice, Question, QuestionKind, Questionnaire
from balise.foundation.packs import PackFaulty, Words
from balise.foundation.refusals import Refused, refusals_as
from balise.foundation.statistics.intervals import Z, wilson

LEAST: Final = 0.2
MOST: Final = 5.0
ROUNDS: Final = 200
NEAR: Final = 0.0005  # of the whole: a share is met within a twentieth of a point
_WHOLE: Final = 0.005  # known shares are rounded: they sum to one within half a point


class CannotWeigh(Refused, code="survey-cannot-weigh"):
    """The answers cannot be given these shares. Nothing is published weighted."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a population: the share of each choice of a question, of 1."""

    question: Question
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each answer, 1 on average, and what tells how far they go.

    `effective` is the number of answers that would be as sure without weights, `effect` Kish's
    design effect, `bounded` how many weights stand at `LEAST` or `MOST`.
    """

    values: NDArray[np.float64]
    rounds: int
    bounded: int

    @property
    def least(self) -> float:
        return float(self.values.min())

    @property
    def most(self) -> float:
        return float(self.values.max())

    @property
    def effective(self) -> float:
        return len(self.values) / self.effect

    @property
    def effect(self) -> float:
        return design_effect(self.values)


def design_effect(weights: NDArray[np.float64]) -> float:
    """Return Kish's design effect of some weights: n Σw² / (Σw)² (Kish, 1965), 1 where all equal.

    Without any weight it is 1.
    """
    total = float(weights.sum())
    return len(weights) * float((weights**2).sum()) / total**2 if total else 1.0


def check(known: Sequence[Known]) -> None:
    """Refuse shares that are not those of a question's choices, or do not make a whole."""
    for each in known:
        question = each.question
        if question.kind is not QuestionKind.ONE:
            raise CannotWeigh(
                _("“%(question)s” does not ask for one choice: it cannot weigh.")
                % {"question": question.asks}
            )
        letters = {choice.code for choice in question.choices}
        if strange := sorted(each.shares.keys() - letters):
            raise CannotWeigh(
                _("“%(choice)s” is not a choice of “%(question)s”.")
                % {"choice": strange[0], "question": question.asks}
            )
        if any(not 0 <= share <= 1 for share in each.shares.values()):
            raise CannotWeigh(
                _("A share of “%(question)s” is not between 0 and 100 %%.")
                % {"question": question.asks}
            )
        if abs(sum(each.shares.values()) - 1) > _WHOLE:
            raise CannotWeigh(
                _("The shares of “%(question)s” do not sum to 100 %%.")
                % {"question": question.asks}
            )


def weigh(answers: Mapping[str, Sequence[str]], known: Sequence[Known]) -> Weights:
    """Return weights by which the answers have the known shares. Raises CannotWeigh.

    `answers` holds, for each question of `known`, the letter of each person, "" where nothing was
    answered: of those this question says nothing, and its shares are of the others.
    """
    check(known)
    groups = [_groups(answers[each.question.code], each) for each in known]
    weights = np.ones(len(groups[0].of))
    for rounds in range(1, ROUNDS + 1):
        for group in groups:
            weights *= group.factors(weights)[group.of]
        weights /= weights.mean()
        bounded = np.clip(weights, LEAST, MOST)
        if max(group.distance(bounded) for group in groups) <= NEAR:
            at_bound = int(((bounded == LEAST) | (bounded == MOST)).sum())
            return Weights(bounded / bounded.mean(), rounds, at_bound)
        weights = bounded
    raise CannotWeigh(
        _(
            "No weights between %(least)s and %(most)s meet the known shares, after %(rounds)d "
            "rounds: the farthest is “%(question)s”. Nothing was weighted."
        )
        % {
            "least": number_format(LEAST),
            "most": number_format(MOST),
            "rounds": ROUNDS,
            "question": max(groups, key=lambda group: group.distance(weights)).question.asks,
        }
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """Which group of a question each answer is of, and the share that each group is to have.

    The last group is of those who did not answer: it keeps the share that it has.
    """

    question: Question
    of: NDArray[np.intp]
    shares: NDArray[np.float64]

    def _sums(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.of, weights=weights, minlength=len(self.shares) + 1)

    def factors(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return by what the weights of each group are multiplied."""
        sums = self._sums(weights)
        said = sums[:-1]
        there = said > 0
        factors = np.ones(len(sums))
        factors[:-1][there] = (self.shares * said.sum())[there] / said[there]
        return factors

    def distance(self, weights: NDArray[np.float64]) -> float:
        """Return how far the farthest group is from its share."""
        said = self._sums(weights)[:-1]
        return float(np.abs(said / said.sum() - self.shares).max())


def _groups(answers: Sequence[str], known: Known) -> _Groups:
    shares = np.array([known.shares.get(each.code, 0.0) for each in known.question.choices])
    places = {each.code: nth for nth, each in enumerate(known.question.choices)}
    of = np.fromiter((places.get(each, len(places)) for each in answers), dtype=np.intp)
    there = np.bincount(of, minlength=len(places) + 1)[:-1]
    for choice, share, many in zip(known.question.choices, shares, there, strict=True):
        _refuse_empty(known.question, choice, share=float(share), many=int(many))
    return _Groups(known.question, of, shares / shares.sum())


def _refuse_empty(question: Question, choice: Choice, *, share: float, many: int) -> None:
    words = {"choice": choice.says, "question": question.asks}
    if share and not many:
        raise CannotWeigh(
            _("Nobody answered “%(choice)s” to “%(question)s”: nothing can stand for them.") % words
        )
    if many and not share:
        raise CannotWeigh(
            _("No share is known of “%(choice)s” to “%(question)s”, and people answered it.")
            % words
        )


# How sure a result is: 95 % margins, widened by Kish's design effect. Pure.
#
# A margin tells what chance alone does to a sample that was drawn at random. Who chose to answer,
# and who was not reached, is not in it.


FEW: Final = 10  # effective answers of either kind under which the normal law is too far off


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of 1, or a mean, between its bounds at 95 %; `answers` is of how many people."""

    value: float
    low: float
    high: float
    answers: int

    @property
    def margin(self) -> float:
        """Return the wider side."""
        return max(self.high - self.value, self.value - self.low)


def share(value: float, *, answers: int, effect: float) -> Estimate:
    """Return a share of 1 with its bounds: of so many answers, with their design effect.

    Where few are of one kind, the bounds are Wilson's (1927): they stay between 0 and 1.
    """
    sure = answers / effect
    if min(value, 1 - value) * sure < FEW:
        low, high = wilson(value, sure)
    else:
        half = Z * sqrt(value * (1 - value) / sure)
        low, high = value - half, value + half
    return Estimate(value, low, high, answers)


def mean(numbers: NDArray[np.float64], weights: NDArray[np.float64]) -> Estimate:
    """Return the weighted mean of numbers, of two at least."""
    many = len(numbers)
    value = float(np.average(numbers, weights=weights))
    spread = float(np.average((numbers - value) ** 2, weights=weights)) * many / (many - 1)
    half = Z * sqrt(spread * design_effect(weights) / many)
    return Estimate(value, value - half, value + half, many)


# A wording as data: sections of questions, read once, and its hash. Pure.


type Source = Mapping[str, Any]


def questionnaire(source: Source) -> Questionnaire:
    """Return the questions of a wording. Raises PackFaulty."""
    return reading.questionnaire(source["sections"], where="sections")


def canonical(source: Source) -> bytes:
    """Return a wording as it is published and hashed: JSON in UTF-8, its keys in order."""
    return json.dumps(
        source, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    ).encode()


def digest(source: Source) -> str:
    """Return the SHA-256 of a wording, in hexadecimal digits."""
    return hashlib.sha256(canonical(source)).hexdigest()


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
    with refusals_as(lambda why: PackFaulty(f"known: {why}")):
        check(known)
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
