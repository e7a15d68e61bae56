"""The decks in preparation, for the home of who makes them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.steering.editions import access
from balise.steering.editions.queries import showing


def of_editions(actor: Actor) -> Iterable[Due]:
    """Return the decks to freeze, and those to publish."""
    rows = showing.editions(seen_by=actor)
    if actor.may(access.FREEZE):
        drafts = [one.day for one in rows if one.frozen_at is None]
        yield Due(says=_("Decks to freeze"), count=len(drafts))
    if actor.may(access.PUBLISH):
        frozen = [one.frozen_at for one in rows if one.frozen_at and one.published_at is None]
        yield Due(
            says=_("Frozen decks to publish"),
            count=len(frozen),
            since=min(frozen) if frozen else None,
        )
