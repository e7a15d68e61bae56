"""All that the field asks of structures and places; nothing else here knows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balise.awareness.places.structures import queries as structures
from balise.awareness.places.structures.queries import register
from balise.foundation.finding import NotHere


@dataclass(frozen=True, slots=True)
class Opened:
    """A structure that someone opened with its code: whose workshop it is, and where at home."""

    id: UUID
    name: str
    area: str


def opened_by(code: str) -> Opened:
    """Return the structure whose code this is. Raises NotHere."""
    card = structures.opened_by(code)
    return Opened(card.id, card.name, card.departement)


def may_meet_minors(structure: UUID, *, on: date) -> bool:
    """Return whether a structure's attestation holds on a day."""
    return structures.may_meet_minors(structure, on=on)


def choices() -> Sequence[tuple[UUID, str]]:
    """Return the open structures, for a list to choose from."""
    return structures.choices()


def names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return the names of structures; one that is not there has none."""
    found: dict[UUID, str] = {}
    for each in dict.fromkeys(ids):
        try:
            found[each] = structures.card(each).name
        except NotHere:
            continue
    return found


def areas() -> Sequence[tuple[str, str]]:
    """Return the areas of the centre's country, by code, for a list to choose from."""
    found = sorted(register.home().areas.values(), key=lambda area: area.code)
    return [(area.code, f"{area.code} {area.name}") for area in found]


def area_names() -> Mapping[str, str]:
    """Return the names of areas by their codes."""
    return {code: area.name for code, area in register.home().areas.items()}


def located(postcode: str) -> tuple[str, str]:
    """Return the codes of the area and of the commune of a postcode; "" for what is not known.

    A postcode of several communes says none of them.
    """
    home = register.home()
    area = home.area_of_postcode(postcode)
    communes = {one.code for one in home.near(postcode)} if area else set()
    return area, communes.pop() if len(communes) == 1 else ""
