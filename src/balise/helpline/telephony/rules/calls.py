"""A call, computed from the set of what was told about it, in any order."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy, gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused

# Half of callers who hang up do so within a minute; the last band is open.
_BANDS = ((10, "under-10-s"), (30, "under-30-s"), (60, "under-1-min"), (180, "under-3-min"))
_LAST_BAND = "over-3-min"
# The bands of a wait in words, for the figures, shortest first.
WAITS = (
    ("under-10-s", _("under 10 seconds")),
    ("under-30-s", _("10 to 30 seconds")),
    ("under-1-min", _("30 seconds to a minute")),
    ("under-3-min", _("1 to 3 minutes")),
    ("over-3-min", _("over 3 minutes")),
)
# Answered within so many seconds is answered in time, as call centres count it.
IN_TIME_S = 60


class Happening(TextChoices):
    """What an exchange tells of a call."""

    RINGING = "ringing", _("Ringing")
    QUEUED = "queued", _("Waiting")
    ANSWERED = "answered", _("Answered")
    HELD = "held", pgettext_lazy("call", "On hold")
    RESUMED = "resumed", _("Resumed")
    TRANSFERRED = "transferred", _("Passed on")
    RETURNED = "returned", _("Back after a transfer")
    ENDED = "ended", pgettext_lazy("call", "Ended")
    ABANDONED = "abandoned", _("Abandoned while waiting")


class CallState(TextChoices):
    """The state of a call."""

    RINGING = "ringing", _("Ringing")
    QUEUED = "queued", _("Waiting")
    TALKING = "talking", _("Talking")
    HELD = "held", pgettext_lazy("call", "On hold")
    ENDED = "ended", pgettext_lazy("call", "Ended")
    ABANDONED = "abandoned", _("Abandoned while waiting")
    BLOCKED = "blocked", _("Temporarily blocked")


class EndedBy(TextChoices):
    """Who hung up."""

    CALLER = "caller", _("The caller")
    LISTENER = "listener", pgettext_lazy("call", "The listener")
    LINE = "line", _("The line dropped")
    UNKNOWN = "unknown", _("Not known")


OVER = frozenset({CallState.ENDED, CallState.ABANDONED, CallState.BLOCKED})
UP = frozenset({CallState.TALKING, CallState.HELD})
_LAST = frozenset({Happening.ENDED, Happening.ABANDONED})
_ORDER = {happening: place for place, happening in enumerate(Happening)}
_PAUSES = frozenset({Happening.HELD, Happening.RESUMED, Happening.TRANSFERRED, Happening.RETURNED})


@dataclass(frozen=True, slots=True)
class CallFact:
    """One thing that was told: what, and when it was so by our own clock."""

    happening: Happening
    at: datetime
    ended_by: EndedBy = EndedBy.UNKNOWN


@dataclass(frozen=True, slots=True)
class Standing:
    """A call's state, with the moments that are known, and the seconds between them."""

    state: CallState
    began_at: datetime
    queued_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    ended_by: EndedBy | None

    @property
    def waited_s(self) -> int:
        """Return how long the caller waited: until someone answered, or until the end."""
        until = self.answered_at or self.ended_at
        return _seconds(self.queued_at or self.began_at, until) if until else 0

    @property
    def talked_s(self) -> int:
        """Return how long they talked; 0 while they still do, or never did."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return _seconds(self.answered_at, self.ended_at)


def settle(told: Iterable[CallFact], *, is_blocked: bool = False) -> Standing:
    """Return a call's state after all that was told, in any order.

    An end is final: what is told of an earlier moment fills in, what is told of a later one does
    not open the call again. Who was answered did not abandon: then it ended, by the caller. What is
    told twice, the earliest moment holds; of ends, the earliest too. Who was blocked and never
    answered did not abandon either. Raises ValueError for nothing.
    """
    known = sorted(told, key=lambda one: (one.at, _ORDER[one.happening], one.ended_by))
    if not known:
        raise ValueError("nothing was told")
    first: dict[Happening, CallFact] = {}
    for one in known:
        first.setdefault(one.happening, one)
    last = next((one for one in known if one.happening in _LAST), None)
    answered = first.get(Happening.ANSWERED)
    queued = first.get(Happening.QUEUED)
    talks = answered is not None or any(one.happening in _PAUSES for one in known)
    return Standing(
        state=_state(known, last, talks=talks, is_blocked=is_blocked),
        began_at=known[0].at,
        queued_at=queued.at if queued else None,
        answered_at=answered.at if answered else None,
        ended_at=last.at if last else None,
        ended_by=_ended_by(last, talks=talks) if last else None,
    )


def _state(
    known: list[CallFact], last: CallFact | None, *, talks: bool, is_blocked: bool
) -> CallState:
    if last and is_blocked and not talks:
        return CallState.BLOCKED
    if last:
        is_abandoned = last.happening is Happening.ABANDONED or last.ended_by is EndedBy.CALLER
        return CallState.ABANDONED if is_abandoned and not talks else CallState.ENDED
    if talks:
        pauses = [one.happening for one in known if one.happening in _PAUSES]
        return CallState.HELD if pauses and pauses[-1] is Happening.HELD else CallState.TALKING
    waits = any(one.happening is Happening.QUEUED for one in known)
    return CallState.QUEUED if waits else CallState.RINGING


def _ended_by(last: CallFact, *, talks: bool) -> EndedBy:
    if last.happening is Happening.ABANDONED:
        return EndedBy.CALLER
    return last.ended_by if talks or last.ended_by is not EndedBy.LISTENER else EndedBy.LINE


def band(seconds: int) -> str:
    """Return the code of a wait, for the figures."""
    return next((code for most, code in _BANDS if seconds < most), _LAST_BAND)


def half_hour(local: datetime) -> str:
    """Return the half hour that a local moment is in, as 09:30."""
    return f"{local.hour:02}:{30 if local.minute >= 30 else 0:02}"  # noqa: PLR2004 - minutes


def _seconds(since: datetime, until: datetime) -> int:
    return max(int((until - since) / timedelta(seconds=1)), 0)


# A day of calls that never were: when they come, how long one waits, how long one talks.


# Share of the day's calls in each hour from nine to eleven at night: after school is the peak.
_HOURS = (4, 5, 5, 5, 4, 5, 7, 9, 11, 12, 11, 9, 7, 6)
_TALK_MEAN_S = 35 * 60
_PATIENCE_MEAN_S = 240
_SILENT_SHARE = 0.12
_SILENT_S = (20, 150)
_RETURNING_SHARE = 0.15
_RING_S = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """Who will call: seconds after opening, for how long they wait and talk, and how it is."""

    ref: str
    at_s: float
    patience_s: float
    talk_s: float
    number: str
    is_silent: bool
    is_life_danger: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that the exchange will tell, so many seconds after opening."""

    at_s: float
    happening: Happening
    caller: Caller
    ended_by: EndedBy = EndedBy.UNKNOWN


