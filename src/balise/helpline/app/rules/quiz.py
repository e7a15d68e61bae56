"""The quiz « Est-ce du harcèlement ? »: its sentences, and what follows from the answers. Pure.

A sentence is answered from 1 (never) to 4 (almost every day); each answer counts what it is above
1. `static/app/outcome.js` holds the same rule for a browser: `tests/quiz_vectors.json` is for both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.app.rules import PACKAGE

NEVER: Final = 1
OFTEN: Final = 3
MOST: Final = 4
SKIPPED: Final = 0
ADULTS: Final = "adults"
_FEWEST_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to answer, by its number in the version, from 1.

    `is_danger`: any answer but “never” leads to the danger numbers at once.
    """

    number: int
    says: Words
    is_danger: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the grid."""

    title: Words
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said at the end, reached from `score` points or `often` answers of at least OFTEN.

    `often` of 0 is reached by the score alone.
    """

    code: str
    score: int
    often: int
    title: Words
    says: Words
    steps: tuple[Words, ...]
    card: Words
    help: Words
    leaflets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The quiz for one reader; `whom` is `young` or `adults`. Outcomes are the mildest first."""

    code: str
    icon: str
    whom: str
    label: Words
    hint: Words
    title: Words
    lead: Words
    parts: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of all parts, in order."""
        return tuple(one for part in self.parts for one in part.sentences)

    @property
    def is_for_adults(self) -> bool:
        return self.whom == ADULTS

    @property
    def highest(self) -> int:
        """Return the highest possible score."""
        return len(self.sentences) * (MOST - NEVER)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The four answers, and the versions in the order in which they are offered."""

    scale: tuple[Words, ...]
    versions: tuple[Version, ...]

    def version(self, code: str) -> Version | None:
        """Return a version, or None."""
        return next((one for one in self.versions if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Result:
    """What follows. `is_thin`: less than half was answered, so that the outcome says little."""

    outcome: Outcome
    is_danger: bool
    is_thin: bool


def result(version: Version, answers: Sequence[int]) -> Result:
    """Return what follows from the answers, 1 to 4 or SKIPPED, in the order of the sentences.

    The outcome is the last one that is reached. A danger answer never has the first outcome.
    """
    given = list(zip(version.sentences, answers, strict=True))
    score = sum(answer - NEVER for _sentence, answer in given if answer != SKIPPED)
    often = sum(answer >= OFTEN for _sentence, answer in given)
    is_danger = any(one.is_danger and answer > NEVER for one, answer in given)
    reached = [nth for nth, one in enumerate(version.outcomes) if _reaches(one, score, often)]
    at = max(reached[-1], 1 if is_danger else 0)
    answered = sum(answer != SKIPPED for answer in answers)
    return Result(version.outcomes[at], is_danger, answered * 2 < len(given))


def _reaches(outcome: Outcome, score: int, often: int) -> bool:
    return score >= outcome.score or 0 < outcome.often <= often


def answer_of(given: str) -> int:
    """Return an answer as a form sends it; SKIPPED for anything that is none."""
    return int(given) if given in {"1", "2", "3", "4"} else SKIPPED


@cache
def quiz(country: str) -> Quiz:
    """Return the quiz of a country. Raises PackFaulty."""
    try:
        found = read(load(PACKAGE, country=country, name="quiz"))
    except (KeyError, TypeError, ValueError) as fault:
        raise PackFaulty(f"quiz: {fault!r}") from fault
    for wrong in faults(found):
        raise PackFaulty(wrong)
    return found


def read(pack: Mapping[str, Any]) -> Quiz:
    """Return the quiz as a pack writes it."""
    scale = tuple(Words.read(one["says"], where="quiz.scale") for one in pack["scale"])
    return Quiz(scale, tuple(_version(one) for one in pack["versions"]))


def faults(found: Quiz) -> Iterator[str]:
    """Yield what keeps a quiz from being shown, one line each."""
    if len(found.scale) != MOST:
        yield f"quiz.scale: {MOST} answers"
    codes = [one.code for one in found.versions]
    if len(set(codes)) != len(codes):
        yield "quiz: a version stands twice"
    for version in found.versions:
        yield from (f"quiz.{version.code}: {fault}" for fault in _faults(version))


def _faults(version: Version) -> Iterator[str]:
    scores = [one.score for one in version.outcomes]
    often = [one.often for one in version.outcomes]
    if len(scores) < _FEWEST_STEPS or scores[0] or often[0]:
        yield "the first of several outcomes is there from the first point"
    if scores != sorted(set(scores)) or scores[-1] > version.highest:
        yield "outcomes come by rising scores that can be reached"
    if often != sorted(often):
        yield "a stronger outcome needs no fewer answers at “often”"
    if not any(one.is_danger for one in version.sentences):
        yield "no sentence asks about danger"
    for one in version.outcomes:
        if len(one.steps) < _FEWEST_STEPS or not one.leaflets:
            yield f"{one.code}: a plan of at least {_FEWEST_STEPS} steps, and a leaflet"


def _version(told: Mapping[str, Any]) -> Version:
    code = str(told["code"])
    parts: list[Part] = []
    number = 0
    for part in told["parts"]:
        sentences = []
        for one in part["sentences"]:
            number += 1
            says = Words.read(one["says"], where=f"{code}.{number}")
            sentences.append(Sentence(number, says, bool(one.get("danger", False))))
        parts.append(Part(Words.read(part["title"], where=f"{code}.parts"), tuple(sentences)))
    return Version(
        code=code,
        icon=str(told["icon"]),
        whom=str(told["whom"]),
        label=Words.read(told["label"], where=f"{code}.label"),
        hint=Words.read(told["hint"], where=f"{code}.hint"),
        title=Words.read(told["title"], where=f"{code}.title"),
        lead=Words.read(told["lead"], where=f"{code}.lead"),
        parts=tuple(parts),
        outcomes=tuple(_outcome(one, where=code) for one in told["outcomes"]),
    )


def _outcome(told: Mapping[str, Any], *, where: str) -> Outcome:
    here = f"{where}.{told['code']}"
    return Outcome(
        code=str(told["code"]),
        score=int(told["score"]),
        often=int(told.get("often", 0)),
        title=Words.read(told["title"], where=here),
        says=Words.read(told["says"], where=here),
        steps=tuple(Words.read(one, where=here) for one in told["steps"]),
        card=Words.read(told["card"], where=here),
        help=Words.read(told["help"], where=here),
        leaflets=tuple(str(one) for one in told["leaflets"]),
    )
