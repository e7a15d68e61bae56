"""Block for a while, agree as a second person, lift."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.journal.book import record
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.events import BlockConfirmed, BlockLifted, BlockSet
from balise.helpline.contacts.models import Block, BlockedDay, Contact
from balise.helpline.contacts.rules import blocking
from balise.helpline.contacts.rules.blocking import BlockState, Length
from balise.helpline.contacts.rules.kinds import contact_kind


def block(
    *,
    contact_id: UUID,
    contact_type: str,
    bearer: str,
    length: Length,
    risk: str = "F",
    by: Actor,
) -> UUID:
    """Block who bears a token or a number, for a while; return the block.

    `risk` is the queue's. Refuses (NeverBlocked) where a life is in danger, and for silence, tests,
    questions and every contact that was listened to; and (NotKnownAgain) without a bearer. A week
    holds a day until a second person agrees.
    """
    access.require(by, access.BLOCK)
    moment = now()
    with transaction.atomic():
        contact = Contact.locked(contact_id)
        kind = contact_kind(contact_type, country=queries.country())
        blocking.check_may_block(risks=(contact.risk, risk), is_blockable=kind.is_blockable)
        blocking.check_bearer(bearer)
        would_end = moment + blocking.span(length)
        one = Block.objects.create(
            contact=contact,
            length=length,
            state=BlockState.PROPOSED if blocking.needs_second(length) else BlockState.HOLDS,
            asked_by=by.key,
            begun_at=moment,
            ends_at=blocking.holds_alone_until(length, moment),
            would_end_at=would_end,
        )
        BlockedDay.objects.bulk_create(
            BlockedDay(block=one, day=day, bearer=queries.bearer_key(bearer, day))
            for day in blocking.days(day_of(moment), day_of(would_end))
        )
        record(BlockSet(subject=one.id, length=length), by=by)
    return one.id


def confirm(*, block_id: UUID, by: Actor) -> None:
    """Agree, as a second person, that a block lasts its week; agreed already stays so.

    Refuses (SecondPersonNeeded) who asked for it, and (BlockOver) one that has ended.
    """
    access.require(by, access.CONFIRM_BLOCK)
    with transaction.atomic():
        one = Block.locked(block_id)
        blocking.check_second(asked_by=one.asked_by, by=by.key)
        blocking.check_goes_on(state=BlockState(one.state), ends_at=one.ends_at, at=now())
        if one.state != BlockState.PROPOSED:
            return
        one.state, one.confirmed_by, one.ends_at = BlockState.HOLDS, by.key, one.would_end_at
        one.save(update_fields=("state", "confirmed_by", "ends_at"))
        record(BlockConfirmed(subject=one.id), by=by)


def lift(*, block_id: UUID, by: Actor) -> None:
    """End a block at once; one that was lifted stays so."""
    access.require(by, access.CONFIRM_BLOCK)
    with transaction.atomic():
        one = Block.locked(block_id)
        if one.state == BlockState.LIFTED:
            return
        one.state, one.ends_at = BlockState.LIFTED, min(one.ends_at, now())
        one.save(update_fields=("state", "ends_at"))
        record(BlockLifted(subject=one.id), by=by)
