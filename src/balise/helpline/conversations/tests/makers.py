"""Conversations, made by the real actions."""

from uuid import uuid4

from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.conversations import access
from balise.helpline.conversations.actions import passing, talking
from balise.helpline.conversations.actions.talking import Begun


def make_listener(*abilities: str) -> Actor:
    """Return a listener who may talk, and what else is said."""
    account = make_account("listener")
    return Actor(ActorKind.STAFF, str(account.pk), frozenset({access.TALK, *abilities}))


def make_conversation(*words: str, with_: Actor | None = None) -> Begun:
    """Begin a conversation; let a listener join, and the young person say something."""
    begun = talking.begin(nickname="Renard", language="fr")
    if with_ is not None:
        passing.join(conversation_id=begun.id, by=with_)
    for text in words:
        talking.say(token=begun.token, text=text, client_id=uuid4())
    return begun
