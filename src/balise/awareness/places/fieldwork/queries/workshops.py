"""Workshops: those to come, of a kit, of a page of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _, pgettext

from balise.awareness.partnership.campaigns.ports import Counted
from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.models import Workshop
from balise.awareness.places.fieldwork.queries import of_structures
from balise.awareness.places.fieldwork.rules.workshops import WorkshopState
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A workshop for staff, with the words for what it names."""

    row: Workshop
    structure: str
    area: str
    kit: str  # its title and version, "" without one


@dataclass(frozen=True, slots=True)
class Use:
    """What is told of a kit's use: workshops and people."""

    workshops: int
    people: int


def listed(
    *, kit: UUID | None, area: str, seen_by: Actor, leaf: int = 1
) -> tuple[Sequence[Shown], bool]:
    """Return a leaf of the workshops, the last first, and whether there is another."""
    access.require(seen_by, access.READ)
    rows = Workshop.objects.all()
    if kit is not None:
        rows = rows.filter(kit=kit)
    if area:
        rows = rows.filter(area=area)
    first = (max(leaf, 1) - 1) * PAGE
    some = list(rows[first : first + PAGE + 1])
    return _shown(some[:PAGE]), len(some) > PAGE


def one(workshop_id: UUID, *, seen_by: Actor) -> Shown:
    """Return a workshop. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _shown([find(Workshop, id=workshop_id)])[0]


def planned(*, until: date, seen_by: Actor) -> Sequence[Shown]:
    """Return the workshops to come, by day."""
    access.require(seen_by, access.READ)
    return _shown(list(_to_come(until).order_by("day")))


def published(structure: UUID, *, until: date) -> Sequence[Workshop]:
    """Return what the page of a structure says is to come: nothing where it may not meet minors."""
    if not of_structures.may_meet_minors(structure, on=clock.today()):
        return []
    rows = _to_come(until).filter(structure=structure).order_by("day")
    only = rows.only("id", "day", "setting", "kit", "edition", "heads")
    return [row for row in only if of_structures.may_meet_minors(structure, on=row.day)]


def use_of(kit: UUID) -> Use:
    """Return in how many workshops a kit served, and for how many people."""
    rows = Workshop.objects.filter(kit=kit, state=WorkshopState.HELD).order_by()
    found = rows.aggregate(many=Count("id"), people=Sum("people"))
    return Use(int(found["many"]), int(found["people"] or 0))


def counted(*, code: str) -> Sequence[Counted]:
    """Return what carried a campaign's code in the field; campaigns ask it.

    Someone who came twice counts twice.
    """
    rows = Workshop.objects.filter(campaign=code, state=WorkshopState.HELD).order_by()
    found = rows.aggregate(many=Count("id"), people=Sum("people"))
    people = int(found["people"] or 0)
    return [
        Counted(_("Workshops declared"), int(found["many"]), pgettext("campaign", "workshops")),
        Counted(_("People met in workshops"), people, pgettext("campaign", "people")),
    ]


def by_area(*, since: date, until: date, seen_by: Actor) -> Mapping[str, tuple[int, int]]:
    """Return the workshops held in a period and the people met, by code of area."""
    access.require(seen_by, access.READ)
    rows = Workshop.objects.filter(state=WorkshopState.HELD, day__range=(since, until)).order_by()
    counted = rows.values("area").annotate(many=Count("id"), met=Sum("people"))
    found = {row["area"]: (int(row["many"]), int(row["met"])) for row in counted}
    return dict(sorted(found.items()))


def _to_come(until: date) -> QuerySet[Workshop]:
    return Workshop.objects.filter(state=WorkshopState.PLANNED, day__range=(clock.today(), until))


def _shown(rows: Sequence[Workshop]) -> list[Shown]:
    names = of_structures.names(row.structure for row in rows)
    areas = of_structures.area_names()
    pairs = {(row.kit, row.edition) for row in rows if row.kit}
    versions = {pair: kits.version_of(*pair) for pair in pairs}
    found = []
    for row in rows:
        version = versions.get((row.kit, row.edition)) if row.kit else None
        kit = f"{version.title}, v. {version.number}" if version else ""
        found.append(Shown(row, names.get(row.structure, ""), areas.get(row.area, row.area), kit))
    return found
