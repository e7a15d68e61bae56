"""A call, computed from the set of what was told about it, in any order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

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
