"""What the field adds to pages of other modules: the use of a kit, what a structure plans."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from balise.awareness.places.fieldwork.queries import workshops
from balise.awareness.places.fieldwork.queries.workshops import Use
from balise.awareness.places.fieldwork.rules.workshops import Band
from balise.awareness.publications.queries import kits
from balise.awareness.publications.rules.kits import KIND
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.web.pages import Part

AHEAD: Final = timedelta(days=120)  # of a structure's page


@dataclass(frozen=True, slots=True)
class Declaring:
    """How often a kit was used, and what the address to declare it says."""

    use: Use
    kit: str  # its key and version, as addresses have them


@dataclass(frozen=True, slots=True)
class Coming:
    """A workshop to come, for anyone."""

    day: date
    where: str
    whom: str


def kit(page: Any, seen_by: Actor) -> Part | None:  # noqa: ARG001 - the same for everyone
    """Return what a kit's page says of its use; None on another page, or without an edition."""
    if page.kind != KIND:
        return None
    made = kits.editions(page.page_id)
    if not made:
        return None
    shown = Declaring(workshops.use_of(page.key), f"{page.key}.{made[0].number}")
    return Part("fieldwork/parts.html#kit", shown)


def structure(structure_id: Any, seen_by: Actor) -> Part | None:  # noqa: ARG001 - the same for everyone
    """Return the workshops that a structure's page tells of; None where it plans none."""
    rows = workshops.published(structure_id, until=clock.today() + AHEAD)
    coming = [
        Coming(
            row.day,
            str(row.takes_place.label),
            ", ".join(str(Band(band).label) for band in row.heads),
        )
        for row in rows
    ]
    return Part("fieldwork/parts.html#structure", coming) if coming else None
