"""The past by half hour, from the tallies alone: no call, no chat and no person is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from balise.foundation.statistics import queries as statistics
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.rules.hours import schedule
from balise.helpline.staffing.rules.forecast import WEEKS, Past
from balise.helpline.staffing.rules.needs import HALF, HALVES, Manner, Work, work

CALLS = "helpline.calls.offered"
CHATS = "helpline.chats.offered"
_BLOCKED = {CALLS: "helpline.calls.blocked"}  # refused: they need no seat
_WRAPPED = "helpline.contacts.wrapped"
_ENDED, _ANSWERED, _GIVEN_UP = (
    f"helpline.calls.{name}" for name in ("ended", "answered", "abandoned")
)
# What a forecast is made of: none of these may stop being counted.
READ = frozenset({CALLS, CHATS, *_BLOCKED.values(), _WRAPPED, _ENDED, _ANSWERED, _GIVEN_UP})
_HALF_HOUR = ("half_hour",)
_LEAST = 20  # contacts, before their mean says more than what is usual


@dataclass(frozen=True, slots=True)
class Basis:
    """How contacts are, and how many are behind each figure; 0 where it is only an assumption."""

    manner: Manner
    calls: int
    chats: int
    given_up: int


def past(measure: str, since: date, until: date) -> Past:
    """Return a measure's counts by half hour for each day on which the helpline counted at all."""
    ends = statistics.first_and_last_day(measure)
    if ends is None:
        return {}
    first, last = max(since, ends[0]), min(until, ends[1])
    days = {first + timedelta(days=place): [0] * HALVES for place in range((last - first).days + 1)}
    for row in statistics.by_day(measure, first, last, by=_HALF_HOUR):
        days[row.day][half_of(row.codes["half_hour"])] += row.count
    if measure in _BLOCKED:
        for row in statistics.by_day(_BLOCKED[measure], first, last, by=_HALF_HOUR):
            days[row.day][half_of(row.codes["half_hour"])] -= row.count
    return days


def basis(until: date) -> Basis:
    """Return how contacts were in the weeks before a day.

    Work lasts from the accepting to the wrap-up. Patience is all the waiting of all callers over
    the number who gave up, the estimate that holds where the others' patience was never seen to
    end (Mandelbaum and Zeltyn, 2007).
    """
    usual, since = plan(), until - timedelta(weeks=WEEKS)
    last = until - timedelta(days=1)
    found = statistics.totals_of(
        {_WRAPPED: ("channel",), _ENDED: (), _ANSWERED: (), _GIVEN_UP: ()}, since, last
    )
    lasted = {row.codes["channel"]: (row.count, row.total) for row in found[_WRAPPED]}
    (ended,), (answered,), (given_up,) = (found[each] for each in (_ENDED, _ANSWERED, _GIVEN_UP))
    wrapped = lasted.get(Channel.CALL.value, (0, 0))
    talks = wrapped if wrapped[0] >= _LEAST else (ended.count, ended.total)
    chats = lasted.get(Channel.CHAT.value, (0, 0))
    waits = (given_up.count, answered.total + given_up.total)
    manner = Manner(
        call_s=_mean(talks, usual.call_s),
        chat_s=_mean(chats, usual.chat_s),
        patience_s=_mean(waits, usual.patience_s),
        concurrency=usual.concurrency,
    )
    counts = (each if each >= _LEAST else 0 for each in (talks[0], chats[0], given_up.count))
    return Basis(manner, *counts)


def plan() -> Work:
    """Return what the country's pack says of work and of what seats are to give."""
    return work(settings.COUNTRY)


def open_halves(day: date) -> tuple[int, ...]:
    """Return the half hours of a day in which the helpline is open, in order."""
    hours = schedule(settings.COUNTRY, zone=settings.TIME_ZONE).hours_of(day)
    if hours is None:
        return ()
    opens, closes = hours
    first = (opens.hour * 60 + opens.minute) // HALF
    last = -(-(closes.hour * 60 + closes.minute) // HALF)
    return tuple(range(first, last))


def half_of(text: str) -> int:
    """Return the place of a half hour, as 09:30, in its day."""
    return int(text[:2]) * 2 + int(text[3:]) // HALF


def words_of(half: int) -> str:
    """Return a half hour as 09:30; the end of the day is 24:00."""
    return f"{half // 2:02}:{half % 2 * HALF:02}"


def _mean(counted: Sequence[int], usual: float) -> float:
    count, total = counted
    return total / count if count >= _LEAST and total else usual
