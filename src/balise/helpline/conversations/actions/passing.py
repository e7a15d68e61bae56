"""Join, leave, end, take back, erase."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.actions.places import leave_line
from balise.helpline.conversations.actions.writing import side_of, write
from balise.helpline.conversations.events import (
    ConversationContinued,
    ConversationEnded,
    ConversationErased,
    ConversationRead,
    ListenerJoined,
    ListenerLeft,
    MessageRedacted,
)
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.queries.earlier import joined_before
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationState,
    Earlier,
    Side,
    check_goes_on,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import Reason, Skill, WaitKind


def join(*, conversation_id: UUID, by: Actor) -> None:
    """Make a listener the one of a conversation; the next one continues the same conversation."""
    access.require(by, access.TALK)
    moment = now()
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        check_goes_on(one.state)
        if one.listener == by.key and one.state == ConversationState.OPEN:
            return
        came = Said.objects.filter(
            conversation=one, kind__in=(ChatEventKind.JOINED, ChatEventKind.TRANSFERRED)
        )
        before = came.order_by("-seq").values_list("author", flat=True).first()
        kind = ChatEventKind.JOINED if before in {None, by.key} else ChatEventKind.TRANSFERRED
        one.listener, one.state, one.wants_another = by.key, ConversationState.OPEN, False
        one.save(update_fields=("listener", "state", "wants_another"))
        write(conversation=one, kind=kind, moment=moment, by=by)
        record(ListenerJoined(subject=one.id, seconds=_seconds(one, moment)), by=by)


# Why a listener is gone, in the words of the young person's page.
_SAYS_WHY: Mapping[Reason | None, str] = MappingProxyType(
    {Reason.VANISHED: "cut", Reason.FOR_DANGER: "urgent"}
)


def leave(*, conversation_id: UUID, to: Skill | None, why: Reason | None = None, by: Actor) -> None:
    """Take its listener out of a conversation that waits for another: of a profession, or anyone.

    The queue says so as the item waits again, and has checked who may. A person whose line dropped
    meanwhile reads it when they are back, with `why` where it is no choice of the listener. One
    that is unknown, or has ended, stays as it is.
    """
    with transaction.atomic():
        going_on = Conversation.objects.exclude(listener="").exclude(state=ConversationState.ENDED)
        one = going_on.select_for_update().filter(id=conversation_id).first()
        if one is None:
            return
        one.listener = ""
        if one.state == ConversationState.OPEN:
            one.state = ConversationState.WAITING
        one.save(update_fields=("listener", "state"))
        write(
            conversation=one,
            kind=ChatEventKind.LEFT,
            moment=now(),
            code=to or _SAYS_WHY.get(why, ""),
            by=by,
        )
        record(ListenerLeft(subject=one.id), by=by)
        for other in queue.waiting_subjects(WaitKind.CHAT):  # one more is before them
            bell.ring(other, note="turn")


def be_read(*, conversation_id: UUID, seq: int, by: Actor) -> None:
    """Note as its listener how far one has read. Never a fact: it only counts what is unread."""
    access.require(by, access.TALK)
    found = Conversation.objects.filter(id=conversation_id, listener=by.key, read_seq__lt=seq)
    found.update(read_seq=Least(Value(seq), F("last_seq")))


def end(*, conversation_id: UUID, by: Actor) -> None:
    """End a conversation as its listener; one that has ended stays as it is."""
    access.require(by, access.TALK)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _check_is_in(one, by)
        _end(one, place, by)


def end_by_itself(*, conversation_id: UUID, by: Actor) -> None:
    """End a conversation that nobody has come back to."""
    with transaction.atomic():
        _end(*queries.locked_with_place(conversation_id), by)


def end_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End a conversation as the young person, and leave the line if one still waited in it."""
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        _end(*queries.locked_with_place(conversation_id), by)


def erase_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End a conversation as the young person and wipe what was said: no one reads it ever again.

    The worker destroys its key a moment later: the public door has no right to destroy keys. The
    figures stay; a case file that a listener wrote is another record and stays too.
    """
    conversation_id = queries.by_token(token)
    moment = now()
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _end(one, place, by)
        one.erased_at = moment
        one.save(update_fields=("erased_at",))
        Said.objects.filter(conversation=one).update(sealed=b"")
        record(ConversationErased(subject=one.id), by=by)


def redact(*, conversation_id: UUID, seq: int, by: Actor) -> None:
    """Delete the words of one message, for both sides; its place stays."""
    access.require(by, access.TALK)
    moment = now()
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        _check_is_in(one, by)
        found = Said.objects.filter(conversation=one, seq=seq, kind=ChatEventKind.MESSAGE)
        if not found.exclude(sealed=b"").update(sealed=b""):
            return
        write(conversation=one, kind=ChatEventKind.REDACTED, moment=moment, about=seq, by=by)
        record(MessageRedacted(subject=one.id, seq=seq), by=by)


def open_to_read(*, conversation_id: UUID, by: Actor) -> RecordKey:
    """Return the key of a conversation to someone who may read it, and log the reading."""
    one, key = queries.joined(conversation_id, seen_by=by)
    with transaction.atomic():
        record(ConversationRead(subject=one.id), by=by)
    return key


def open_before(*, conversation_id: UUID, by: Actor) -> tuple[Conversation, RecordKey]:
    """Return the conversation before one, with its key, to the listener in it; log the reading.

    Refuses as `joined_before`.
    """
    one, key = joined_before(conversation_id, seen_by=by)
    with transaction.atomic():
        record(ConversationRead(subject=one.id), by=by)
    return one, key


def say_same(*, conversation_id: UUID, by: Actor) -> None:
    """Note, as its listener, that the same browser is the same person: they were asked.

    From here on the earlier conversation can be read, and a danger of theirs goes with them.
    """
    access.require(by, access.TALK)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _check_is_in(one, by)
        if one.earlier_by != Earlier.BROWSER or one.earlier is None:
            return
        one.earlier_by = Earlier.LISTENER
        one.save(update_fields=("earlier_by",))
        record(ConversationContinued(subject=one.id, how=Code(Earlier.LISTENER)), by=by)
        if place is not None:
            waiting.carry_danger(item_id=place.id, same_as=one.earlier, by=by)


def be_typing(*, conversation_id: UUID, by: Actor) -> None:
    """Show the other side that one is writing, on whatever page the listener is. Never kept."""
    side = side_of(by=by)
    bell.ring(conversation_id, note=f"typing-{side.value}")
    listener = queries.account_of_listener(conversation_id) if side is Side.YOUNG else ""
    if listener:
        bell.ring(UUID(listener), note=f"typing {conversation_id}")


def _check_is_in(one: Conversation, by: Actor) -> None:
    if one.listener != by.key:
        raise queries.not_in(one.id, who=by)


def _end(one: Conversation, place: ItemRow | None, by: Actor) -> None:
    """End a locked conversation, and take it out of the line."""
    leave_line(place=place, by=by)
    if one.state == ConversationState.ENDED:
        return
    moment = now()
    one.state, one.ended_at = ConversationState.ENDED, moment  # its last listener may still read it
    one.save(update_fields=("state", "ended_at"))
    write(conversation=one, kind=ChatEventKind.STATE, moment=moment, by=by)
    fact = ConversationEnded(
        subject=one.id,
        side=side_of(by=by),
        seconds=_seconds(one, moment),
        messages=Said.objects.filter(conversation=one, kind=ChatEventKind.MESSAGE).count(),
    )
    record(fact, by=by)


def _seconds(one: Conversation, moment: datetime) -> int:
    return max(int((moment - one.begun_at).total_seconds()), 0)
