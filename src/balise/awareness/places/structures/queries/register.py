"""The register as staff see it: found, one by one, and what is missing where."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from balise.awareness.places.structures import access
from balise.awareness.places.structures.documents import read_sheet
from balise.awareness.places.structures.models import (
    CODE,
    CONTACT,
    CORRECTION,
    LINE,
    Convention,
    Structure,
)
from balise.awareness.places.structures.queries.due import alike
from balise.awareness.places.structures.rules.codes import shown
from balise.awareness.places.structures.rules.delays import Freshness, freshness, holds
from balise.awareness.places.structures.rules.facts import Facts, StructureKind, folded, number_of
from balise.awareness.places.structures.rules.mediation import Schema, schema
from balise.awareness.places.structures.rules.mediation.checks import Left, Written, left_out
from balise.awareness.places.structures.rules.mediation.reading import Line, Sheet
from balise.awareness.places.structures.rules.places import (
    ABROAD,
    Atlas,
    Departement,
    NoSchema,
    atlas,
    pupils,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line, keys_of_line
from balise.foundation.finding import find
from balise.foundation.journal.events import Code

# The table of places of the centre's own country.


def home() -> Atlas:
    """Return the areas and communes of the centre's country."""
    return atlas(settings.CENTRE.country)


def outlines() -> tuple[Sequence[tuple[str, str, str, tuple[float, float, float, float]]], str]:
    """Return the code, path, own frame and box of each area of the map, and whose they are.

    An area of the mainland is in the frame that they share; its own is empty.
    """
    found = [
        (area.code, area.outline.path, area.outline.frame, area.outline.box)
        for area in home().areas.values()
        if area.outline
    ]
    return found, home().credit


def codes_of(structure: Structure) -> dict[str, Code]:
    """Return the codes by which the journal counts a structure."""
    area = home().areas.get(structure.area)
    zone = area.zone.value if area else ABROAD
    return {"kind": Code(structure.kind), "zone": Code(zone), "area": Code(structure.area)}


AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the register."""

    rows: Sequence[tuple[Structure, date | None]]  # with the last day of the last convention
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class StructureTold:
    """One structure, without what is sealed."""

    row: Structure
    area: Departement | None
    conventions: Sequence[Convention]
    ends: date | None
    freshness: Freshness
    is_attested: bool
    contacts: int
    corrections: int
    alike: Sequence[Structure]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who answers for a structure."""

    id: UUID
    name: str
    role: str
    address: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed of a structure: its code, its people, and what they say is not right."""

    code: str
    people: Sequence[Person]
    corrections: Sequence[tuple[UUID, object, str]]


@dataclass(frozen=True, slots=True)
class Covered:
    """An area: how many structures, and pupils for each; None where that is not known."""

    area: Departement
    count: int
    pupils: int | None

    @property
    def each(self) -> int | None:
        """Return pupils for each structure; None where either is missing."""
        return round(self.pupils / self.count) if self.pupils and self.count else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where structures are, and are not; and how many are open, by kind."""

    areas: Sequence[Covered]
    abroad: Mapping[str, int]
    kinds: Sequence[tuple[str, int]]
    total: int

    @property
    def without(self) -> Sequence[Covered]:
        """Return the areas that have none, those with the most pupils first."""
        bare = [one for one in self.areas if not one.count]
        return sorted(bare, key=lambda one: -(one.pupils or 0))

    @property
    def knows_pupils(self) -> bool:
        """Return whether the pack has pupils of any area."""
        return any(one.pupils for one in self.areas)


