"""Whether someone may look now, and what looking adds to their day. Pure: the moment is given."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.hotline.welfare.rules.limits import WHOLE, Limits, Severity

# A page tells every ten seconds that it still shows something; a page in the background, once a
# minute. What was not told for longer was not shown, or is not known to have been.
LONGEST_BEAT = timedelta(seconds=75)


class Why(TextChoices):
    """Why nothing is shown now."""

    HOURS = "hours", _("Viewing hours are over")
    DAY = "day", _("Enough for today")
    OWN_BREAK = "own-break", _("You are on a break")
    PAUSE = "pause", _("Time for a break")
    COOL_DOWN = "cool-down", _("End of day")
    REST = "rest", _("Take a moment after hard content")


@dataclass(frozen=True, slots=True)
class SoFar:
    """Someone's day until now. `weighed` is in hundredths of seconds times the severity's weight.

    A stretch begins with the first look after a break; `looked_at` is the last one. A break that
    was asked for ends at `break_ends_at`, the rest after a hard content at `rested_at`.
    """

    weighed: int = 0
    breaks: int = 0
    stretch_began_at: datetime | None = None
    looked_at: datetime | None = None
    break_ends_at: datetime | None = None
    rested_at: datetime | None = None

    @property
    def weighed_time(self) -> timedelta:
        return timedelta(seconds=self.weighed / WHOLE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether one may look; if not, why, and until when if it is known before tomorrow."""

    why: Why | None = None
    until: datetime | None = None

    @property
    def allows(self) -> bool:
        return self.why is None


def ruling(
    so_far: SoFar, *, at: datetime, severity: Severity, limits: Limits, goes_on: bool = False
) -> Ruling:
    """Return whether someone may look at a content of this severity; `at` is in the centre's zone.

    The hours come first, then the day, then the break, then the cool-down, then the rest after a
    hard content; this last one does not apply to the same content (`goes_on`).
    """
    stops_at = _stop(at, limits)
    if at.time() < limits.starts_at or (stops_at is not None and at >= stops_at):
        return Ruling(Why.HOURS)
    if so_far.weighed_time >= limits.day:
        return Ruling(Why.DAY)
    on_break = _break(so_far, at, limits)
    if on_break is not None:
        return on_break
    if stops_at and at >= stops_at - limits.cool_down and not severity.in_cool_down:
        return Ruling(Why.COOL_DOWN)
    is_resting = so_far.rested_at is not None and at < so_far.rested_at
    if is_resting and not severity.in_cool_down and not goes_on:
        return Ruling(Why.REST, so_far.rested_at)
    return Ruling()


def looking(so_far: SoFar, *, at: datetime, severity: Severity, limits: Limits) -> SoFar:
    """Return the day after a look begins; a long enough pause before it was a break."""
    so_far = replace(so_far, break_ends_at=None)
    had_break = so_far.looked_at is None or at - so_far.looked_at >= limits.pause
    if not had_break:
        return _seen(so_far, max(at, so_far.looked_at or at), severity)
    breaks = so_far.breaks + (so_far.looked_at is not None)
    return _seen(replace(so_far, breaks=breaks, stretch_began_at=at), at, severity)


def looked(so_far: SoFar, *, at: datetime, severity: Severity) -> tuple[SoFar, int]:
    """Return the day after a look went on until `at`, and the whole seconds that it adds.

    The seconds are those of our own clock since the last sign; after too long a silence, none.
    """
    since = at - so_far.looked_at if so_far.looked_at else timedelta()
    if since < timedelta():
        return so_far, 0
    seconds = round(since.total_seconds()) if since <= LONGEST_BEAT else 0
    weighed = so_far.weighed + seconds * severity.weight
    return _seen(replace(so_far, weighed=weighed), at, severity), seconds


def glanced(so_far: SoFar, *, severity: Severity, limits: Limits) -> tuple[SoFar, int]:
    """Return the day after a look without script, when it begins; it counts in full, in seconds."""
    seconds = round(limits.moment.total_seconds())
    return replace(so_far, weighed=so_far.weighed + seconds * severity.weight), seconds


def left(so_far: SoFar, *, limits: Limits) -> timedelta:
    """Return what is left of the day, for contents of the least weight."""
    return max(timedelta(), limits.day - so_far.weighed_time)


def _seen(so_far: SoFar, at: datetime, severity: Severity) -> SoFar:
    rested_at = at + severity.rest if severity.rest else so_far.rested_at
    return replace(so_far, looked_at=at, rested_at=rested_at)


def _break(so_far: SoFar, at: datetime, limits: Limits) -> Ruling | None:
    if so_far.break_ends_at and at < so_far.break_ends_at:
        return Ruling(Why.OWN_BREAK, so_far.break_ends_at)
    ends_at = so_far.looked_at + limits.pause if so_far.looked_at else None
    if ends_at and at < ends_at and _since_break(so_far, at) >= limits.stretch:
        return Ruling(Why.PAUSE, ends_at)
    return None


def _since_break(so_far: SoFar, at: datetime) -> timedelta:
    return at - so_far.stretch_began_at if so_far.stretch_began_at else timedelta()


def _stop(at: datetime, limits: Limits) -> datetime | None:
    if limits.stops_at is None:
        return None
    return at.replace(
        hour=limits.stops_at.hour, minute=limits.stops_at.minute, second=0, microsecond=0
    )
