"""The figures of use, exact: they count things, and nobody; and short links."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from balise.awareness.usage import access, ports
from balise.awareness.usage.models import DayTally, ShortLink
from balise.awareness.usage.ports import Named
from balise.awareness.usage.rules.periods import Period
from balise.awareness.usage.rules.tallies import LOST, UsageKind
from balise.foundation.accounts.queries import names_of
from balise.foundation.actors import Actor
from balise.foundation.finding import find


@dataclass(frozen=True, slots=True)
class Used:
    """A thing and its numbers by the kinds' words."""

    thing: str
    named: Named | None  # None: it is not public any more
    numbers: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class UsedInPeriod:
    """A table of use. `lost` days have uses that could not be held: numbers are “at least”."""

    rows: Sequence[Used]
    totals: Sequence[tuple[str, int]]
    lost: Sequence[date]


@dataclass(frozen=True, slots=True)
class LinkUsed:
    """A short link with how often it was followed in a period."""

    link: ShortLink
    owner: str
    named: Named | None
    number: int
    may_close: bool


def follow(code: str) -> ShortLink:
    """Return an open short link. Raises NotHere."""
    found = ShortLink.objects.only("code", "path", "campaign").filter(closed_at=None)
    return find(found, code=code)


def used(period: Period, *, language: str, seen_by: Actor) -> UsedInPeriod:
    """Return what was used in a period, the most read first; names are in a language.

    A short link is counted for the resource that it leads to; else it is a row of its own.
    """
    access.require(seen_by, access.READ)
    counted = counts(period)
    things = {thing for numbers in counted.values() for thing in numbers}
    names = {**_paths(), **ports.names.ask(things=things, language=language)}
    ordered = sorted(things, key=lambda thing: _weight(thing, counted), reverse=True)
    return UsedInPeriod(
        [
            Used(
                thing,
                names.get(thing),
                [(str(kind.label), counted[kind].get(thing, 0)) for kind in UsageKind],
            )
            for thing in ordered
        ],
        [(str(kind.label), sum(counted[kind].values())) for kind in UsageKind],
        lost_days(period),
    )


def counts(period: Period) -> Mapping[UsageKind, Mapping[str, int]]:
    """Return the numbers of each kind by thing."""
    found: dict[UsageKind, dict[str, int]] = {kind: defaultdict(int) for kind in UsageKind}
    rows = _of(period).exclude(kind=LOST).values_list("kind", "thing").annotate(many=Sum("count"))
    led = dict(ShortLink.objects.exclude(thing="").values_list("code", "thing"))
    for kind, thing, many in rows:
        of = led.get(thing, thing) if kind == UsageKind.LINK else thing
        found[UsageKind(kind)][of] += many
    return found


def views(thing: str) -> int:
    """Return how often a thing was viewed so far."""
    tallies = DayTally.objects.filter(kind=UsageKind.VIEW, thing=thing)
    return tallies.aggregate(many=Sum("count"))["many"] or 0


def lost_days(period: Period) -> Sequence[date]:
    """Return the days whose numbers are “at least”."""
    lost = _of(period).filter(kind=LOST)
    return list(lost.order_by("day").values_list("day", flat=True).distinct())


def links(period: Period, *, language: str, seen_by: Actor) -> Sequence[LinkUsed]:
    """Return every short link, the newest first, with how often each was followed."""
    access.require(seen_by, access.READ)
    rows = list(ShortLink.objects.order_by("-opened_at"))
    followed = (
        _of(period).filter(kind=UsageKind.LINK).values_list("thing").annotate(many=Sum("count"))
    )
    numbers = dict(followed)
    owners = names_of({row.owner for row in rows})
    names = ports.names.ask(things={row.thing for row in rows if row.thing}, language=language)
    return [
        LinkUsed(
            row,
            owners.get(row.owner, ""),
            names.get(row.thing),
            numbers.get(row.code, 0),
            may_close=row.closed_at is None and access.may_close(row, by=seen_by),
        )
        for row in rows
    ]


def link(link_id: object, *, seen_by: Actor) -> ShortLink:
    """Return a short link. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(ShortLink.objects.all(), id=link_id)


def carried(campaign: str) -> tuple[int, int]:
    """Return how many short links carry a campaign's code, and how often they were followed."""
    followed = DayTally.objects.filter(campaign=campaign).exclude(kind=LOST)
    many = followed.aggregate(many=Sum("count"))["many"] or 0
    links = ShortLink.objects.filter(campaign=campaign).count()
    return links, many


def _of(period: Period) -> QuerySet[DayTally]:
    return DayTally.objects.filter(day__range=(period.first, period.last))


def _paths() -> Mapping[str, Named]:
    """Return where short links lead that lead to no resource, by their codes."""
    rows = ShortLink.objects.filter(thing="").values_list("code", "path")
    return {code: Named(path, path) for code, path in rows}


def _weight(thing: str, counted: Mapping[UsageKind, Mapping[str, int]]) -> tuple[int, ...]:
    return tuple(counted[kind].get(thing, 0) for kind in UsageKind)
