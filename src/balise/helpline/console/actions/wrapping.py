"""Wrap up: the record is closed with its codes, the item is done, the seat is ready again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.helpline.channels.actions import answering as channels
from balise.helpline.console import access
from balise.helpline.console.queries import is_declared
from balise.helpline.contacts.actions import blocking, wrapping
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import passing as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Kind, Risk
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.actions import numbers


def wrap_up(  # noqa: PLR0913 - a whole page, in one go
    *,
    item_id: UUID,
    contact_id: UUID,
    contact_type: str,
    topics: Sequence[str] = (),
    risk: Risk = Risk.F,
    actions_taken: Sequence[str] = (),
    place: str = "",
    outcome: str = "",
    age_band: str = "",
    gender: str = "",
    caller: str = "",
    block: Length | None = None,
    is_ready: bool = True,
    by: Actor,
) -> Receipt:
    """End what one holds and close its record; return the token of the questions afterwards.

    A conversation that still goes on ends with it. Whoever is `is_ready` may get the next person;
    the others stay in their wrap-up, or with whom they still have. A `block` keeps who called or
    wrote in a chat away for a while. Refuses as the record does, and as a block does.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        claiming.finish(item_id=item_id, by=by)
        token = wrapping.wrap_up(
            contact_id=contact_id,
            contact_type=contact_type,
            topics=topics,
            risk=risk,
            actions_taken=actions_taken,
            place=place,
            outcome=outcome,
            age_band=age_band,
            gender=gender,
            caller=caller,
            by=by,
        )
        if block is not None:
            blocking.block(
                contact_id=contact_id,
                contact_type=contact_type,
                bearer=_bearer(item),
                length=block,
                risk=Risk.A if is_declared(item_id) else item.risk,
                by=by,
            )
        if item.kind == Kind.CALL:
            numbers.forget_bearer(call_id=item.subject, by=by)
        elif item.kind == Kind.CHAT:
            conversations.end(conversation_id=item.subject, by=by)
        elif item.kind == Kind.MESSAGE:
            channels.close(thread_id=item.subject, by=by)
        seat = queue.own_seat(seen_by=by)
        if is_ready and seat is not None and not seat.items:
            seating.be_ready(by=by)
    return token


def _bearer(item: Item) -> str:
    if item.kind == Kind.CHAT:
        return talks.bearer_of(item.subject)
    return telephony.bearer_of(item.subject) if item.kind == Kind.CALL else ""


def finish(*, item_id: UUID, by: Actor) -> None:
    """End what has no record here (a removal) and be ready for the next."""
    access.require(by, access.WORK)
    with transaction.atomic():
        claiming.finish(item_id=item_id, by=by)
        seat = queue.own_seat(seen_by=by)
        if seat is not None and not seat.items:
            seating.be_ready(by=by)
