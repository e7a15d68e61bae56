"""How long removals take, exactly: percentiles by recipient, by network, by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextChoices, Value, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.countries import country_name
from balise.takedown.directory.queries import named
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.watch import access
from balise.takedown.watch.models import Removal
from balise.takedown.watch.rules.removals import (
    PERCENTILES,
    Heading,
    bounds,
    duration_words,
    rank_of,
)

_ALL = "all"


class By(TextChoices):
    """What to tell removals apart by. Platforms are those of the organisations that were told."""

    HOST = "host", _("Host told")
    PLATFORM = "platform", _("Platform told")
    NETWORK = "network", _("Network")
    COUNTRY = "country", _("Country")

    @property
    def column(self) -> str:
        """The column of the table that it is read from."""
        return "host" if self is By.PLATFORM else self.value


@dataclass(frozen=True, slots=True)
class Times:
    """How long some removals took: how many, seconds at each of PERCENTILES, under each heading.

    `key` is what they share (an organisation's id, an AS number, a country; None or "" where it is
    not known), `name` an organisation's name.
    """

    key: UUID | int | str | None
    count: int
    percentiles: tuple[int, ...]
    headings: Mapping[Heading, int]
    name: str = ""

    @property
    def label(self) -> str:
        """What they share, in words."""
        if isinstance(self.key, int):
            return f"AS{self.key}"
        return self.name or ("" if isinstance(self.key, UUID) else country_name(self.key or ""))

    @property
    def is_organisation(self) -> bool:
        """Whether it has a page in the directory."""
        return isinstance(self.key, UUID) and bool(self.name)

    @property
    def durations(self) -> list[tuple[int, str]]:
        """Each percentile, and its duration in words."""
        return [
            (percentile, duration_words(seconds))
            for percentile, seconds in zip(PERCENTILES, self.percentiles, strict=True)
        ]

    @property
    def under_headings(self) -> list[tuple[str, int]]:
        """Each heading in words, and how many belong to it."""
        return [(str(each.label), self.headings[each]) for each in Heading]


def removal_times(*, since: date, until: date, by: By | None, seen_by: Actor) -> list[Times]:
    """Return the removals of one's own lines in a period, both days included, most frequent first.

    With `by` None, one row for all of them, none if there was no removal.
    """
    lines = access.readable_lines(seen_by)
    found = Removal.objects.filter(line__in=lines, removed_on__range=(since, until))
    if by is None:
        return _times(found, "")
    times = _times(found, by.column)
    return _named(times, by) if by in {By.HOST, By.PLATFORM} else times


def times_of_host(host: UUID, *, seen_by: Actor) -> Times | None:
    """Return how long one organisation took that was told first, ever; None without removals.

    All the lines that one works for count together.
    """
    lines = access.lines_of(seen_by)
    if not seen_by.may(access.READ):
        return None
    return next(iter(_times(Removal.objects.filter(host=host, line__in=lines), "")), None)


def _times(found: QuerySet[Removal], column: str) -> list[Times]:
    key = F(column) if column else Value(_ALL)
    counted = found.annotate(key=key).values("key").order_by()
    under = {each.name: _under(each) for each in Heading}
    totals: dict[Any, Any] = {
        row["key"]: row for row in counted.annotate(count=Count("id"), **under)
    }
    seconds: dict[object, dict[int, int]] = {}
    ranked = found.annotate(
        key=key,
        place=Window(RowNumber(), partition_by=[key], order_by=["seconds", "id"]),
        many=Window(Count("id"), partition_by=[key]),
    )
    at_rank = Q()
    for percentile in PERCENTILES:
        # rank_of, in SQL: whole numbers, divided and rounded up.
        at_rank |= Q(place=(F("many") * percentile + 99) / 100)
    for each, place, value in ranked.filter(at_rank).values_list("key", "place", "seconds"):
        seconds.setdefault(each, {})[place] = value
    times = [
        Times(
            key=None if each == _ALL and not column else each,
            count=row["count"],
            percentiles=tuple(seconds[each][rank_of(one, row["count"])] for one in PERCENTILES),
            headings={one: row[one.name] for one in Heading},
        )
        for each, row in totals.items()
        if row["count"]
    ]
    return sorted(times, key=lambda one: (-one.count, str(one.key)))


def _under(heading: Heading) -> Count:
    above, most = bounds(heading)
    within = Q(seconds__gt=above) if above >= 0 else Q()
    return Count("id", filter=within & (Q(seconds__lte=most) if most is not None else Q()))


def _named(times: list[Times], by: By) -> list[Times]:
    """Return those that are platforms, or those that are not, with their names.

    One that is not in the directory any more stays among the hosts, without a name.
    """
    known: dict[object, tuple[str, OrganisationKind | None]] = dict(
        named([each.key for each in times if isinstance(each.key, UUID)]).items()
    )
    found = []
    for each in times:
        name, kind = known.get(each.key, ("", None))
        if (kind == OrganisationKind.PLATFORM) == (by is By.PLATFORM):
            found.append(Times(each.key, each.count, each.percentiles, each.headings, name))
    return found
