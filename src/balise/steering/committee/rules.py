"""What a committee decides and what becomes of it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused


class DecisionClosed(Refused, code="decision-closed"):
    """What is done, or given up, moves no more."""

    field = "state"


class StepBefore(Refused, code="step-before"):
    """A step comes on or after the one before it."""

    field = "day"


class WordsMissing(Refused, code="words-missing"):
    field = "words"


class MeetingKnown(Refused, code="meeting-known"):
    """There is one meeting on a day."""

    field = "day"


class DecisionState(TextChoices):
    """What became of a decision."""

    TAKEN = "taken", pgettext_lazy("decision", "Taken")
    UNDER_WAY = "under-way", pgettext_lazy("decision", "Under way")
    DONE = "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", pgettext_lazy("decision", "Given up")


OPEN: Final = (DecisionState.TAKEN, DecisionState.UNDER_WAY)
_EXPLAINED: Final = (DecisionState.DROPPED,)  # who decided it reads why


def check_step(*, at: DecisionState, since: date, to: DecisionState, day: date, words: str) -> None:
    """Refuse a step that a decision cannot take from where it is since a day."""
    if at not in OPEN:
        raise DecisionClosed(_("This decision is closed."))
    if day < since:
        raise StepBefore(_("This day is before the last step."))
    if to in _EXPLAINED and not words.strip():
        raise WordsMissing(_("Say why."))


def number_after(known: Sequence[str], *, year: int) -> str:
    """Return the number of the next decision of a year, as “2026-07”."""
    last = max((int(one.rpartition("-")[2]) for one in known), default=0)
    return f"{year}-{last + 1:02}"


def in_language(words: Mapping[str, str], language: str = "") -> str:
    """Return words in a language, the reader's if none is said, or else as they were written."""
    found = words.get(language or (get_language() or ""), "")
    return found or next((one for one in words.values() if one), "")
