"""Count what was done with a quiz in the tally of the day; tell the journal of days gone by."""

from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from balise.awareness.activities.quizzes.events import QuizzesCounted
from balise.awareness.activities.quizzes.models import DayTally, Once
from balise.awareness.activities.quizzes.rules.quizzes import Quiz
from balise.awareness.activities.quizzes.rules.words import What
from balise.foundation.actors import Actor
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies


def is_first(*, path_id: UUID, by: Actor) -> bool:  # noqa: ARG001 - anyone
    """Return whether the end of a path comes for the first time, and remember that it came."""
    return tallies.once(Once, path_id.bytes, what="quiz")


def count(*, what: What, quiz: Quiz, total: int = 0, by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally of a quiz, within the caller's transaction."""
    place = {"quiz": quiz.code, "audience": quiz.audience.value, "what": what.value}
    tallies.add(DayTally, total=total, **place)


def count_past(*, what: What, quiz: Quiz, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what was done with a quiz on days of the past, so many times each day."""
    place = {"quiz": quiz.code, "audience": quiz.audience.value, "what": what.value}
    tallies.add_past(DayTally, days, **place)


@transaction.atomic
def begin_class(*, quiz: Quiz, by: Actor) -> None:
    """Note that a class begins a quiz."""
    count(what=What.CLASS, quiz=quiz, by=by)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(DayTally, _fact, by=by)


def _fact(one: DayTally) -> QuizzesCounted:
    return QuizzesCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/quizzes/{one.day}"),
        day=one.day,
        quiz=Code(one.quiz),
        audience=Code(one.audience),
        what=Code(one.what),
        times=one.untold,
        amount=one.untold_total,
    )
