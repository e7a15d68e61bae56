"""What the rest of the network asks of structures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from balise.awareness.places.structures.models import CODE_FIELD, LINE, Structure
from balise.awareness.places.structures.rules.codes import cleaned
from balise.awareness.places.structures.rules.delays import holds
from balise.awareness.places.structures.rules.facts import StructureKind
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import blind
from balise.foundation.finding import NotHere, find

_OF_CARD: Final = (
    *("id", "name", "kind", "country", "area", "commune", "attested_on", "closed_on"),
    "merged_into",
)


@dataclass(frozen=True, slots=True)
class StructureCard:
    """A structure as other modules see it; `departement` is empty abroad."""

    id: UUID
    name: str
    kind: StructureKind
    departement: str
    commune: str
    is_open: bool
    meets_minors: bool  # it may, today
    country: str


def card(structure_id: UUID) -> StructureCard:
    """Return a structure, or the one that it was merged into. Raises NotHere."""
    row = _followed(find(Structure.objects.only(*_OF_CARD), id=structure_id))
    return _card(row)


def opened_by(code: str) -> StructureCard:
    """Return the structure whose secret code this is, as typed or in a link. Raises NotHere."""
    symbols = cleaned(code)
    if not symbols:
        raise NotHere
    rows = Structure.objects.only(*_OF_CARD)
    row = _followed(find(rows, code_index=blind(LINE, CODE_FIELD, symbols)))
    if row.closed_on is not None:
        raise NotHere
    return _card(row)


def may_meet_minors(structure_id: UUID, *, on: date) -> bool:
    """Return whether an attestation of honourability of an open structure holds on a day.

    Without one, no workshop of the structure is published.
    """
    rows = Structure.objects.only(*_OF_CARD).filter(id=structure_id)
    row = next((_followed(each) for each in rows), None)
    return row is not None and row.closed_on is None and holds(row.attested_on, on=on)


def choices() -> Sequence[tuple[UUID, str]]:
    """Return the open structures for a list to choose from, by name."""
    rows = Structure.objects.filter(closed_on=None).values_list("id", "name", "commune")
    return [(key, f"{name} ({commune})") for key, name, commune in rows.order_by("folded", "id")]


def _followed(row: Structure) -> Structure:
    while row.merged_into_id is not None:
        row = Structure.objects.only(*_OF_CARD).get(id=row.merged_into_id)
    return row


def _card(row: Structure) -> StructureCard:
    is_open = row.closed_on is None
    return StructureCard(
        row.id,
        row.name,
        row.stands,
        row.area,
        row.commune,
        is_open,
        is_open and holds(row.attested_on, on=today()),
        row.country,
    )
