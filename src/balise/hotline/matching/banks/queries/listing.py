"""Past look-ups, page by page: neither a hash nor what is sealed is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from balise.foundation.accounts.queries import names_of, partner_names
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import zone
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import LookUp
from balise.hotline.matching.banks.rules.asking import Asker, Outcome
from balise.hotline.matching.banks.rules.deciding import Rule

PAGE: Final = 50
_ASKERS: Final = (*Asker, "")


class Place(NamedTuple):
    """A row of the list; the page begins after it, or ends before it where `is_newer`."""

    at: datetime
    id: UUID
    is_newer: bool = False


class Filters(NamedTuple):
    """Which look-ups: of a day where the centre is, of one asker, with one outcome."""

    day: date | None = None
    asker: Asker | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class LookUpRow:
    """A look-up; `handle` is the short number of the content, `name` of the person or partner."""

    id: UUID
    at: datetime
    handle: str
    asker: Asker | None
    name: str
    kinds: tuple[str, ...]
    hits: int
    outcome: Outcome
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the newest first; the places where the pages on both sides begin, None for none."""

    rows: tuple[LookUpRow, ...]
    newer: Place | None
    older: Place | None


def look_ups(*, filters: Filters, place: Place | None, seen_by: Actor) -> Page:
    """Return PAGE look-ups at most. How many there are is not counted: they may be millions."""
    access.require(seen_by, access.READ)
    ids = [identifier for _at, identifier in begun(filters, place)]
    is_newer = place is not None and place.is_newer
    is_more = len(ids) > PAGE
    found = list(LookUp.objects.filter(id__in=ids[:PAGE]).defer("sealed").order_by("-at", "-id"))
    has_newer, has_older = (is_more, bool(found)) if is_newer else (bool(place), is_more)
    return Page(
        tuple(_rows(found)),
        Place(found[0].at, found[0].id, is_newer=True) if has_newer and found else None,
        Place(found[-1].at, found[-1].id) if has_older and found else None,
    )


def begun(filters: Filters, place: Place | None) -> QuerySet[LookUp, tuple[datetime, UUID]]:
    """Return moments and ids of a page from its place on, and one more.

    Without an asker and an outcome the index of moments has the order. With either, the index of
    askers has it for each pair of the two: a page of each is read, never more.
    """
    is_newer = place is not None and place.is_newer
    order = ("at", "id") if is_newer else ("-at", "-id")
    found = LookUp.objects.filter(_within(filters.day), _beyond(place))
    if not (filters.asker or filters.outcome):
        return found.order_by(*order).values_list("at", "id")[: PAGE + 1]
    pairs = product(
        (filters.asker,) if filters.asker else _ASKERS,
        (filters.outcome,) if filters.outcome else Outcome,
    )
    pages = [
        found.filter(asker=asker, outcome=outcome).order_by(*order).values("id")[: PAGE + 1]
        for asker, outcome in pairs
    ]
    # Asked once more by their ids, for SQLite takes no limit inside a union.
    first, *others = (
        LookUp.objects.filter(id__in=page).order_by().values_list("at", "id") for page in pages
    )
    return (first.union(*others, all=True) if others else first).order_by(*order)[: PAGE + 1]


def _within(day: date | None) -> Q:
    if day is None:
        return Q()
    return Q(at__gte=_midnight(day), at__lt=_midnight(day + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone())


def _beyond(place: Place | None) -> Q:
    """Return the condition for what comes after a place; the first part alone bounds the index."""
    if place is None:
        return Q()
    if place.is_newer:
        return Q(at__gte=place.at) & (Q(at__gt=place.at) | Q(id__gt=place.id))
    return Q(at__lte=place.at) & (Q(at__lt=place.at) | Q(id__lt=place.id))


def _rows(found: Iterable[LookUp]) -> list[LookUpRow]:
    found = list(found)
    people = names_of({one.actor_key for one in found if one.actor_kind == ActorKind.STAFF})
    partners = partner_names() if any(one.actor_kind == ActorKind.PARTNER for one in found) else {}
    names = {ActorKind.STAFF.value: people, ActorKind.PARTNER.value: partners}
    return [
        LookUpRow(
            id=one.id,
            at=one.at,
            handle=one.subject.hex[:8].upper() if one.subject else "",
            asker=one.is_of,
            name=names.get(one.actor_kind, {}).get(one.actor_key, ""),
            kinds=tuple(one.kinds.split()),
            hits=one.hits,
            outcome=one.came_to,
            rule=Rule(one.rule) if one.rule else None,
        )
        for one in found
    ]
