"""The area that an order is for: in France, a département."""

from django.utils.translation import gettext as _

from balise.awareness.network.orders.rules.refusals import AreaUnknown
from balise.awareness.network.structures.rules.places import departement, departement_of_postcode


def area_of(postcode: str) -> str:
    """Return the code of the area of a postcode. Raises AreaUnknown."""
    area = departement_of_postcode(postcode)
    if not area:
        raise AreaUnknown(_("We do not know this postcode."))
    return area


def area_said(code: str) -> str:
    """Return an area's name with its code; the code of one that is no longer known."""
    try:
        return f"{departement(code).name} ({code})"
    except KeyError:
        return code
