"""A recipient's clock: it starts, stands still, goes on or starts anew, and runs out. Pure.

Moments are aware datetimes; a clock knows neither now nor the database.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext, gettext_lazy as _

from balise.takedown.notices.rules.outcomes import Impediment

# How urgent a notice is, and how long its recipient has.


class Urgency(TextChoices):
    """How long a recipient has: an hour or so, some hours, a day or more."""

    IMMEDIATE = "immediate", _("At once")
    URGENT = "urgent", _("Urgent")
    STEADY = "steady", _("Ordinary")


class Goal(TextChoices):
    """What is expected of a recipient: word that it has the notice, a decision, the removal."""

    ACKNOWLEDGE = "acknowledge", _("To confirm receipt")
    DECIDE = "decide", _("To decide")
    GONE = "gone", _("To remove it")


@dataclass(frozen=True, slots=True)
class Targets:
    """How long a recipient has for each goal, while its clock runs."""

    acknowledge: timedelta
    decide: timedelta
    gone: timedelta

    def of(self, goal: Goal) -> timedelta:
        """Return the time for one goal."""
        return {
            Goal.ACKNOWLEDGE: self.acknowledge,
            Goal.DECIDE: self.decide,
            Goal.GONE: self.gone,
        }[goal]


def targets_for(
    urgency: Urgency,
    customs: Mapping[Urgency, Targets],
    *,
    steady: timedelta,
    acknowledge: timedelta | None = None,
    decide: timedelta | None = None,
) -> Targets:
    """Return what a recipient has: what its contact promises, else the custom of the centre.

    `steady` is the offence's own custom for a decision. A promise shortens what is urgent and never
    lengthens it; for what is steady it counts as it is. Nobody acknowledges later than they decide.
    """
    custom = customs[urgency]
    if urgency is Urgency.STEADY:
        decides = decide or steady
        gone = max(decides, steady)
    else:
        decides = min(decide or custom.decide, custom.decide)
        gone = custom.gone
    acknowledges = min(acknowledge or custom.acknowledge, decides)
    return Targets(acknowledges, decides, max(gone, decides))


ZERO = timedelta()


class Why(StrEnum):
    """Why a clock stands still: the recipient asks for information, or pleads an impediment.

    The last three are the grounds of article 6-2 of the French LCEN, and no others.
    """

    INFORMATION = "information"
    IMPOSSIBLE = "impossible"
    MANIFEST_ERROR = "manifest-error"
    TOO_LITTLE = "too-little-information"

    @property
    def label(self) -> str:
        if self is Why.INFORMATION:
            return gettext("The host asks for information")
        return str(Impediment(self.value).label)

    @property
    def is_impediment(self) -> bool:
        """Whether the clock starts anew when it is lifted, rather than going on (LCEN, 6-2)."""
        return self is not Why.INFORMATION


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which a clock stood still; without an end it still does."""

    why: Why
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """When it started, and where it stood still; stops may overlap and come in any order.

    One that never `restarts` goes on after an impediment as after a question.
    """

    starts_at: datetime
    stops: tuple[Stop, ...] = ()
    restarts: bool = True

    @property
    def stands_still(self) -> bool:
        """Whether a stop has not ended."""
        return any(stop.ended_at is None for stop in self.stops)

    @property
    def runs_from(self) -> datetime:
        """The moment from which it counts: its start, or the last end of an impediment."""
        if not self.restarts:
            return self.starts_at
        lifted = (stop.ended_at for stop in self.stops if stop.why.is_impediment and stop.ended_at)
        return max((self.starts_at, *lifted))

    def has_run(self, until: datetime) -> timedelta:
        """Return how long it has run at a moment since it last started; never negative."""
        begins = self.runs_from
        if until <= begins:
            return ZERO
        stood = sum((end - start for start, end in self._still(begins, until)), ZERO)
        return until - begins - stood

    def due(self, target: timedelta) -> datetime | None:
        """Return when it will have run for a time; None while it stands still."""
        if self.stands_still:
            return None
        at, left = self.runs_from, target
        for start, end in self._still(at, None):
            if start - at >= left:
                break
            left -= start - at
            at = end
        return at + left

    def _still(
        self, since: datetime, until: datetime | None
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield the times after `since` in which it stood still, in order, without overlap."""
        edge = since
        for stop in sorted(self.stops, key=lambda each: each.began_at):
            end = stop.ended_at or until
            if until is not None and end is not None:
                end = min(end, until)
            start = max(stop.began_at, edge)
            if end is not None and end > start:
                yield start, end
                edge = end


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is expected next, and until when; no moment while the clock stands still."""

    goal: Goal
    due_at: datetime | None


def starts_at(
    sent_at: datetime, *, informed_at: datetime | None = None, ahead: timedelta = ZERO
) -> datetime:
    """Return when a recipient's clock starts: once sent, and so long after it was first informed.

    A recipient that was never addressed hears 12 hours ahead what is asked of it (LCEN, 6-2).
    """
    return sent_at if informed_at is None else max(sent_at, informed_at + ahead)


def deadlines(clock: Clock, targets: Targets, *, met: Collection[Goal]) -> list[Deadline]:
    """Return what is still expected, the first due first."""
    expected = [Deadline(goal, clock.due(targets.of(goal))) for goal in Goal if goal not in met]
    return sorted(expected, key=lambda each: (each.due_at or clock.starts_at, _ORDER[each.goal]))


def next_deadline(clock: Clock, targets: Targets, *, met: Collection[Goal]) -> Deadline | None:
    """Return what is expected first, or None where nothing is."""
    return next(iter(deadlines(clock, targets, met=met)), None)


def met_by(
    *, acknowledged_at: datetime | None, decided_at: datetime | None, is_gone: bool
) -> frozenset[Goal]:
    """Return the goals that are met: who decides has received it, and what is gone was decided."""
    met: Iterable[Goal] = ()
    if is_gone:
        met = Goal
    elif decided_at is not None:
        met = (Goal.ACKNOWLEDGE, Goal.DECIDE)
    elif acknowledged_at is not None:
        met = (Goal.ACKNOWLEDGE,)
    return frozenset(met)


_ORDER = {goal: place for place, goal in enumerate(Goal)}
