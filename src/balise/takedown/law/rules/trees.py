"""A country's questions, which lead an analyst from what is seen to the offence in force that day.

Routing questions have choices that lead on; the last one names the offences to try, in order. Then
the elements of the first of them that was in force are asked, except what is answered already. One
“no” and the next is tried; one “unknown” and the offence is reached in doubt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from balise.foundation.packs import Words
from balise.takedown.law.rules.histories import Absence, Aggravation, History, Offence, Why

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the `key` that gives it, the `phrase` that it writes, where it leads.

    `settles` are answers to other questions that follow from this one and are not asked again.
    A choice with neither `to` nor `offences` ends without an offence.
    """

    code: str
    key: str
    label: Words
    phrase: Words | None
    to: str = ""
    offences: tuple[str, ...] = ()
    settles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question; an element's answers are yes, no and unknown, and lead nowhere themselves."""

    code: str
    asks: Words
    hint: Words | None
    choices: tuple[Choice, ...]
    is_element: bool

    def choice(self, code: str) -> Choice | None:
        return next((one for one in self.choices if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Tree:
    """A country's questions and the offences that they lead to."""

    country: str
    start: str
    questions: Mapping[str, Question]
    histories: Mapping[str, History]

    @property
    def offences(self) -> tuple[Offence, ...]:
        return tuple(text for history in self.histories.values() for text in history.texts)

    def on(self, code: str, day: date) -> Offence | Absence:
        """Return an offence in the text of a day, or why none of that day can be cited."""
        found = self.histories[code].on(day)
        if isinstance(found, Offence) and found.annulled:
            span = (found.first_day, found.last_day)
            return Absence(code, Why.ANNULLED, *span, found.annulled.effect)
        return found


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the answers lead: an offence of the day, or none, and why none.

    `doubtful`: an element was answered “unknown”. `missing` are elements answered no,
    `not_in_force` why offences that would be tried on another day are not.
    """

    offence: Offence | None
    doubtful: bool
    missing: tuple[Question, ...] = ()
    not_in_force: tuple[Absence, ...] = ()
    aggravations: tuple[Aggravation, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions asked so far with their answers, then either what to ask next or the end."""

    asked: tuple[tuple[Question, Choice], ...]
    at: Question | None
    ending: Ending | None


def walk(tree: Tree, answers: Mapping[str, str], on: date) -> Walk:
    """Follow the answers through the tree by the law of one day; answers it does not ask stay out.

    An answer that no question offers counts as not given.
    """
    given = _Given(answers)
    question = tree.questions[tree.start]
    chosen = given.answer(question)
    while chosen and chosen.to:
        question = tree.questions[chosen.to]
        chosen = given.answer(question)
    if chosen is None:
        return Walk(tuple(given.asked), question, None)
    missing: list[Question] = []
    not_in_force: list[Absence] = []
    for code in chosen.offences:
        offence = tree.on(code, on)
        if isinstance(offence, Absence):
            not_in_force.append(offence)
            continue
        element = given.first_not_met(tree, offence)
        if element is None:
            ending = given.ending(offence, missing, not_in_force)
            return Walk(tuple(given.asked), None, ending)
        if element.code not in given.settled:
            return Walk(tuple(given.asked), element, None)
        missing.append(element)
    return Walk(tuple(given.asked), None, given.ending(None, missing, not_in_force))


class _Given:
    """The answers given on the way, and what they settle."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.asked: list[tuple[Question, Choice]] = []
        self.settled: dict[str, str] = {}
        self._answers = answers

    def answer(self, question: Question) -> Choice | None:
        """Return the answer to a question, settled or given; None if it is still to be asked."""
        if question.code in self.settled:
            return question.choice(self.settled[question.code])
        choice = question.choice(self._answers.get(question.code, ""))
        if choice is not None:
            self.asked.append((question, choice))
            self.settled.update({question.code: choice.code}, **dict(choice.settles))
        return choice

    def first_not_met(self, tree: Tree, offence: Offence) -> Question | None:
        """Return the first element that is answered no or not at all; None if all are met."""
        for code in offence.elements:
            element = tree.questions[code]
            choice = self.answer(element)
            if choice is None or choice.code == NO:
                return element
        return None

    def ending(
        self, offence: Offence | None, missing: list[Question], not_in_force: list[Absence]
    ) -> Ending:
        elements = offence.elements if offence else tuple(self.settled)
        aggravations = offence.aggravations if offence else ()
        shown = set(self.settled.items())
        return Ending(
            offence=offence,
            doubtful=any(self.settled[code] == UNKNOWN for code in elements),
            missing=tuple(missing),
            not_in_force=tuple(not_in_force),
            aggravations=tuple(one for one in aggravations if one.when and one.when in shown),
        )


def reached(tree: Tree, answers: Mapping[str, str], on: date) -> Ending | None:
    """Return where the answers lead by the law of a day, None while something is to be asked."""
    return walk(tree, answers, on).ending


def kept(tree: Tree, answers: Mapping[str, str], on: date) -> dict[str, str]:
    """Return the answers that the tree asks for, in its order, without those beside the way."""
    return {question.code: choice.code for question, choice in walk(tree, answers, on).asked}


def rationale(tree: Tree, answers: Mapping[str, str], language: str) -> str:
    """Return the answers as sentences in a language (`fr`, `en`), in the order they were given."""
    phrases = []
    for code, given in answers.items():
        question = tree.questions.get(code)
        choice = question.choice(given) if question else None
        if choice and choice.phrase:
            phrases.append(choice.phrase.in_language(language))
    return " ".join(phrases)
