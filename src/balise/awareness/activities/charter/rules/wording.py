"""What the words of a practice must keep to, whoever wrote them. Pure.

A child reads sentences of 12 words at most, an adult of 25; nothing promises what nobody can hold;
a figure stands in a reason, with the study that found it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.charter.rules.bank import Practice
from balise.awareness.readability.rules.measure import measured
from balise.foundation.packs import Words

LANGUAGES: Final = ("fr", "en")
FIELDS: Final = ("says", "child", "easy", "reason", "tip")
LONGEST: Final = 300  # characters of one wording
_WORDS_OF: Final = {"child": 12, "easy": 12}
_WORDS: Final = 25
_FIGURE: Final = re.compile(r"\d")
_PROMISE: Final = re.compile(
    r"\bpromet|\bpromis|\bgaranti|\bguarantee|\bpromis(?:e|ing)|\brisques? rien|\bno risk"
    r"|personne ne (?:saura|le saura|verra)|nobody will (?:know|see)|will be (?:safe|removed)"
    r"|\bsera (?:retirée?|supprimée?|effacée?)|\bplus jamais\b|\bnever again\b",
    re.IGNORECASE,
)


class Fault(StrEnum):
    """What is wrong with a wording."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    PROMISE = "promise"
    FIGURE = "figure-without-source"
    PERCENT = "percent"  # easy to read says "one in ten"


SAID: Final = {
    Fault.MISSING: _("Write it in French and in English."),
    Fault.TOO_LONG: _("Shorten it: 12 words a sentence for a child, 25 for adults."),
    Fault.PROMISE: _("It promises what nobody can hold. Say what one can do."),
    Fault.FIGURE: _("A figure needs its source. Choose one, or leave the figure out."),
    Fault.PERCENT: _("Say “one in ten” instead of a percentage."),
}


def faults(practice: Practice) -> Iterator[tuple[Fault, str, str]]:
    """Yield what is wrong with a practice: the fault, the field and the language."""
    for field in FIELDS:
        words: Words = getattr(practice, field)
        for language in LANGUAGES:
            text = dict(words.by_language).get(language, "").strip()
            for fault in _of(text, field, language, has_source=practice.source is not None):
                yield fault, field, language


def _of(text: str, field: str, language: str, *, has_source: bool) -> Iterator[Fault]:
    if not text:
        yield Fault.MISSING
        return
    # Between < and > a text of our own holds nothing; the measure reads a line's end as one.
    goal = _WORDS_OF.get(field, _WORDS)
    if len(text) > LONGEST or measured(text, language=language, goal=goal).too_long:
        yield Fault.TOO_LONG
    if _PROMISE.search(text):
        yield Fault.PROMISE
    if field == "reason" and _FIGURE.search(text) and not has_source:
        yield Fault.FIGURE
    if field == "easy" and "%" in text:
        yield Fault.PERCENT