def listed(
    *,
    seen_by: Actor,
    typed: str = "",
    kind: str = "",
    area: str = "",
    closed: bool = False,
    page: int = 1,
) -> Listed:
    """Return the structures that fit, by name: part of a name, a commune, a number."""
    access.require(seen_by, access.READ)
    rows = Structure.objects.filter(closed_on__isnull=not closed)
    if typed:
        words = Q(folded__contains=folded(typed)) | Q(commune__istartswith=typed)
        digits = "".join(typed.split())
        rows = rows.filter(words | Q(number=digits.upper()))
    if kind:
        rows = rows.filter(kind=kind)
    if area:
        rows = rows.filter(area="" if area == ABROAD else area)
    total = rows.count()
    pages = max(-(-total // AT_ONCE), 1)
    page = min(max(page, 1), pages)
    first = (page - 1) * AT_ONCE
    found = rows.order_by("folded", "id")[first : first + AT_ONCE]
    return Listed(_with_ends(found), total, page, pages)


def told(structure_id: UUID, *, seen_by: Actor) -> StructureTold:
    """Return one structure. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Structure.objects.select_related("merged_into"), id=structure_id)
    conventions = list(row.conventions.all())
    on = today()
    return StructureTold(
        row,
        home().areas.get(row.area),
        conventions,
        conventions[0].until if conventions else None,
        freshness(row.confirmed_on, on=on),
        holds(row.attested_on, on=on),
        row.contacts.count(),
        row.corrections.filter(settled_at=None).count(),
        alike(row) if row.closed_on is None else [],
    )


def opened(structure_id: UUID, *, seen_by: Actor) -> Opened:
    """Return what is sealed of a structure; `actions.contacts.open_all` writes it down first."""
    access.require(seen_by, access.WRITE)
    row = find(Structure, id=structure_id)
    try:
        own = key_of_line(LINE, row.id).open(row.sealed_code, where=CODE, row=row.id)
        code = shown(str(own["code"]))
    except KeyForgotten:
        code = ""
    contacts = list(row.contacts.all())
    sent = list(row.corrections.filter(settled_at=None))
    keys = keys_of_line(LINE, [*(one.id for one in contacts), *(one.id for one in sent)])
    people = []
    for one in contacts:
        said = keys[one.id].open(one.sealed, where=CONTACT, row=one.id)
        people.append(Person(one.id, said["name"], said["role"], said["address"]))
    corrections = [
        (one.id, one.sent_at, keys[one.id].open(one.sealed, where=CORRECTION, row=one.id)["text"])
        for one in sent
    ]
    return Opened(code, people, corrections)


def coverage(*, seen_by: Actor) -> Coverage:
    """Return how many structures are open, by area, country and kind."""
    access.require(seen_by, access.READ)
    rows = Structure.objects.filter(closed_on=None).order_by()
    counts: dict[str, int] = {}
    abroad: dict[str, int] = {}
    for area, country, many in rows.values_list("area", "country").annotate(many=Count("id")):
        into, key = (counts, area) if area else (abroad, country)
        into[key] = into.get(key, 0) + many
    of_kind = dict(rows.values_list("kind").annotate(many=Count("id")))
    atlas = home()
    known = pupils(atlas.country)
    areas = [
        Covered(area, counts.get(code, 0), known.get(code)) for code, area in atlas.areas.items()
    ]
    kinds = [(str(kind.label), of_kind.get(kind.value, 0)) for kind in StructureKind]
    return Coverage(areas, abroad, kinds, sum(of_kind.values()))


def _with_ends(rows: QuerySet[Structure]) -> Sequence[tuple[Structure, date | None]]:
    """Return rows with the last day of their last convention, in one more query."""
    found = list(rows)
    signed = Convention.objects.filter(structure__in=found).order_by()
    ends = dict(signed.values_list("structure_id").annotate(ends=Max("until")))
    return [(row, ends.get(row.id)) for row in found]


# What an import compares with, and what an export writes.


def known_as(facts: Facts) -> Structure | None:
    """Return the open structure that has this number, or this name in this commune."""
    rows = Structure.objects.filter(closed_on=None, country=facts.country)
    same = rows.filter(number=number_of(facts.number)).first() if facts.number else None
    if same is not None:
        return same
    _area, code, commune = home().located(commune=facts.commune, postcode=facts.postcode)
    of = {"commune_code": code} if code else {"commune": commune}
    return rows.filter(folded=folded(facts.name), **of).first()


def facts_of(row: Structure) -> Facts:
    """Return what is said of a structure."""
    return Facts(
        name=row.name,
        kind=row.stands,
        country=row.country,
        commune=row.commune,
        postcode=row.postcode,
        address=row.address,
        number=row.number,
        telephone=row.telephone,
        mail=row.mail,
        web=row.web,
        summary=row.summary,
        audiences=row.audiences,
        ages=row.ages,
        topics=row.topics,
        languages=row.languages,
        radius=row.radius,
        is_online=row.is_online,
        may_publish=row.may_publish,
    )


def written() -> Iterator[Written]:
    """Yield the open structures as an export has them."""
    for row in Structure.objects.filter(closed_on=None).order_by("folded", "id").iterator():
        yield Written(
            id=row.outside_id or str(row.id),
            facts=facts_of(row),
            commune_code=row.commune_code,
            confirmed_on=row.confirmed_on,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file before it is brought in: its lines, and those that the register has already."""

    sheet: Sheet
    new: int
    known: Sequence[tuple[Line, Structure]]
    refused: Sequence[Line]


def verdict(text: str, *, seen_by: Actor) -> Verdict:
    """Return what would become of a file; nothing is written. Raises NoSchema."""
    access.require(seen_by, access.WRITE)
    sheet = read_sheet(text, schema=own_schema(), atlas=home(), today=today())
    right = [line for line in sheet.lines if line.facts is not None]
    found = ((line, known_as(line.facts)) for line in right if line.facts is not None)
    known = [(line, row) for line, row in found if row is not None]
    refused = [line for line in sheet.lines if line.faults]
    return Verdict(sheet, len(right) - len(known), known, refused)


def outside(*, seen_by: Actor) -> Mapping[Left, int]:
    """Return how many structures stay outside an export, by reason."""
    access.require(seen_by, access.WRITE)
    country = home().country
    reasons = (left_out(one, country=country) for one in written())
    return Counter(why for why in reasons if why is not None)


def own_schema() -> Schema:
    """Return the schema of the centre's country. Raises NoSchema."""
    found = schema(settings.CENTRE.country)
    if found is None:
        raise NoSchema(_("This country has no schema for such files."))
    return found
