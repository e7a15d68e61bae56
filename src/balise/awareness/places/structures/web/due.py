"""What is due in the network, for the home of its coordinator."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.awareness.places.structures.queries.due import due
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_network(actor: Actor) -> Iterable[Due]:
    """Return how many organisations each thing is due of."""
    found = due(seen_by=actor)
    yield Due(says=_("Agreements to renew"), count=len(found.renewal))
    yield Due(
        says=_("Organisations to confirm"),
        count=len(found.freshness),
        since=found.freshness[0].confirmed_on if found.freshness else None,
    )
    yield Due(says=_("Attestations to ask for"), count=len(found.attestation))
    yield Due(says=_("Corrections received"), count=len(found.corrections))
    yield Due(says=_("Possible duplicates"), count=len(found.duplicates))
