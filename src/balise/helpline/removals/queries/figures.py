"""Removals in figures: by platform, exact, with the same days of the year before beside each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.helpline.removals import access
from balise.helpline.removals.models import Fact
from balise.helpline.removals.queries.desk import names_of
from balise.helpline.removals.rules.figures import PERCENTILES, Counted, Tally, year_before
from balise.helpline.removals.rules.requests import ItemKind
from balise.takedown.notices.rules.percentiles import percentile

_NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """One platform (None: all together) in a period, and in the same one of the year before."""

    platform: UUID | None
    name: str
    now: Tally
    before: Tally


def figures(
    *, since: date, until: date, seen_by: Actor
) -> tuple[PlatformRow, tuple[PlatformRow, ...]]:
    """Return all platforms together and each, the most asked first; both days are included."""
    access.require(seen_by, access.READ)
    here = _tallies(since, until)
    before = _tallies(year_before(since), year_before(until))
    platforms = [key for key in here.keys() | before.keys() if key is not None]
    names = names_of(platforms)
    rows = [
        PlatformRow(key, names.get(key, ""), here.get(key, _NOTHING), before.get(key, _NOTHING))
        for key in platforms
    ]
    rows.sort(key=lambda row: (-row.now.sent, -row.before.sent, row.name.casefold()))
    whole = PlatformRow(None, "", here.get(None, _NOTHING), before.get(None, _NOTHING))
    return whole, tuple(rows)


def _tallies(since: date, until: date) -> Mapping[UUID | None, Tally]:
    """Return a tally for each platform, and for all of them under None."""
    found = Fact.objects.filter(day__range=(since, until))
    counted = {
        name: Count("entry", filter=condition)
        for name, condition in (
            *((one.value, Q(result=one)) for one in Counted),
            ("removed_accounts", Q(result=Counted.REMOVED, kind=ItemKind.ACCOUNT)),
        )
    }
    seconds = _percentiles(found)
    tallies: dict[UUID | None, Tally] = {}
    for platform, *values in found.values_list("platform").annotate(**counted):
        came = dict(zip(counted, values, strict=True))
        tallies[platform] = Tally(**came, percentiles=seconds.get(platform, ()))
    if tallies:
        tallies[None] = Tally(**found.aggregate(**counted), percentiles=seconds.get(None, ()))
    return tallies


def _percentiles(found: QuerySet[Fact]) -> dict[UUID | None, tuple[int, ...]]:
    """Return the seconds at each of PERCENTILES: by platform, and under None."""
    removed = found.filter(result=Counted.REMOVED).order_by("seconds")
    took: defaultdict[UUID | None, list[int]] = defaultdict(list)
    for platform, seconds in removed.values_list("platform", "seconds"):
        took[platform].append(seconds)
        took[None].append(seconds)
    return {
        key: tuple(percentile(ordered, one) for one in PERCENTILES) for key, ordered in took.items()
    }
