"""Conversations, made by the real actions."""

from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.conversations import access
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.rules import WaitKind


def make_listener(*abilities: str) -> Actor:
    """Return a listener who may talk, and what else is said."""
    account = make_account("listener")
    return Actor(ActorKind.STAFF, str(account.pk), frozenset({access.TALK, *abilities}))


def make_conversation(*words: str, with_: Actor | None = None) -> Begun:
    """Begin a conversation; let a listener join, and the young person say something."""
    begun = saying.begin(nickname="Renard", language="fr")
    if with_ is not None:
        passing.join(conversation_id=begun.id, by=with_)
    for text in words:
        saying.say(token=begun.token, text=text, client_id=uuid4())
    return begun


def accept(conversation_id: UUID, *, by: Actor) -> None:
    """Let a listener take a conversation that waits, from their seat."""
    item_id = queue.open_item(WaitKind.CHAT, conversation_id)
    assert item_id is not None
    assert claiming.claim(item_id=item_id, by=by) is not None
    passing.join(conversation_id=conversation_id, by=by)
