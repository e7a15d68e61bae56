"""Contacts that nobody has confirmed for long, for the home of who keeps the directory."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.takedown.directory import queries


def of_entries(actor: Actor) -> Iterable[Due]:
    """Return how many contacts are to be confirmed, and when the first was checked last."""
    found = queries.to_confirm(seen_by=actor)
    yield Due(
        says=_("Contact points to confirm"),
        count=len(found),
        since=found[0].contact.checked_on if found else None,
    )