def callers(calls: int, *, chance: Any, name: str = "day") -> list[Caller]:
    """Return the callers of a day, in the order in which they call; one is in danger of life.

    Talks last 35 minutes on average; the silent ones some seconds.

    `chance` is a `random.Random`: the same seed, the same day.
    """
    hours = chance.choices(range(len(_HOURS)), weights=_HOURS, k=calls)
    moments = sorted((hour + chance.random()) * 3600 for hour in hours)
    in_danger = chance.randrange(calls) if calls else -1
    made: list[Caller] = []
    for place, at_s in enumerate(moments):
        is_danger = place == in_danger
        is_silent = not is_danger and chance.random() < _SILENT_SHARE
        again = made and chance.random() < _RETURNING_SHARE
        number = chance.choice(made).number if again else f"+3319900{place:04}"
        talk = chance.uniform(*_SILENT_S) if is_silent else chance.gammavariate(4, _TALK_MEAN_S / 4)
        patience = 3_600.0 if is_danger else chance.expovariate(1 / _PATIENCE_MEAN_S) + 5
        made.append(
            Caller(
                ref=f"{name}-{place:04}",
                at_s=at_s,
                patience_s=patience,
                talk_s=talk,
                number=number,
                is_silent=is_silent,
                is_life_danger=is_danger,
            )
        )
    return made


def beats(who: list[Caller], *, seats: int) -> list[Beat]:
    """Return what the exchange tells of a day with so many listeners, in order.

    First come first served, the one in danger before all; who runs out of patience hangs up.
    """
    told: list[Beat] = []
    free = [0.0] * seats
    heapq.heapify(free)
    waiting: list[tuple[bool, float, int]] = []
    for place, caller in enumerate(who):
        told.extend(
            Beat(caller.at_s + after, happening, caller)
            for happening, after in ((Happening.RINGING, 0), (Happening.QUEUED, _RING_S))
        )
        _serve(who, waiting, free, until=caller.at_s, told=told)
        heapq.heappush(waiting, (not caller.is_life_danger, caller.at_s + _RING_S, place))
    _serve(who, waiting, free, until=float("inf"), told=told)
    return sorted(told, key=lambda beat: (beat.at_s, beat.caller.ref))


