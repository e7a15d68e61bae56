"""Removals in figures: by platform, exact, with the same days of the year before beside each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from balise.foundation.actors import Actor
from balise.helpline.removals import access
from balise.helpline.removals.models import Fact
from balise.helpline.removals.queries.platforms import names_of
from balise.helpline.removals.rules.figures import (
    PERCENTILES,
    Counted,
    Tally,
    year_before,
)
from balise.helpline.removals.rules.requests import ItemKind

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
    """Return the seconds at each of PERCENTILES (nearest rank): by platform, and under None."""
    removed = found.filter(result=Counted.REMOVED)
    at_rank = Q()
    for percentile in PERCENTILES:
        # Whole numbers, divided and rounded up.
        at_rank |= Q(place=(F("many") * percentile + 99) / 100)
    by_platform = removed.annotate(
        place=Window(RowNumber(), partition_by=[F("platform")], order_by=["seconds", "entry"]),
        many=Window(Count("entry"), partition_by=[F("platform")]),
    )
    whole = removed.annotate(
        place=Window(RowNumber(), order_by=["seconds", "entry"]), many=Window(Count("entry"))
    )
    rows = by_platform.filter(at_rank).values_list("platform", "place", "many", "seconds")
    all_rows = whole.filter(at_rank).values_list("place", "many", "seconds")
    places: dict[UUID | None, dict[int, int]] = {}
    many_of: dict[UUID | None, int] = {}
    for key, place, many, value in (*rows, *((None, *row) for row in all_rows)):
        places.setdefault(key, {})[place] = value
        many_of[key] = many
    return {
        key: tuple(at[-(-one * many_of[key] // 100)] for one in PERCENTILES)
        for key, at in places.items()
    }
