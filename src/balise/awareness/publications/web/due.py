"""What pages lack, and who asks for a review, for the home of who writes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.awareness.publications.queries import editorial
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_pages(actor: Actor) -> Iterable[Due]:
    """Return the reviews that people ask for, and the faults of public pages."""
    found = editorial.due(seen_by=actor)
    yield Due(
        says=_("Reviews asked for"),
        count=len(found.asked),
        since=found.asked[0].since if found.asked else None,
    )
    since = [each.fault.since for each in found.lacking if each.fault.since is not None]
    yield Due(
        says=_("Pages to check"), count=len(found.lacking), since=min(since) if since else None
    )
