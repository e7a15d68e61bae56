"""Listeners, supervisors and whom they have, made by the real actions."""

from uuid import UUID

from django.test import Client

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.helpline.console.actions import accepting
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.queue.actions import dangers, seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, Skill
from balise.helpline.queue.rules.dangers import Outcome
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, Happening

WORK = "/staff/helpline/"
SEAT = "/staff/helpline/console/"


def posts(page: str) -> str:
    """Return where the forms of someone's page are sent to."""
    return page.replace(WORK, SEAT, 1)


def make_listener(*skills: Skill, role: str = "listener", chat_cap: int = 2) -> Actor:
    """Return a listener, or a supervisor, in their seat and ready."""
    listener = make_actor(role)
    seating.sit(skills=skills, chat_cap=chat_cap, by=listener)
    return listener


def make_asking() -> Begun:
    """Return a young person's conversation that waits for a listener."""
    return saying.ask(nickname="Renard", language="fr")


def make_accepted(listener: Actor) -> Accepted:
    """Let a young person ask, and a listener accept them."""
    make_asking()
    accepted = accepting.accept(by=listener)
    assert accepted is not None
    return accepted


def make_accepted_call(listener: Actor, *, number: str = "0199000001") -> Accepted:
    """Let someone call, with a number or none, and a listener accept them."""
    told = CallFact(Happening.QUEUED, now())
    take_event(event=CallTold("pbx", "1/queued", "1", told, b"x", number), by=SYSTEM)
    accepted = accepting.accept(by=listener)
    assert accepted is not None
    return accepted


def end_danger(item_id: UUID, *, first: Actor, second: Actor) -> None:
    """Let two people end a danger: one proposes, the other agrees."""
    told = "Les secours sont arrivés, sa mère est prévenue."
    dangers.propose_end(item_id=item_id, outcome=Outcome.RESCUED, risk=Risk.B, told=told, by=first)
    dangers.agree_to_end(item_id=item_id, by=second)


def seated(client: Client) -> None:
    """Let whoever is signed in take their seat."""
    client.post(f"{SEAT}sit/", {"skills": ["psychologist"], "chat_cap": "2"})


def one_taken(client: Client) -> Item:
    """Let a young person ask, and whoever is signed in take them from their seat."""
    make_asking()
    seated(client)
    client.post(f"{SEAT}next/")
    return Item.objects.get(state=ItemState.HELD)
