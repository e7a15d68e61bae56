"""What waits in the exchange of hashes, for the home of who leads the hotline."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due, Part
from balise.hotline.matching.exchange import access, queries


def of_exchange(actor: Actor) -> Iterable[Due]:
    """Return the alarms: a partner cut off, a page passed, a source that fails."""
    if actor.may(access.MANAGE):
        found = queries.alarms(seen_by=actor)
        yield Due(
            says=_("Alarms of the fingerprint exchange"),
            part=Part.LATE,
            count=found.count,
            since=found.since,
        )
