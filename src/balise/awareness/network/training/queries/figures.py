"""The figures of training, for staff: what was counted, and what was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Count, Sum

from balise.awareness.events.queries import SHORT, EventCard, attended, desk
from balise.awareness.events.rules.words import EventKind
from balise.awareness.network.training import access
from balise.awareness.network.training.models import Badge, DayTally
from balise.awareness.network.training.rules.audiences import audiences
from balise.awareness.network.training.rules.words import What
from balise.foundation.actors import Actor
from balise.foundation.statistics.suppression import ADULTS, mask


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all time; None is withheld, for it is small.

    `gain` is the mean of right answers gained, of `pairs` people who took both tests.
    """

    module: Mapping[str, int | None]
    pairs: int | None
    gain: float | None
    audiences: Mapping[str, int | None]
    areas: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Session:
    """A training session, and how many people came: None where nobody counted them."""

    card: EventCard
    came: int | None


def sessions(*, by: Actor) -> Sequence[Session]:
    """Return the last training sessions, the latest first; they are events."""
    access.require(by, access.READ)
    found = (each for each in desk.every(seen_by=by) if each.kind is EventKind.TRAINING)
    return [Session(each, attended(each.id).heads) for each in islice(found, SHORT)]


def figures(*, by: Actor) -> Figures:
    """Return the figures of the module and of badges, small numbers withheld."""
    access.require(by, access.READ)
    counted = {
        what: (times, total)
        for what, times, total in DayTally.objects.values_list("what").annotate(
            Sum("times"), Sum("total")
        )
    }
    pairs, total = counted.get(What.GAIN, (0, 0))
    is_small = pairs == 0 or ADULTS.is_small(pairs)
    known, given = audiences(settings.COUNTRY), Badge.objects.exclude(given_at=None)
    by_audience = dict(given.values_list("audience").annotate(Count("id")))
    by_area = dict(given.exclude(area="").values_list("area").annotate(Count("id")))
    return Figures(
        {
            str(what.label): None if ADULTS.is_small(times) else times
            for what in (What.STARTED, What.FINISHED, What.PASSED)
            for times in [counted.get(what, (0, 0))[0]]
        },
        None if is_small else pairs,
        None if is_small else total / pairs,
        mask({str(each.label): by_audience.get(each.code, 0) for each in known.every}),
        mask({name: by_area[code] for code, name in known.areas.items() if code in by_area}),
    )
