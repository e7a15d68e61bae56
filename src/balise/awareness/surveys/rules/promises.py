"""What may be changed of a survey, and what a wording must have to be published. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balise.awareness.questions.rules import checking, reading
from balise.awareness.questions.rules.checking import Finding
from balise.awareness.questions.rules.questions import QuestionKind, Questionnaire
from balise.awareness.surveys.rules import weighting
from balise.awareness.surveys.rules.weighting import Source, population
from balise.foundation.packs import PackFaulty, Words
from balise.foundation.refusals import Refused

# What is refused, to who makes a survey and to who answers one.


class SlugTaken(Refused, code="slug-taken"):
    field = "slug"


class WordsMissing(Refused, code="words-missing"):
    pass


class DatesFaulty(Refused, code="dates-faulty"):
    field = "closes_on"


class PromiseMade(Refused, code="promise-made"):
    """What people were promised with the first answer does not change."""


class WordingFaulty(Refused, code="wording-faulty"):
    field = "text"


class NothingPrepared(Refused, code="nothing-prepared"):
    pass


class StateWrong(Refused, code="survey-state-wrong"):
    pass


class NoticeTooLate(Refused, code="notice-too-late"):
    field = "notice_on"


class TextChanged(Refused, code="text-changed"):
    pass


class NotOpen(Refused, code="survey-not-open"):
    """It is not open yet, or not any more."""


class WordsUnknown(Refused, code="words-unknown"):
    field = "words"


class AnsweredElsewhere(Refused, code="answered-elsewhere"):
    """Another tab answered the question otherwise meanwhile."""


class AnsweredAlready(Refused, code="answered-already"):
    """The answers were sent already, or given up, from another tab."""


class Unfinished(Refused, code="survey-unfinished"):
    pass


# The code lists of surveys, and how long what they collect is kept.


LEAST_GROUP: Final = 11  # people: no smaller group of a survey is shown, as of families
NOTICE: Final = timedelta(days=7)  # parents know of a survey of minors for so long before it
DRAFTS: Final = timedelta(days=30)  # without a new answer
MARKS: Final = timedelta(days=30)  # after the end: that something was sent already
TEXTS: Final = timedelta(days=180)  # after the end: free texts as they were written
ANSWERS: Final = timedelta(days=5 * 365)  # after the end


class SurveyState(TextChoices):
    """How far a survey is."""

    DRAFT = "draft", pgettext_lazy("survey", "in preparation")
    OPEN = "open", pgettext_lazy("survey", "open")
    CLOSED = "closed", pgettext_lazy("survey", "closed")


class Audience(TextChoices):
    """Who is asked: minors through a school or structure alone, and without free text."""

    ADULTS = "adults", _("Adults, by the public page")
    MINORS = "minors", _("Minors, through a school or organisation")


class Reading(TextChoices):
    """What someone of the team decided about a free text, once it was read."""

    WAITING = "waiting", pgettext_lazy("free text", "to read")
    SHOWN = "shown", pgettext_lazy("free text", "may be shown")
    WITHHELD = "withheld", pgettext_lazy("free text", "not to be shown")


# Quotas: how many answers of a kind are wanted, as the wording says. Pure.


@dataclass(frozen=True, slots=True)
class Quota:
    """So many answers at most to a question of one choice, of those that chose this letter."""

    question: str
    letter: str
    most: int

    @property
    def key(self) -> str:
        """Return by what it is counted."""
        return f"{self.question}:{self.letter}"

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Return whether it counts for someone with these answers."""
        return answers.get(self.question) == self.letter


def quotas(source: Source) -> list[Quota]:
    """Return the quotas of a wording."""
    rows: Sequence[Mapping[str, Any]] = source.get("quotas", ())
    return [Quota(str(each["question"]), str(each["is"]), int(each["most"])) for each in rows]


NEEDED: Final = ("title", "about", "population", "method")  # words of a survey
LIMITS: Final = "limits"  # words that it may have: what it cannot say
MOST_QUESTIONS: Final = 300
_LONGEST_SENTENCE: Final = {Audience.ADULTS: 25, Audience.MINORS: 15}  # words
LONGEST: Final = 400_000  # characters of a wording
_OF_A_WORDING: Final = frozenset({"sections", "quotas", "known", "known_from", "crossed_by"})
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_FAULTS = (PackFaulty, ValueError, TypeError, ArithmeticError, AttributeError)


