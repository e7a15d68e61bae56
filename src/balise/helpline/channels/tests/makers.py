"""People who write, and listeners who answer, made by the real actions."""

from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due
from balise.helpline.channels import queries
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.rules import Audience, Safety
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.rules import WaitKind

SOMEONE = "renard@mailbox.example"


def make_listener(role: str = "listener") -> Actor:
    """Return a listener in their seat and ready."""
    listener = make_actor(role)
    seating.sit(skills=(), chat_cap=1, by=listener)
    return listener


def make_written(
    text: str = "On se moque de moi sur un réseau.",
    *,
    audience: Audience = Audience.YOUNG,
    email: str = "",
    safety: Safety = Safety.SHARED,
) -> tuple[UUID, Receipt]:
    """Let someone write by the form; return the thread and its code."""
    token = new_receipt()
    receiving.begin(
        token=token,
        message_id=uuid4(),
        text=text,
        audience=audience,
        email=email,
        safety=safety,
        language="fr",
    )
    return queries.by_token(token), token


def make_taken(listener: Actor) -> UUID:
    """Let a listener take what is next; return its thread."""
    claimed = claiming.claim_next(kinds=[WaitKind.MESSAGE], by=listener)
    assert claimed is not None
    answering.accept(thread_id=claimed.subject, by=listener)
    return claimed.subject


def work(*, tolerate: bool = False) -> None:
    """Let the clerk and the worker do all that is due."""
    clerk.tick()
    run_due(tolerate=tolerate)
