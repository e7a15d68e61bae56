"""Questions of six kinds, and what an answer to each is. Pure.

An answer is one short string, so that it stands in an address, a form or a row:

    one       the letter of a choice                             "b"
    several   letters, in the order of the choices               "acd"
    order     letters, in the order that was given               "cab"
    match     for each choice, the letter of what goes with it   "bca"
    number    a decimal number with a point                      "3.5"
    text      the words themselves

"" is no answer: of a question that may be left out.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from string import ascii_uppercase
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from balise.foundation.packs import Words
from balise.foundation.refusals import Refused

LONGEST: Final = 300  # characters of a short text
_DIGITS: Final = 12  # of a number


class QuestionKind(TextChoices):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    TEXT = "text"


class AnswerFaulty(Refused, code="answer-faulty"):
    """What was given is no answer to the question."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; its code is a letter. `alone` excludes the others ("none of these").

    `ends` closes the questionnaire where it is chosen, with these words.
    """

    code: str
    says: Words
    alone: bool = False
    ends: Words | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From which number to which, both included; None is no bound."""

    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether no number is in it."""
        return self.least is not None and self.most is not None and self.least > self.most

    def holds(self, number: Decimal) -> bool:
        """Return whether a number is in it."""
        is_over = self.least is None or number >= self.least
        return is_over and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class Condition:
    """What an earlier answer must be: one of some letters, or a number of a span.

    `negated` turns it round. An answer that was not given fulfils neither.
    """

    question: str
    letters: str = ""
    span: Span | None = None
    negated: bool = False

    def holds(self, answer: str) -> bool:
        """Return whether an answer fulfils it."""
        if not answer:
            return False
        if self.span is not None:
            found = self.span.holds(Decimal(answer))
        elif self.letters:
            found = not set(answer).isdisjoint(self.letters)
        else:
            found = True
        return found != self.negated


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question; `asks` is its whole sentence.

    `right` holds the right answers: none for a question of a survey, several for a short text that
    may be written in several ways. `right_span` is the same for a number that may be near.
    `says` explains the right answer and `source` tells who says so. `stem` is the sentence that
    neighbours share (the rows of a matrix). `when` must all hold for it to be asked.
    """

    code: str
    kind: QuestionKind
    asks: Words
    choices: tuple[Choice, ...] = ()
    partners: tuple[Choice, ...] = ()
    right: tuple[str, ...] = ()
    right_span: Span | None = None
    says: Words | None = None
    source: Words | None = None
    stem: Words | None = None
    is_optional: bool = False
    span: Span = Span()
    decimals: int = 0
    unit: Words | None = None
    longest: int = LONGEST
    when: tuple[Condition, ...] = ()

    @property
    def letters(self) -> str:
        """Return the letters of all choices, in the order they are shown."""
        return "".join(choice.code for choice in self.choices)

    @property
    def has_right(self) -> bool:
        """Return whether some answer is right: not so in a survey."""
        return bool(self.right) or self.right_span is not None

    def is_right(self, answer: str) -> bool:
        """Return whether an answer is the right one; the order counts where it is asked."""
        if not answer:
            return False
        match self.kind:
            case QuestionKind.SEVERAL:
                return sorted(answer) in map(sorted, self.right)
            case QuestionKind.NUMBER:
                number = Decimal(answer)
                if self.right_span is not None and self.right_span.holds(number):
                    return True
                return number in map(Decimal, self.right)
            case QuestionKind.TEXT:
                return _folded(answer) in map(_folded, self.right)
            case _:
                return answer in self.right

    def chosen(self, answer: str) -> list[Choice]:
        """Return the choices of an answer, in its order."""
        known = {choice.code: choice for choice in self.choices}
        return [known[letter] for letter in answer if letter in known]

    def pairs(self, answer: str) -> list[tuple[Choice, Choice]]:
        """Return the pairs of an answer to a question that matches."""
        known = {each.code: each for each in self.partners}
        found = zip(self.choices, answer, strict=False)
        return [(choice, known[letter]) for choice, letter in found if letter in known]

    def ends(self, answer: str) -> Words | None:
        """Return the words that close the questionnaire at this answer, where it does."""
        if self.kind not in {QuestionKind.ONE, QuestionKind.SEVERAL}:
            return None
        return next((each.ends for each in self.chosen(answer) if each.ends), None)

    def read(self, given: Sequence[str]) -> str:
        """Return what was given as an answer. Raises AnswerFaulty.

        `given` is a list of letters, or one number or text as it was typed.
        """
        values = [each.strip() for each in given if each.strip()]
        if not values:
            if self.is_optional:
                return ""
            raise AnswerFaulty(self._missing)
        match self.kind:
            case QuestionKind.NUMBER:
                return self._number(values[0])
            case QuestionKind.TEXT:
                return self._text(values[0])
            case QuestionKind.MATCH:
                return self._match(given)
            case _:
                return self._letters(values)

    @property
    def _missing(self) -> str:
        match self.kind:
            case QuestionKind.ORDER:
                return _("Give each step a number of its own.")
            case QuestionKind.MATCH:
                return _("Say what goes with each line.")
            case QuestionKind.NUMBER:
                return _("Write a number.")
            case QuestionKind.TEXT:
                return _("Write an answer.")
            case _:
                return _("Choose an answer.")

    def _letters(self, values: Sequence[str]) -> str:
        letters = "".join(dict.fromkeys("".join(values)))
        if not set(letters) <= set(self.letters):
            raise AnswerFaulty(self._missing)
        if self.kind is QuestionKind.ORDER:
            if len(letters) != len(self.choices) or len(values) > len(letters):
                raise AnswerFaulty(self._missing)
            return letters
        if self.kind is QuestionKind.ONE:
            if len(letters) > 1:
                raise AnswerFaulty(self._missing)
            return letters
        found = self.chosen(letters)
        if len(found) > 1 and (alone := next((each for each in found if each.alone), None)):
            raise AnswerFaulty(
                _("“%(choice)s” stands alone: untick it, or the others.") % {"choice": alone.says}
            )
        return "".join(letter for letter in self.letters if letter in letters)

    def _match(self, given: Sequence[str]) -> str:
        known = {each.code for each in self.partners}
        letters = [each.strip() for each in given]
        if len(letters) != len(self.choices) or not set(letters) <= known:
            raise AnswerFaulty(self._missing)
        return "".join(letters)

    def _number(self, value: str) -> str:
        plain = value.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
        try:
            number = Decimal(plain.replace(",", "."))
        except InvalidOperation:
            raise AnswerFaulty(_("Write a number, for example 12.")) from None
        if not number.is_finite() or len(number.as_tuple().digits) > _DIGITS:
            raise AnswerFaulty(_("Write a number, for example 12."))
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and not -self.decimals <= exponent <= _DIGITS:
            raise AnswerFaulty(_("Write a whole number.") if not self.decimals else self._missing)
        if not self.span.holds(number):
            raise AnswerFaulty(self._out_of_span)
        return f"{number.normalize() + 0:f}"

    @property
    def _out_of_span(self) -> str:
        bounds = {"least": self.span.least, "most": self.span.most}
        if self.span.most is None:
            return _("The number must be %(least)s or more.") % bounds
        if self.span.least is None:
            return _("The number must be %(most)s or less.") % bounds
        return _("The number must be from %(least)s to %(most)s.") % bounds

    def _text(self, value: str) -> str:
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if len(text) > self.longest:
            raise AnswerFaulty(_("Write %(most)d characters at most.") % {"most": self.longest})
        if any(unicodedata.category(each) == "Cc" for each in text):
            raise AnswerFaulty(self._missing)
        return text


