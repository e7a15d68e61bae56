"""Wrap up: the record is closed with its codes, the item is done, the seat is ready again."""

from typing import Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.worded import Receipt
from balise.helpline.channels.actions import answering as channels
from balise.helpline.console import access
from balise.helpline.console.queries.spells import seconds_about
from balise.helpline.console.rules import AttemptNeeded, RecordNeeded, StillHere
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import blocking, keeping, wrapping
from balise.helpline.contacts.actions.wrapping import Codes
from balise.helpline.contacts.queries import ContactRow
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import coaching, passing as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.queries.dangers import on_about
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import Risk, SeatState, WaitKind
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.actions import calling_back, numbers
from balise.helpline.telephony.rules.call_backs import Attempt


def wrap_up(
    *,
    item_id: UUID,
    contact_id: UUID,
    block: Length | None = None,
    attempt: Attempt | None = None,
    is_ready: bool = True,
    by: Actor,
    **codes: Unpack[Codes],
) -> Receipt:
    """End what one holds and close its record; return the token of the questions afterwards.

    A conversation that still goes on ends with it. A listener who `is_ready` may get the next
    person; the others stay in their wrap-up, or with the person they still have. A `block` refuses
    the caller or chat for a while. Of a call-back that nobody noted yet, `attempt` says what came
    of it (AttemptNeeded without). Refuses as the record does, and as a block does.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        if not _waits_again(item, attempt, by):
            claiming.finish(item_id=item_id, by=by)
        one = contacts.contact(contact_id, seen_by=by)
        token = wrapping.wrap_up(contact_id=contact_id, seconds=_seconds(one), by=by, **codes)
        if block is not None:
            _block(one, item, block, codes["contact_type"], by)
        if item.kind == WaitKind.CALL:
            numbers.forget_bearer(call_id=item.subject, by=by)
        elif item.kind == WaitKind.CHAT:
            conversations.end(conversation_id=item.subject, by=by)
            coaching.offer_questions(conversation_id=item.subject, token=token, by=by)
        elif item.kind == WaitKind.MESSAGE:
            channels.close(thread_id=item.subject, by=by)
        _go_on(is_ready=is_ready, by=by)
    return token


def finish_record(
    *,
    contact_id: UUID,
    block: Length | None = None,
    is_ready: bool = True,
    by: Actor,
    **codes: Unpack[Codes],
) -> Receipt:
    """Close the record of someone who is gone: it lasted while a listener had them.

    A `block` is as after a wrap-up, and ends a chat that they could come back to; it is refused
    (NotKnownAgain) where nothing is left to know them by. Refuses (StillHere) someone who has come
    back, whom a new listener's wrap-up will close.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = contacts.contact(contact_id, seen_by=by)
        _check_gone(one)
        token = wrapping.wrap_up(contact_id=contact_id, seconds=_seconds(one), by=by, **codes)
        if block is not None:
            last = next(iter(queue.items_about(one.subject)), None)
            _block(one, last, block, codes["contact_type"], by)
            if one.channel is Channel.CHAT:
                conversations.end_by_itself(conversation_id=one.subject, by=by)
        if one.channel is Channel.CALL:
            numbers.forget_bearer(call_id=one.subject, by=by)
        elif one.channel is Channel.CHAT:
            coaching.offer_questions(conversation_id=one.subject, token=token, by=by)
        _go_on(is_ready=is_ready, by=by)
    return token


def take_over(*, contact_id: UUID, by: Actor) -> None:
    """Take over, as a supervisor, a record that a colleague can no longer finish.

    Refuses (StillHere) that of a person who has come back: the listener who has them writes it.
    """
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        _check_gone(contacts.contact(contact_id, seen_by=by))
        keeping.take_over(contact_id=contact_id, by=by)


def finish(*, item_id: UUID, by: Actor) -> None:
    """End a removal, which has no record here, and be ready for the next.

    Refuses (RecordNeeded) anyone who is there: they are wrapped up with their record, and counted.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        if queue.item(item_id, seen_by=by).kind != WaitKind.REMOVAL:
            raise RecordNeeded(_("No record yet. Pass this contact on, or go off duty."))
        claiming.finish(item_id=item_id, by=by)
        _go_on(is_ready=True, by=by)


def _go_on(*, is_ready: bool, by: Actor) -> None:
    seat = queue.own_seat(seen_by=by)
    if is_ready and seat is not None and seat.state is SeatState.WRAP_UP and not seat.items:
        seating.be_ready(by=by)


def _check_gone(one: ContactRow) -> None:
    if queue.open_subjects([one.subject]):
        raise StillHere(_("The person is back. The record is open again."))


def _seconds(one: ContactRow) -> int:
    return seconds_about(one.subject, since=one.begun_at, until=now())


def _waits_again(item: ItemRow, attempt: Attempt | None, by: Actor) -> bool:
    """Note the outcome of a call-back; return whether it has left the queue for another attempt."""
    if item.kind != WaitKind.CALL_BACK or not telephony.is_to_be_called(item.subject):
        return False
    if attempt is None:
        raise AttemptNeeded(_("Give the outcome of the call: call again or not."))
    return calling_back.note_attempt(call_back_id=item.subject, attempt=attempt, by=by)


def _block(
    one: ContactRow, item: ItemRow | None, length: Length, contact_type: str, by: Actor
) -> None:
    in_danger = on_about(one.subject) is not None
    blocking.block(
        contact_id=one.id,
        contact_type=contact_type,
        bearer=_bearer(item) if item else "",
        length=length,
        risk=Risk.A if in_danger else item.risk if item else Risk.F,
        by=by,
    )


def _bearer(item: ItemRow) -> str:
    if item.kind == WaitKind.CHAT:
        return talks.bearer_of(item.subject)
    return telephony.bearer_of(item.subject) if item.kind == WaitKind.CALL else ""
