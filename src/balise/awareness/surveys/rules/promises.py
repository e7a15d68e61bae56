"""What may be changed of a survey, and what a wording must have to be published. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from balise.awareness.questions.rules import checking, reading
from balise.awareness.questions.rules.checking import Finding
from balise.awareness.questions.rules.questionnaires import Questionnaire
from balise.awareness.questions.rules.questions import QuestionKind
from balise.awareness.surveys.rules import wordings
from balise.awareness.surveys.rules.population import population
from balise.awareness.surveys.rules.quotas import quotas
from balise.awareness.surveys.rules.refusals import (
    DatesFaulty,
    NoticeTooLate,
    WordingFaulty,
    WordsMissing,
)
from balise.awareness.surveys.rules.words import NOTICE, Audience
from balise.foundation.packs import PackFaulty, Words

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
                    _("The title, the purpose, the population and the method are in each language.")
                )
    limits = words.get(LIMITS, {})
    if len({bool(limits.get(language, "").strip()) for language in languages}) > 1:
        raise WordsMissing(_("Limits are in each language, or in none."))


def check_days(opens_on: date, closes_on: date) -> None:
    """Refuse a survey that closes before it opens."""
    if closes_on < opens_on:
        raise DatesFaulty(_("A survey closes on the day it opens, or later."))


def check_notice(notice_on: date, ends_on: date, *, today: date) -> None:
    """Refuse a link of which parents were not told in time."""
    if notice_on < today:
        raise NoticeTooLate(_("The day of the notice is today or later."))
    if ends_on <= notice_on + NOTICE:
        raise NoticeTooLate(_("Parents have seven days to read the notice before pupils answer."))


def check_told(found: Any) -> wordings.Source:
    """Return a wording as it was read from TOML or JSON. Raises WordingFaulty.

    It is read whole, and its questions with it: what is not known to the engine is refused.
    """
    try:
        source: wordings.Source = json.loads(wordings.canonical(found))
        asked = wordings.questionnaire(source)
        quotas(source)
        population(source, asked)
    except KeyError as missing:
        key = missing.args[0]
        raise WordingFaulty(_("“%(key)s” is missing.") % {"key": key}) from None
    except _FAULTS as fault:
        raise WordingFaulty(_("A question is faulty: %(fault)s") % {"fault": fault}) from None
    if any(not _CODE.fullmatch(each.code) for each in asked.questions):
        raise WordingFaulty(_("The code of a question is of letters, digits and hyphens."))
    if not asked.questions:
        raise WordingFaulty(_("No question was found."))
    return source


def findings(
    source: wordings.Source, *, audience: Audience, languages: Sequence[str]
) -> tuple[Finding, ...]:
    """Return what is found in a wording for these people, in these languages."""
    asked = wordings.questionnaire(source)
    found = checking.check(asked, languages, goal=_LONGEST_SENTENCE[audience], is_quiz=False)
    return (*found, *_of_surveys(asked, audience), *_of_quotas(asked, source), *_unread(source))


def _of_surveys(asked: Questionnaire, audience: Audience) -> Iterator[Finding]:
    if len(asked.questions) > MOST_QUESTIONS:
        yield Finding("too-many", "", _("It has more than 300 questions."))
    for each in asked.questions:
        if each.kind is QuestionKind.TEXT and audience is Audience.MINORS:
            yield Finding("text-of-minors", each.code, _("Minors are asked without free text."))
        if each.kind is QuestionKind.TEXT and not each.is_optional:
            yield Finding("text-needed", each.code, _("A free text may be left out."))
        if each.has_right:
            message = _("A question of a survey has no right answer.")
            yield Finding("has-right", each.code, message)


def _of_quotas(asked: Questionnaire, source: wordings.Source) -> Iterator[Finding]:
    for each in quotas(source):
        question = asked.question(each.question)
        if (
            question is None
            or question.kind is not QuestionKind.ONE
            or each.letter not in question.letters
        ):
            yield Finding("quota-of-nothing", each.question, _("This quota is of no answer."))


def _unread(source: wordings.Source) -> Iterator[Finding]:
    beside = (("", key) for key in source.keys() - _OF_A_WORDING)
    for code, key in sorted((*beside, *reading.unread(source["sections"]))):
        message = _("Nothing reads “%(key)s”: is it a typing error?") % {"key": key}
        yield Finding("unread", code, message)


def in_words(words: Mapping[str, Any], name: str) -> Words | None:
    """Return words of a survey, to be shown in one's language."""
    return Words.read(words[name], where=name) if words.get(name) else None
