"""Ask to talk: begin and wait in one transaction; and what the young person does about waiting."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.encryption.receipts import Receipt
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import passing, talking
from balise.helpline.conversations.actions.talking import Begun
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import State
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, waiting
from balise.helpline.queue.rules import Kind, Reason, Risk


def ask(
    *,
    nickname: str = "",
    language: str = "",
    age_band: str = "",
    is_life_danger: bool = False,
    by: Actor = ANYONE,
) -> Begun:
    """Begin a conversation and let it wait for a listener: both, or neither.

    Who is not safe now is first in line, and a supervisor is called.
    """
    with transaction.atomic():
        begun = talking.begin(nickname=nickname, language=language, age_band=age_band, by=by)
        risk = Risk.A if is_life_danger else Risk.F
        waiting.enqueue(kind=Kind.CHAT, subject=begun.id, risk=risk, language=language, by=by)
    return begun


def be_in_danger(*, token: Receipt, by: Actor = ANYONE) -> None:
    """Say that one is not safe now: first in line, and a supervisor is called.

    Who had stepped out of the line is in it again. One that has ended changes nothing here: the
    page shows the numbers in any case.
    """
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if one.state == State.ENDED:
            return
        item_id = queue.open_item(Kind.CHAT, one.id) or waiting.enqueue(
            kind=Kind.CHAT, subject=one.id, language=one.language, returning=True, by=by
        )
        waiting.raise_risk(item_id=item_id, risk=Risk.A, by=by)


def end_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End one's conversation, and leave the line if one still waited in it."""
    with transaction.atomic():
        passing.end_own(token=token, by=by)
        _leave_line(queries.by_token(token), by=by)


def erase_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End one's conversation, leave the line, and destroy what was said."""
    with transaction.atomic():
        conversation_id = queries.by_token(token)
        passing.erase_own(token=token, by=by)
        _leave_line(conversation_id, by=by)


def accept(*, conversation_id: UUID, by: Actor) -> UUID:
    """Take a conversation that waits, from one's seat, and join it; return its queue item."""
    access.require(by, access.TALK)
    with transaction.atomic():
        item_id = queue.open_item(Kind.CHAT, conversation_id) or waiting.enqueue(
            kind=Kind.CHAT, subject=conversation_id, returning=True, by=by
        )
        claiming.claim(item_id=item_id, by=by)
        passing.join(conversation_id=conversation_id, by=by)
    return item_id


def _leave_line(conversation_id: UUID, *, by: Actor) -> None:
    item_id = queue.open_item(Kind.CHAT, conversation_id, is_waiting=True)
    if item_id:
        waiting.withdraw(item_id=item_id, reason=Reason.LEFT, by=by)
