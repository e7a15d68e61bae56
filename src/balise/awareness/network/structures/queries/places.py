"""The table of places of the centre's own country."""

from django.conf import settings

from balise.awareness.network.structures.models import Structure
from balise.awareness.network.structures.rules.places import ABROAD, Atlas, atlas
from balise.foundation.journal.events import Code


def home() -> Atlas:
    """Return the areas and communes of the centre's country."""
    return atlas(settings.CENTRE.country)


def codes_of(structure: Structure) -> dict[str, Code]:
    """Return the codes by which the journal counts a structure."""
    area = home().areas.get(structure.area)
    zone = area.zone.value if area else ABROAD
    return {"kind": Code(structure.kind), "zone": Code(zone), "area": Code(structure.area)}
