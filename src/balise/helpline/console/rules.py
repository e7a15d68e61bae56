"""What a brief, a raised hand and a life in danger ask for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused

LONGEST_BRIEF: Final = 2_000
LONGEST_ANSWER: Final = 1_000


class Question(TextChoices):
    """What is asked where a life may be in danger, in this order.

    The first four are the ladder of Crisis Text Line: with all four the danger is imminent.
    """

    THOUGHTS = "thoughts", gettext_lazy("Thoughts of dying, or of hurting someone")
    PLAN = "plan", gettext_lazy("A plan: how?")
    MEANS = "means", gettext_lazy("Means: are they within reach?")
    TIMEFRAME = "timeframe", gettext_lazy("Time: today, within two days")
    LOCATION = "location", gettext_lazy("Where are they now? Address, floor, door code")
    WITH_WHOM = "with-whom", gettext_lazy("Who is with them, or near?")


LADDER: Final = (Question.THOUGHTS, Question.PLAN, Question.MEANS, Question.TIMEFRAME)


class BriefNeeded(Refused, code="brief-needed"):
    """A transfer needs a brief for the next listener."""


class NotHeld(Refused, code="not-held"):
    """Only who holds it may do that."""


def not_held(held_by: str, *, was_cut: bool = False) -> NotHeld:
    """Return the refusal of what one does not hold, which says whether someone else does.

    `was_cut`: one's own line was cut, so that it waited for someone else.
    """
    if was_cut:
        return NotHeld(_("Your connection dropped: this person was passed on, in front of others."))
    if held_by:
        return NotHeld(_("Another listener has taken it."))
    return NotHeld(_("You do not have this contact now, and nobody else has taken it."))


class StillHere(Refused, code="still-here"):
    """A record is closed only after the person it is about has gone."""


class RecordNeeded(Refused, code="record-needed"):
    """A contact ends with a record, so that it is counted."""


class AttemptNeeded(Refused, code="attempt-needed"):
    """A call-back is wrapped up with its outcome."""


class ChecklistChanged(Refused, code="checklist-changed"):
    """Someone else answered the same steps meanwhile: `theirs` are saved, none overwritten."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        self.theirs = dict(theirs)
        super().__init__(
            _(
                "Someone else wrote here at the same time. Their text is below, yours is in the "
                "field."
            )
        )


class AnswerTooLong(Refused, code="answer-too-long"):
    pass


class QueueTaken(Refused, code="queue-taken"):
    """A supervisor has taken this queue over."""


def read_text(text: str) -> str:
    """Return what was typed as a browser counts it: a line break, sent as two, is one character."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def read_brief(text: str) -> str:
    """Return a brief as it is kept; refuse an empty one, and one of over 2,000 characters."""
    words = read_text(text)
    if not words:
        raise BriefNeeded(_("Write one line for your colleague."))
    if len(words) > LONGEST_BRIEF:
        raise BriefNeeded(_("2,000 characters at most: tell your colleague what matters now."))
    return words


def read_answers(given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to the checklist as they are kept; what is no question is left out.

    Refuses (AnswerTooLong) one of over 1,000 characters: nothing is cut.
    """
    answers = {code: read_text(given.get(code, "")) for code in Question.values}
    if any(len(words) > LONGEST_ANSWER for words in answers.values()):
        raise AnswerTooLong(_("1,000 characters at most for each question."))
    return answers


def merged(
    stored: Mapping[str, str], *, shown: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the answers to store, and those of others that differ from what was typed.

    An answer is changed only by who typed in it: `shown` is what its field held before.
    """
    answers, theirs = dict.fromkeys(Question.values, "") | dict(stored), {}
    for code, words in typed.items():
        before, now_there = shown.get(code, ""), answers[code]
        if words in (before, now_there):
            continue
        if now_there == before:
            answers[code] = words
        else:
            theirs[code] = now_there
    return answers, theirs


def is_imminent(answers: Mapping[str, str]) -> bool:
    """Return whether all four steps of the ladder are answered."""
    return all(answers.get(step) for step in LADDER)


# The time that listeners were with someone: from each time one took them to their release.


class Step(Enum):
    """What happened to someone, as far as it counts for the time spent with them."""

    TAKEN = auto()
    LET_GO = auto()
    GONE = auto()
    BACK = auto()


def seconds_with(
    steps: Iterable[tuple[datetime, Step]], *, since: datetime, until: datetime
) -> int:
    """Return the seconds within which a listener had someone, from `since` to `until`.

    Someone who was gone when they were released, or at `until`, counts until they went; someone who
    came back while the listener waited counts all along.
    """
    total = 0.0
    taken_at: datetime | None = None
    gone_at: datetime | None = None
    for at, step in (*steps, (until, Step.LET_GO)):
        if step is Step.TAKEN:
            taken_at = taken_at or at
        elif step is Step.GONE:
            gone_at = at
        elif step is Step.BACK:
            gone_at = None
        elif taken_at is not None:
            left_at = min(at, gone_at or at, until)
            total += max((left_at - max(taken_at, since)).total_seconds(), 0)
            taken_at = None
    return int(total)
