"""People who wait and people who listen, made by the real actions."""

from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_account, make_actor
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.queue import access
from balise.helpline.queue.actions import seating, waiting, words
from balise.helpline.queue.rules import Risk, Skill, WaitKind

ABILITIES = frozenset({access.READ, access.WORK})


def make_listener(*skills: Skill, chat_cap: int = 2, seated: bool = True) -> Actor:
    """Return a listener, in their seat and ready."""
    account = make_account("listener")
    listener = Actor(ActorKind.STAFF, str(account.pk), ABILITIES)
    if seated:
        seating.sit(skills=skills, chat_cap=chat_cap, by=listener)
    return listener


def make_supervisor() -> Actor:
    """Return who looks after the room."""
    account = make_account("helpline_lead")
    return Actor(ActorKind.STAFF, str(account.pk), ABILITIES | {access.SUPERVISE})


def make_item(
    kind: WaitKind = WaitKind.CHAT,
    *,
    risk: Risk = Risk.F,
    skill: Skill | None = None,
    preferred: str = "",
    returning: bool = False,
) -> UUID:
    """Let something wait, and return its item."""
    return waiting.enqueue(
        kind=kind,
        subject=uuid4(),
        risk=risk,
        skill=skill,
        preferred=preferred,
        returning=returning,
    )


def make_words_edit() -> UUID:
    """Return an edit of the words of danger that a supervisor proposed."""
    return words.propose(
        language="fr",
        concept="SELFKILL",
        added=["me zigouillerai"],
        removed=[],
        why="Entendu.",
        by=make_actor("helpline_lead"),
    )
