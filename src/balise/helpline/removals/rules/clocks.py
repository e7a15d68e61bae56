"""How long a platform may take: clocks that stand still while it waits for us, and the ladder."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused

_NONE = timedelta()


class Urgency(TextChoices):
    """How soon it must be gone."""

    NOW = "now", _("Within an hour")
    SOON = "soon", _("Within 4 hours")
    DAY = "day", _("Within 24 hours")


TARGETS = {
    Urgency.NOW: timedelta(hours=1),
    Urgency.SOON: timedelta(hours=4),
    Urgency.DAY: timedelta(hours=24),
}


class Rung(TextChoices):
    """What to try next where a platform lets its time pass."""

    NONE = "", _("Wait")
    T1 = "t1", _("Remind the platform through the same channel")
    T2 = "t2", _("Try a second channel")
    T3 = "t3", _("Call our contact there")
    T4 = "t4", _("Tell the supervisor; internal complaint (DSA, article 20)")
    T5 = "t5", _("Complaint to the Digital Services Coordinator (DSA, article 53)")


# These go beyond the platform's desk: whoever leads the helpline decides on them.
COMPLAINTS = frozenset({Rung.T5})
# These are made in writing: each has a letter.
LETTERS = frozenset({Rung.T4, Rung.T5})


class NotThatRung(Refused):
    """Time does not allow this rung yet, or it was taken already."""

    code = "removal-not-that-rung"


# After so many times its target; each is climbed by a person.
_CLIMBS = ((8, Rung.T5), (4, Rung.T4), (3, Rung.T3), (2, Rung.T2), (1, Rung.T1))


@dataclass(frozen=True, slots=True)
class Clock:
    """Runs from `started`, but for `paused` in all and since `paused_since`, if it stands still."""

    started: datetime
    paused: timedelta = _NONE
    paused_since: datetime | None = None

    def pause(self, at: datetime) -> "Clock":
        """Return it standing still; one that does already goes on doing so."""
        return self if self.paused_since else replace(self, paused_since=at)

    def resume(self, at: datetime) -> "Clock":
        """Return it running; one that runs already goes on."""
        if self.paused_since is None:
            return self
        stood = max(at - self.paused_since, _NONE)
        return replace(self, paused=self.paused + stood, paused_since=None)

    def elapsed(self, at: datetime) -> timedelta:
        """Return how long it ran; never less than nothing."""
        return max((self.paused_since or at) - self.started - self.paused, _NONE)

    def due(self, target: timedelta) -> datetime:
        """Return when it will have run for so long; later for as long as it stands still."""
        return self.started + target + self.paused


def rung(elapsed: timedelta, target: timedelta) -> Rung:
    """Return the highest rung of the ladder that this much time allows."""
    return next((one for times, one in _CLIMBS if elapsed >= target * times), Rung.NONE)


def next_at(reached: Rung, target: timedelta) -> timedelta | None:
    """Return how long the clock runs until the rung after this one; None at the top."""
    climbs = list(reversed(_CLIMBS))
    place = next((at for at, (_times, one) in enumerate(climbs, 1) if one is reached), 0)
    return target * climbs[place][0] if place < len(climbs) else None


def open_rungs(
    *, taken: Collection[Rung], reached: Rung, is_waiting: bool, has_refused: bool
) -> tuple[Rung, ...]:
    """Return the rungs that may be taken: above the last one, as far as the clock has reached.

    A platform that refused, or left it there, is past the first rungs: the others are open at once,
    and each stays so until it was taken, whichever of them came first.
    """
    order = list(Rung)
    by_time = above(order[1 : order.index(reached) + 1], taken) if is_waiting else ()
    by_refusal = [Rung.T3, Rung.T4, Rung.T5] if has_refused else []
    return tuple(
        rung for rung in order if rung not in taken and (rung in by_time or rung in by_refusal)
    )


def above(rungs: Collection[Rung], taken: Collection[Rung]) -> tuple[Rung, ...]:
    """Return, of some rungs, those above the highest that was taken: what is to be done next."""
    order = list(Rung)
    last = max((order.index(rung) for rung in taken), default=0)
    return tuple(rung for rung in rungs if order.index(rung) > last)


def check_is_open(asked: Rung, rungs: Collection[Rung]) -> None:
    """Refuse a rung that is not open."""
    if asked not in rungs:
        raise NotThatRung(gettext("This step is not open now, or is already done."))
