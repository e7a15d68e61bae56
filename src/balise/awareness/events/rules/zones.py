"""The zones in which a country's events are told, from its pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from balise.awareness.events.rules.facts import is_zone
from balise.foundation.packs import PackFaulty, Words, load

PACKAGE: Final = "balise.awareness.events"


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by its IANA name: `says` is “Paris time”, `there` “in Réunion”."""

    name: str
    says: Words
    there: Words


@cache
def zones(country: str) -> Sequence[Zone]:
    """Return the zones of a country, its own first. Raises PackFaulty."""
    found = []
    for row in load(PACKAGE, country=country, name="zones")["zones"]:
        name = str(row["name"])
        if not is_zone(name):
            raise PackFaulty(f"zones: there is no zone {name}")
        says = Words.read(row["says"], where=f"zones: {name}")
        found.append(Zone(name, says, Words.read(row["there"], where=f"zones: {name}")))
    return found


def said(name: str, country: str) -> str:
    """Return what stands after an hour of a zone; its name where the pack does not know it."""
    return next((str(zone.says) for zone in zones(country) if zone.name == name), name)
