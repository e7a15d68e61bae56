"""What is due of structures: to be asked, to be renewed, to be looked at by the coordinator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from balise.awareness.places.structures import access
from balise.awareness.places.structures.models import (
    CONTACT,
    LINE,
    Contact,
    Convention,
    Correction,
    Structure,
)
from balise.awareness.places.structures.rules.delays import (
    ASK_AGAIN,
    ASK_BEFORE,
    ATTESTED,
    FRESH,
    GRACE,
    RENEW_BEFORE,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import key_of_line


@dataclass(frozen=True, slots=True)
class Addressed:
    """A contact who is to be written to, and what about."""

    contact: UUID
    address: str
    language: str
    structure: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """What a coordinator looks at; each structure stands once in a list."""

    renewal: Sequence[Structure]  # with `ends`: the last day of its last convention, or None
    freshness: Sequence[Structure]
    attestation: Sequence[Structure]
    corrections: Sequence[Structure]
    duplicates: Sequence[Sequence[Structure]]

    @property
    def total(self) -> int:
        lists = (self.renewal, self.freshness, self.attestation, self.corrections)
        return sum(map(len, lists)) + len(self.duplicates)


def due(*, seen_by: Actor) -> Due:
    """Return all that is due today, the oldest first."""
    access.require(seen_by, access.READ)
    rows, on = Structure.objects.filter(closed_on=None), today()
    with_end = rows.annotate(ends=Max("conventions__until"))
    sent = Correction.objects.filter(structure=OuterRef("pk"), settled_at=None)
    return Due(
        list(with_end.filter(Q(ends=None) | Q(ends__lte=on + RENEW_BEFORE)).order_by("ends", "id")),
        list(rows.filter(confirmed_on__lt=on - FRESH).order_by("confirmed_on", "id")),
        list(rows.filter(_unattested(on)).order_by("folded", "id")),
        list(rows.filter(Exists(sent))),
        duplicates(),
    )


def duplicates() -> Sequence[Sequence[Structure]]:
    """Return the groups of open structures that share a number, or a name in one commune."""
    groups: dict[tuple[str, ...], list[Structure]] = {}
    for row in Structure.objects.filter(closed_on=None).order_by("registered_at", "id"):
        for key in keys_of(row):
            groups.setdefault(key, []).append(row)
    found = {tuple(row.id for row in rows): rows for rows in groups.values() if len(rows) > 1}
    return list(found.values())


def keys_of(row: Structure) -> Iterator[tuple[str, ...]]:
    """Yield what two entries of one structure have in common."""
    if row.number:
        yield "number", row.country, row.number
    yield "name", row.country, row.commune_code or row.commune.casefold(), row.folded


def alike(row: Structure) -> Sequence[Structure]:
    """Return the other open structures that may be this one."""
    same = Q(folded=row.folded, country=row.country, commune=row.commune)
    if row.number:
        same |= Q(number=row.number, country=row.country)
    return list(Structure.objects.filter(same, closed_on=None).exclude(id=row.id))


def to_ask() -> Sequence[UUID]:
    """Return the structures whose contact is to be asked now whether all is still right."""
    on = today()
    rows = Structure.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now() - ASK_AGAIN),
        closed_on=None,
        confirmed_on__lte=on - FRESH + ASK_BEFORE,
        confirmed_on__gte=on - FRESH - GRACE,
    )
    return list(rows.filter(_has_contact()).values_list("id", flat=True))


def to_renew() -> Mapping[int, UUID]:
    """Return the conventions that end soon and were not told of, with their structure."""
    on = today()
    later = Convention.objects.filter(structure=OuterRef("structure"), until__gt=OuterRef("until"))
    rows = Convention.objects.filter(
        ~Exists(later),
        told_at=None,
        until__range=(on, on + RENEW_BEFORE),
        structure__closed_on=None,
    )
    return dict(rows.values_list("id", "structure_id"))


def addressed(structure_id: UUID) -> Addressed | None:
    """Return the first contact of an open structure; None where it has none."""
    row = Structure.objects.filter(id=structure_id, closed_on=None).first()
    contact = row.contacts.first() if row else None
    if row is None or contact is None:
        return None
    said = key_of_line(LINE, contact.id).open(contact.sealed, where=CONTACT, row=contact.id)
    return Addressed(contact.id, str(said["address"]), contact.language, row.id, row.name)


def ends(convention_id: int) -> date:
    """Return the last day of a convention."""
    return Convention.objects.values_list("until", flat=True).get(id=convention_id)


def _unattested(on: date) -> Q:
    return Q(attested_on=None) | Q(attested_on__lt=on - ATTESTED + timedelta(days=60))


def _has_contact() -> Exists:
    found: QuerySet[Contact] = Contact.objects.filter(structure=OuterRef("pk"))
    return Exists(found)
