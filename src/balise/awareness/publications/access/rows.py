"""The rows that an action changes, and the person who does it."""

from django.contrib.auth import get_user_model

from balise.awareness.publications.models import TYPES, Text
from balise.foundation.accounts.models import Account
from balise.foundation.actors import Actor, ActorKind


def row_of(page: int) -> Text | None:
    """Return a page of any type, locked."""
    rows = (each.objects.select_for_update(of=("self",)).filter(pk=page).first() for each in TYPES)
    return next(filter(None, rows), None)


def person_of(actor: Actor) -> Account | None:
    if actor.kind is not ActorKind.STAFF:
        return None
    account: Account = get_user_model().objects.get(pk=actor.key)
    return account