def _serve(
    who: list[Caller],
    waiting: list[tuple[bool, float, int]],
    free: list[float],
    *,
    until: float,
    told: list[Beat],
) -> None:
    while waiting and (not free or max(free[0], waiting[0][1]) <= until):
        _last, since, place = heapq.heappop(waiting)
        caller = who[place]
        begins = max(free[0], since) if free else float("inf")
        if begins > since + caller.patience_s:
            told.append(Beat(since + caller.patience_s, Happening.ABANDONED, caller))
            continue
        heapq.heapreplace(free, begins + caller.talk_s)
        ended_by = EndedBy.CALLER if caller.is_silent else EndedBy.LISTENER
        told.append(Beat(begins, Happening.ANSWERED, caller))
        told.append(Beat(begins + caller.talk_s, Happening.ENDED, caller, ended_by))


def gaps(day: list[Beat], *, speed: float) -> Iterator[tuple[float, Beat]]:
    """Yield how many real seconds to wait before each beat; no time at all at speed 0."""
    before = day[0].at_s if day else 0.0
    for beat in day:
        yield ((beat.at_s - before) / speed if speed else 0.0), beat
        before = beat.at_s


def offset(beat: Beat) -> timedelta:
    """Return how long after opening a beat is."""
    return timedelta(seconds=round(beat.at_s, 3))


# What a listener lets the exchange do with a call: hold, resume, transfer; and what may fail.


class Command(TextChoices):
    """What an exchange can be asked to do with a call that a listener has."""

    HOLD = "hold", pgettext_lazy("call", "Hold")
    RESUME = "resume", pgettext_lazy("call", "Resume")
    TRANSFER = "transfer", pgettext_lazy("call", "Transfer the call")


class Failure(TextChoices):
    """Why it was not done. The caller is where they were: with the listener."""

    AWAY = "away", gettext_lazy("The exchange cannot be reached.")
    REFUSED = "refused", gettext_lazy("The exchange refused.")
    LATE = "late", gettext_lazy("The exchange has not answered in time.")
    UNANSWERED = "unanswered", gettext_lazy("Nobody picked up.")


class CommandImpossible(Refused, code="command-impossible"):
    """The call is not in a state for this, or the exchange is still busy with something."""


# An exchange rings half a minute, then rings the listener back.
_WAITS = {Command.TRANSFER: timedelta(seconds=60)}
_WAIT = timedelta(seconds=15)
_ANSWERS = {
    Command.HOLD: Happening.HELD,
    Command.RESUME: Happening.RESUMED,
    Command.TRANSFER: Happening.TRANSFERRED,
}
_FROM = {
    Command.HOLD: frozenset({CallState.TALKING}),
    Command.RESUME: frozenset({CallState.HELD}),
    Command.TRANSFER: UP,
}


def failure_of(command: str, failed: str, asked_at: datetime | None, *, now: datetime) -> str:
    """Return why what was asked last is not done; "" while it may still be, or was never asked.

    An exchange has 15 seconds, and a minute for a transfer.
    """
    if failed or not command or asked_at is None:
        return failed
    return Failure.LATE if now - asked_at >= _WAITS.get(Command(command), _WAIT) else ""


def check_command(command: Command, state: CallState, *, is_pending: bool) -> None:
    """Refuse (CommandImpossible) what the call's state does not allow, and two things at once."""
    if state not in UP:
        raise CommandImpossible(gettext("Nobody is on the line."))
    if is_pending:
        raise CommandImpossible(
            gettext("The exchange is still busy with this call. Wait a moment.")
        )
    if state not in _FROM[command]:
        raise CommandImpossible(
            gettext("The call is already on hold.")
            if command is Command.HOLD
            else gettext("The call is not on hold.")
        )


def is_answer(happening: Happening, command: Command) -> bool:
    """Return whether what was told ends the wait for a command."""
    return happening is _ANSWERS[command]


def told_by_success(command: Command) -> Happening | None:
    """Return what is so once an exchange took a command; None where it tells it later itself."""
    return None if command is Command.TRANSFER else _ANSWERS[command]
