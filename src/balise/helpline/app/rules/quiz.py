"""The quiz « Est-ce du harcèlement ? » as a pack writes it: sentences, questions, outcomes. Pure.

What follows from answers is in `rules/outcome.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from balise.foundation.packs import PackFaulty, Words, load
from balise.helpline.app.rules import PACKAGE

ANSWERS: Final = 4  # never, once or twice, several times a month, almost every day
ADULTS: Final = "adults"
_FEWEST_STEPS: Final = 2


class SentenceKind(StrEnum):
    """What a sentence tells. Acts and distress are two axes; dark thoughts stand in neither."""

    ACT = "act"
    DISTRESS = "distress"
    DARK = "dark"


class Danger(StrEnum):
    """What an answer may be a danger of, in the order in which it is answered to."""

    DARK = "S"  # dark thoughts
    BLOWS = "V"
    TOUCHED = "X"
    THREAT = "T"  # threatened or forced
    BLACKMAIL = "C"  # with a picture, for money or more
    DISAPPEAR = "I"  # told to hurt oneself or to disappear


class Code(StrEnum):
    """The six outcomes, the mildest first."""

    CALM = "calm"
    ONCE = "once"
    UNKNOWN = "unknown"
    WEIGH = "weigh"
    WATCH = "watch"
    STRONG = "strong"


class Variant(StrEnum):
    """Another wording of an outcome; the plain one is said where a version has none."""

    DARK = "dark"  # dark thoughts are told of
    DANGER = "danger"  # one danger answer brought it, not many acts
    STEADY = "steady"  # acts, and little distress
    ACTS = "acts"  # distress, and acts once or twice


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to answer, by its number in the version, from 1.

    An answer of `least` or more is a danger of each of `dangers`.
    """

    number: int
    says: Words
    kind: SentenceKind
    dangers: tuple[Danger, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the grid."""

    title: Words
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about strength; the answer `raises` (yes or no) tells of an imbalance."""

    says: Words
    raises: str


@dataclass(frozen=True, slots=True)
class Saying:
    """Another wording of an outcome."""

    variant: Variant
    says: Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said at the end."""

    code: Code
    title: Words
    says: Words
    others: tuple[Saying, ...]
    steps: tuple[Words, ...]
    card: Words
    help: Words
    leaflets: tuple[str, ...]

    def in_variant(self, variant: Variant | None) -> Words:
        """Return the wording of a variant; the plain one where there is none."""
        return next((one.says for one in self.others if one.variant == variant), self.says)


@dataclass(frozen=True, slots=True)
class Version:
    """The quiz for one reader; `whom` is `young` or `adults`.

    `few` acts that happened once or twice are as much as one that happens often. Dark thoughts
    alone have the outcome `dark`.
    """

    code: str
    icon: str
    whom: str
    few: int
    dark: Code
    label: Words
    hint: Words
    title: Words
    lead: Words
    parts: tuple[Part, ...]
    imbalance: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of all parts, in order."""
        return tuple(one for part in self.parts for one in part.sentences)

    @property
    def is_for_adults(self) -> bool:
        return self.whom == ADULTS

    @property
    def dark_sentence(self) -> Sentence:
        """Return the last sentence, about dark thoughts."""
        return self.sentences[-1]

    @property
    def last_act(self) -> int:
        """Return the number of the last sentence about an act: strength is asked after its part."""
        return max(one.number for one in self.sentences if one.kind is SentenceKind.ACT)

    def outcome(self, code: Code) -> Outcome:
        """Return what is said for an outcome."""
        return next(one for one in self.outcomes if one.code is code)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The four answers, and the versions in the order in which they are offered."""

    scale: tuple[Words, ...]
    versions: tuple[Version, ...]

    def version(self, code: str) -> Version | None:
        """Return a version, or None."""
        return next((one for one in self.versions if one.code == code), None)


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
    if len(found.scale) != ANSWERS:
        yield f"quiz.scale: {ANSWERS} answers"
    codes = [one.code for one in found.versions]
    if len(set(codes)) != len(codes):
        yield "quiz: a version stands twice"
    for version in found.versions:
        yield from (f"quiz.{version.code}: {fault}" for fault in _faults(version))


def _faults(version: Version) -> Iterator[str]:
    if sorted(one.code for one in version.outcomes) != sorted(Code):
        yield f"each outcome stands once: {', '.join(Code)}"
    kinds = [one.kind for one in version.sentences]
    if kinds.count(SentenceKind.DARK) != 1 or kinds[-1] is not SentenceKind.DARK:
        yield "the last sentence, and no other, asks about dark thoughts"
    if not {SentenceKind.ACT, SentenceKind.DISTRESS} <= set(kinds):
        yield "some sentences ask about acts, and some about distress"
    if not version.imbalance:
        yield "no question asks about strength"
    if version.few < 2:  # noqa: PLR2004 - one act once or twice is one act
        yield "few acts are two or more"
    for one in version.sentences:
        if (one.kind is SentenceKind.DARK) != (Danger.DARK in one.dangers):
            yield f"{one.number}: dark thoughts, and they alone, are of danger {Danger.DARK}"
    yield from (fault for one in version.outcomes for fault in _of_outcome(version, one))


def _of_outcome(version: Version, outcome: Outcome) -> Iterator[str]:
    if len(outcome.steps) < _FEWEST_STEPS or not outcome.leaflets:
        yield f"{outcome.code}: a plan of at least {_FEWEST_STEPS} steps, and a leaflet"
    there = {one.variant for one in outcome.others}
    for missing in sorted(_needed(version, outcome.code) - there):
        yield f"{outcome.code}: no wording {missing}"


def _needed(version: Version, code: Code) -> set[Variant]:
    """Return what may not be left to the plain wording, which names many acts or none."""
    others = any(set(one.dangers) - {Danger.DARK} for one in version.sentences)
    if code is Code.WATCH:
        return {Variant.DARK, Variant.DANGER} if others else {Variant.DARK}
    if code is Code.WEIGH:
        return {Variant.ACTS, Variant.DARK} if version.dark is code else {Variant.ACTS}
    return set()


def _version(told: Mapping[str, Any]) -> Version:
    code = str(told["code"])
    parts: list[Part] = []
    number = 0
    for part in told["parts"]:
        sentences = []
        for one in part["sentences"]:
            number += 1
            sentences.append(_sentence(one, number, where=f"{code}.{number}"))
        parts.append(Part(Words.read(part["title"], where=f"{code}.parts"), tuple(sentences)))
    return Version(
        code=code,
        icon=str(told["icon"]),
        whom=str(told["whom"]),
        few=int(told["few"]),
        dark=Code(told["dark"]),
        label=Words.read(told["label"], where=f"{code}.label"),
        hint=Words.read(told["hint"], where=f"{code}.hint"),
        title=Words.read(told["title"], where=f"{code}.title"),
        lead=Words.read(told["lead"], where=f"{code}.lead"),
        parts=tuple(parts),
        imbalance=tuple(_question(one, where=code) for one in told["imbalance"]),
        outcomes=tuple(_outcome(one, where=code) for one in told["outcomes"]),
    )


def _sentence(told: Mapping[str, Any], number: int, *, where: str) -> Sentence:
    kind = SentenceKind(told["kind"])
    dangers = {Danger(letter) for letter in told.get("danger", "")}
    return Sentence(
        number=number,
        says=Words.read(told["says"], where=where),
        kind=kind,
        dangers=tuple(one for one in Danger if one in dangers),
        least=int(told.get("least", 2)),
    )


def _question(told: Mapping[str, Any], *, where: str) -> Question:
    raises = str(told["raises"])
    if raises not in {"yes", "no"}:
        raise PackFaulty(f"quiz.{where}: a question about strength raises with yes or no")
    return Question(Words.read(told["says"], where=f"{where}.imbalance"), raises)


def _outcome(told: Mapping[str, Any], *, where: str) -> Outcome:
    here = f"{where}.{told['code']}"
    return Outcome(
        code=Code(told["code"]),
        title=Words.read(told["title"], where=here),
        says=Words.read(told["says"], where=here),
        others=tuple(
            Saying(one, Words.read(told[one], where=f"{here}.{one}"))
            for one in Variant
            if one in told
        ),
        steps=tuple(Words.read(one, where=here) for one in told["steps"]),
        card=Words.read(told["card"], where=here),
        help=Words.read(told["help"], where=here),
        leaflets=tuple(str(one) for one in told["leaflets"]),
    )
