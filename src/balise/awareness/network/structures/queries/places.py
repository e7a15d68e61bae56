"""The table of places of the centre's own country."""

from collections.abc import Sequence

from django.conf import settings

from balise.awareness.network.structures.models import Structure
from balise.awareness.network.structures.rules.places import ABROAD, Atlas, atlas
from balise.foundation.journal.events import Code


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