def check_words(words: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> None:
    """Refuse a survey whose title, purpose, population or method lacks a language.

    Its limits may be left out, in all languages.
    """
    for name in NEEDED:
        for language in languages:
            if not words.get(name, {}).get(language, "").strip():
                raise WordsMissing(
                    gettext(
                        "The title, the purpose, the population and the method are in each "
                        "language."
                    )
                )
    limits = words.get(LIMITS, {})
    if len({bool(limits.get(language, "").strip()) for language in languages}) > 1:
        raise WordsMissing(gettext("Limits are in each language, or in none."))


def check_days(opens_on: date, closes_on: date) -> None:
    """Refuse a survey that closes before it opens."""
    if closes_on < opens_on:
        raise DatesFaulty(gettext("A survey closes on the day it opens, or later."))


def check_notice(notice_on: date, ends_on: date, *, today: date) -> None:
    """Refuse a link of which parents were not told in time."""
    if notice_on < today:
        raise NoticeTooLate(gettext("The day of the notice is today or later."))
    if ends_on <= notice_on + NOTICE:
        raise NoticeTooLate(
            gettext("Parents have seven days to read the notice before pupils answer.")
        )


def check_told(found: Any) -> weighting.Source:
    """Return a wording as it was read from TOML or JSON. Raises WordingFaulty.

    It is read whole, and its questions with it: what is not known to the engine is refused.
    """
    try:
        source: weighting.Source = json.loads(weighting.canonical(found))
        asked = weighting.questionnaire(source)
        quotas(source)
        population(source, asked)
    except KeyError as missing:
        key = missing.args[0]
        raise WordingFaulty(gettext("“%(key)s” is missing.") % {"key": key}) from None
    except _FAULTS as fault:
        raise WordingFaulty(gettext("A question is faulty: %(fault)s") % {"fault": fault}) from None
    if any(not _CODE.fullmatch(each.code) for each in asked.questions):
        raise WordingFaulty(gettext("The code of a question is of letters, digits and hyphens."))
    if not asked.questions:
        raise WordingFaulty(gettext("No question was found."))
    return source


def findings(
    source: weighting.Source, *, audience: Audience, languages: Sequence[str]
) -> tuple[Finding, ...]:
    """Return what is found in a wording for these people, in these languages."""
    asked = weighting.questionnaire(source)
    found = checking.check(asked, languages, goal=_LONGEST_SENTENCE[audience], is_quiz=False)
    return (*found, *_of_surveys(asked, audience), *_of_quotas(asked, source), *_unread(source))


def _of_surveys(asked: Questionnaire, audience: Audience) -> Iterator[Finding]:
    if len(asked.questions) > MOST_QUESTIONS:
        yield Finding("too-many", "", gettext("It has more than 300 questions."))
    for each in asked.questions:
        if each.kind is QuestionKind.TEXT and audience is Audience.MINORS:
            yield Finding(
                "text-of-minors", each.code, gettext("Minors are asked without free text.")
            )
        if each.kind is QuestionKind.TEXT and not each.is_optional:
            yield Finding("text-needed", each.code, gettext("A free text may be left out."))
        if each.has_right:
            message = gettext("A question of a survey has no right answer.")
            yield Finding("has-right", each.code, message)


def _of_quotas(asked: Questionnaire, source: weighting.Source) -> Iterator[Finding]:
    for each in quotas(source):
        question = asked.question(each.question)
        if (
            question is None
            or question.kind is not QuestionKind.ONE
            or each.letter not in question.letters
        ):
            yield Finding("quota-of-nothing", each.question, gettext("This quota is of no answer."))


def _unread(source: weighting.Source) -> Iterator[Finding]:
    beside = (("", key) for key in source.keys() - _OF_A_WORDING)
    for code, key in sorted((*beside, *reading.unread(source["sections"]))):
        message = gettext("Nothing reads “%(key)s”: is it a typing error?") % {"key": key}
        yield Finding("unread", code, message)


def in_words(words: Mapping[str, Any], name: str) -> Words | None:
    """Return words of a survey, to be shown in one's language."""
    return Words.read(words[name], where=name) if words.get(name) else None
