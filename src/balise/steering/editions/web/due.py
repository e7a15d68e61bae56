"""The decks in preparation, for the home of who makes them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due
from balise.steering.editions import access
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.life import EditionState


def of_editions(actor: Actor) -> Iterable[Due]:
    """Return the decks to read, to freeze, to publish, and withdrawals to confirm."""
    rows = showing.editions(seen_by=actor)
    if actor.may(access.APPROVE):
        asked = [
            one.asked_at
            for one in rows
            if one.asked_at and one.state is EditionState.IN_REVIEW and one.written_by != actor.key
        ]
        yield Due(
            says=_("Decks to read as the second person"),
            count=len(asked),
            since=min(asked) if asked else None,
        )
    if actor.may(access.FREEZE):
        drafts = [one.day for one in rows if one.frozen_at is None]
        yield Due(says=_("Decks to freeze"), count=len(drafts))
    if actor.may(access.PUBLISH):
        frozen = [
            one.frozen_at for one in rows if one.frozen_at and one.state is EditionState.FROZEN
        ]
        yield Due(
            says=_("Frozen decks to publish"),
            count=len(frozen),
            since=min(frozen) if frozen else None,
        )
        asked_for = [
            one.withdrawal_at
            for one in rows
            if one.withdrawal_at and not one.confirmed_by and one.withdrawal_by != actor.key
        ]
        yield Due(
            says=_("Withdrawals to confirm"),
            count=len(asked_for),
            since=min(asked_for) if asked_for else None,
        )