def _folded(text: str) -> str:
    """Return words without case, accents and signs, so that two writings of one word are equal."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = (each for each in parts if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in letters).split())


# Questionnaires: sections of questions, and which of them are asked. Pure.


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together, perhaps under a title and a few words."""

    code: str
    title: Words | None
    lead: Words | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Sections, in order. A question is asked where its conditions hold of earlier answers."""

    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions, in order."""
        return tuple(each for section in self.sections for each in section.questions)

    @cached_property
    def _known(self) -> Mapping[str, Question]:
        return {each.code: each for each in self.questions}

    def question(self, code: str) -> Question | None:
        """Return the question with this code."""
        return self._known.get(code)

    def asked(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions that these answers lead to, in order.

        An answer to a question that is not asked counts for nothing; after an answer that ends the
        questionnaire nothing is asked.
        """
        found: list[Question] = []
        given: dict[str, str] = {}
        for question in self.questions:
            if not all(each.holds(given.get(each.question, "")) for each in question.when):
                continue
            found.append(question)
            given[question.code] = answer = answers.get(question.code, "")
            if question.ends(answer):
                break
        return tuple(found)

    def counted(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers to questions that are asked; the others count for nothing."""
        return {
            each.code: answers[each.code] for each in self.asked(answers) if each.code in answers
        }

    def following(self, answers: Mapping[str, str]) -> Question | None:
        """Return the first question that is asked and has no answer yet.

        One that was left out has the answer "".
        """
        return next((each for each in self.asked(answers) if each.code not in answers), None)

    def closing(self, answers: Mapping[str, str]) -> Words | None:
        """Return the words of the answer that ended the questionnaire, where one did."""
        asked = self.asked(answers)
        return asked[-1].ends(answers.get(asked[-1].code, "")) if asked else None


# The right answer to a question in words, as paper and a projected page say it. Pure.


def lettered(choices: Sequence[Choice]) -> list[tuple[str, Choice]]:
    """Return choices with the capital letters that a page or a paper shows, in their order."""
    return list(zip(ascii_uppercase, choices, strict=False))


def right_answer(question: Question) -> list[str]:
    """Return the right answer, one line each; nothing for a question that has none."""
    right = question.right[0] if question.right else ""
    letters = {each.code: letter for letter, each in lettered(question.choices)}
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            return [f"{letters[each.code]}. {each.says}" for each in question.chosen(right)]
        case QuestionKind.ORDER:
            return [f"{nth}. {each.says}" for nth, each in enumerate(question.chosen(right), 1)]
        case QuestionKind.MATCH:
            return [f"{one.says} – {other.says}" for one, other in question.pairs(right)]
        case _:
            return [_number(question) or right] if question.has_right else []


def _number(question: Question) -> str:
    span, unit = question.right_span, str(question.unit or "")
    if span is None:
        return f"{question.right[0]} {unit}".strip() if question.kind is QuestionKind.NUMBER else ""
    if span.least is None or span.most is None:
        return f"{span.least if span.most is None else span.most} {unit}".strip()
    told = {"least": span.least, "most": span.most, "unit": unit}
    return (_("From %(least)s to %(most)s %(unit)s") % told).strip()
