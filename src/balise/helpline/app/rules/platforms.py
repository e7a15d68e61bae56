"""The platforms that a button of the app may stand for."""

from collections.abc import Mapping
from functools import cache

from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.directory.rules.entries import listed


@cache
def platforms(country: str) -> Mapping[str, str]:
    """Return the names of the helpline's platforms by their code in the packs, in the packs' order.

    No table is read: a page that shows them is the same for everyone.
    """
    return {
        one.key: one.name
        for one in listed(country)
        if one.kind is OrganisationKind.PLATFORM and one.first_circle
    }
