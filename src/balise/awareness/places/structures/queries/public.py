"""What everyone finds: structures near a place, in a territory, and how many are where.

Only structures that are open, agreed to be shown, and were confirmed within 15 months.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _, pgettext

from balise.awareness.places.structures.models import Contact, Convention, Structure
from balise.awareness.places.structures.rules.delays import (
    FRESH,
    GRACE,
    Freshness,
    freshness,
    holds,
)
from balise.awareness.places.structures.rules.facts import FACETS, StructureKind, Tongue
from balise.awareness.places.structures.rules.places import Point, km
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.clock import today
from balise.foundation.finding import find

RINGS: Final = (30, 60)  # km: the first in which there is one
AT_ONCE: Final = 30  # structures of a page
_DEGREE: Final = 111.2  # km
_SHOWN: Final = (
    *("id", "name", "kind", "country", "area", "commune", "audiences", "ages", "is_online"),
    *("attested_on", "confirmed_on"),
)
_WHOLE: Final = (
    *(*_SHOWN, "postcode", "address", "telephone", "mail", "web", "summary", "topics"),
    *("languages", "radius", "latitude", "longitude"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A structure of a list; `away` is in km, None where distance was not asked."""

    id: UUID
    name: str
    kind: str
    country: str
    area: str
    commune: str
    words: Sequence[str]
    is_online: bool
    meets_minors: bool
    is_old: bool
    away: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list; `ring` is the distance within which all are, None where it is no circle."""

    rows: Sequence[Shown]
    total: int
    page: int
    pages: int
    ring: int | None = None

    @property
    def first(self) -> int:
        """Return the number of the first row."""
        return (self.page - 1) * AT_ONCE + 1


@dataclass(frozen=True, slots=True)
class Counted:
    """How many structures are where: by area of the country, and by country abroad."""

    areas: Mapping[str, int]
    abroad: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.areas.values()) + sum(self.abroad.values())


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a structure shows."""

    shown: Shown
    row: Structure
    since: date | None  # of its first convention
    freshness: Freshness
    audiences: Sequence[str]
    ages: Sequence[str]
    topics: Sequence[str]
    languages: Sequence[str]


def counted() -> Counted:
    """Return how many structures everyone can find, and where."""
    rows = visible().order_by().values_list("area", "country").annotate(many=Count("*"))
    areas: dict[str, int] = {}
    abroad: dict[str, int] = {}
    for area, country, many in rows:
        into, key = (areas, area) if area else (abroad, country)
        into[key] = into.get(key, 0) + many
    return Counted(areas, abroad)


def listed(*, page: int = 1, **of: Any) -> Found:
    """Return the structures by name: all, or those that `of` names."""
    rows = visible().filter(**of)
    total = rows.count()
    page, pages, first = _paged(page, total)
    shown = rows.only(*_SHOWN).order_by("folded", "id")[first : first + AT_ONCE]
    return Found([_shown(row) for row in shown], total, page, pages)


def near(at: Point, *, page: int = 1) -> Found | None:
    """Return the structures within 30 km, else within 60 km, the nearest first; None for none."""
    for ring in RINGS:
        found = sorted(_within(at, ring))
        if found:
            page, pages, first = _paged(page, len(found))
            away = {key: distance for distance, key in found[first : first + AT_ONCE]}
            rows = Structure.objects.only(*_SHOWN).in_bulk(list(away))
            shown = [_shown(rows[key], away=round(distance)) for key, distance in away.items()]
            return Found(shown, len(found), page, pages, ring)
    return None


def page_of(structure_id: UUID) -> Page:
    """Return what everyone may read of a structure. Raises NotHere."""
    row = find(visible().only(*_WHOLE), id=structure_id)
    shown = _shown(row)
    signed = Convention.objects.filter(structure=row.id)
    since = signed.aggregate(first=Min("signed_on"))["first"]
    words = {name: list(_labels(name, getattr(row, name))) for name in FACETS}
    return Page(
        shown,
        row,
        since,
        freshness(row.confirmed_on, on=today()),
        words["audiences"],
        words["ages"],
        words["topics"],
        [str(Tongue(code).label) for code in row.languages],
    )


def told_to(contact_id: UUID) -> tuple[Structure, Sequence[tuple[str, object]]]:
    """Return the structure that a contact answers for, and what is said of it. Raises NotHere."""
    contact = find(Contact.objects.only("structure_id"), id=contact_id)
    rows = Structure.objects.filter(closed_on=None).only(*_WHOLE)
    row = find(rows, id=contact.structure_id)
    words = [*_labels("audiences", row.audiences), *_labels("ages", row.ages)]
    place = f"{row.address}, {row.postcode} {row.commune}".removeprefix(", ")
    return row, [
        (pgettext("structure", "Kind"), row.stands.label),
        (pgettext("place", "Address"), place),
        (pgettext("structure", "Telephone"), row.telephone),
        (pgettext("structure", "E-mail"), row.mail),
        (pgettext("structure", "Website"), row.web),
        (pgettext("structure", "For whom"), ", ".join(words)),
        (pgettext("structure", "Topics"), ", ".join(_labels("topics", row.topics))),
        (_("In a few words"), row.summary),
    ]


def visible() -> QuerySet[Structure]:
    """Return the structures that everyone may find."""
    since = today() - FRESH - GRACE
    return Structure.objects.filter(closed_on=None, may_publish=True, confirmed_on__gte=since)


def _within(at: Point, ring: int) -> Iterator[tuple[float, UUID]]:
    """Yield the structures of a circle with their distance: those of its square, looked at."""
    up = ring / _DEGREE
    across = up / max(cos(radians(at.latitude)), 0.1)
    rows = visible().filter(
        latitude__range=(at.latitude - up, at.latitude + up),
        longitude__range=(at.longitude - across, at.longitude + across),
    )
    found = rows.order_by().values_list("id", "latitude", "longitude")
    for key, latitude, longitude in found:
        distance = km(at, Point(latitude or 0.0, longitude or 0.0))  # a range has no None
        if distance <= ring:
            yield distance, key


def _paged(page: int, total: int) -> tuple[int, int, int]:
    """Return the page, how many there are, and the place of its first row."""
    pages = max(-(-total // AT_ONCE), 1)
    page = min(max(page, 1), pages)
    return page, pages, (page - 1) * AT_ONCE


def _shown(row: Structure, *, away: int | None = None) -> Shown:
    on = today()
    return Shown(
        row.id,
        row.name,
        str(StructureKind(row.kind).label),
        row.country,
        row.area,
        row.commune,
        [*_labels("audiences", row.audiences), *_labels("ages", row.ages)],
        row.is_online,
        holds(row.attested_on, on=on),
        freshness(row.confirmed_on, on=on) is not Freshness.FRESH,
        away,
    )


def _labels(name: str, codes: Sequence[str]) -> Iterator[str]:
    terms = taxonomy(settings.CENTRE.country)[FACETS[name]].terms
    return (str(terms[code].label) for code in codes if code in terms)
