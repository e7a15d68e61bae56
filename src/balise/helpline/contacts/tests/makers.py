"""Contacts, made by the real actions."""

from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.contacts import access
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel

ABILITIES = frozenset({access.READ, access.WORK, access.NOTES, access.BLOCK})


def make_listener(*abilities: str) -> Actor:
    """Return a listener, and what else they may."""
    account = make_account("listener")
    return Actor(ActorKind.STAFF, str(account.pk), ABILITIES | {*abilities})


def make_contact(*, by: Actor, channel: Channel = Channel.CHAT, bearer: str = "") -> UUID:
    """Begin a contact."""
    return keeping.begin(channel=channel, subject=uuid4(), bearer=bearer, by=by)
