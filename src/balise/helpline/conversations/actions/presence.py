"""Whether the young person's page is there. A line that drops does not end the conversation.

After 45 seconds without a sign the conversation is suspended. Its listener's place is kept for a
quarter of an hour, and so is its own in the line where that listener transferred it or disappeared;
a young person who comes back within it finds the same, later the front of the line. After a day it
ends. Those who wait when the chat has closed are taken out of the line too, and are in front when
it opens; those in danger stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from balise.foundation import rows
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import measure, now, of_database
from balise.foundation.encryption.worded import Receipt
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.actions.passing import leave_line, write
from balise.helpline.conversations.events import ConversationDropped, ConversationResumed
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.queries import line
from balise.helpline.conversations.rules import (
    ENDS_AFTER,
    PLACE_KEPT,
    SUSPENDED_AFTER,
    ChatEventKind,
    ConversationState,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Reason, Risk, WaitKind

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose page is there, and the state of that conversation now."""

    conversation: UUID
    state: ConversationState
    is_cut: bool = False  # the listener's line


def be_seen(*, token: Receipt, by: Actor = ANYONE) -> Seen:
    """Note that the young person's page is there; a conversation that was dropped goes on."""
    conversation_id = queries.by_token(token)
    state = _note_together(conversation_id)
    if state is ConversationState.SUSPENDED:
        with transaction.atomic():
            one = Conversation.locked(conversation_id)
            if one.state == ConversationState.SUSPENDED:
                resume(one=one, by=by)
        state = ConversationState(one.state)
    is_cut = state is ConversationState.OPEN and line.is_cut(
        Conversation.objects.get(id=conversation_id)
    )
    return Seen(conversation_id, state, is_cut)


def _note_all(seen: Sequence[UUID]) -> list[ConversationState]:
    """Note many pages at once; return the state of each. One that dropped is noted as it resumes.

    Thousands of pages answer every fifteen seconds: two statements for all who do so together.
    """
    measure()
    moment = of_database()
    with transaction.atomic():
        found = rows.select(Conversation, ("id", "state"), among=list(set(seen)), lock=True)
        states = {conversation_id: ConversationState(state) for conversation_id, state in found}
        going_on = [
            each for each, state in states.items() if state is not ConversationState.SUSPENDED
        ]
        rows.update(Conversation, ("young_seen_at",), [(moment, each) for each in going_on])
    return [states[conversation_id] for conversation_id in seen]


_note_together = GroupCommit(_note_all)


def resume(*, one: Conversation, by: Actor) -> None:
    """Resume a locked, suspended conversation, with its listener or first in the line.

    While the chat is closed it stays out of the line: no listener would come.
    """
    moment = of_database()
    away = max(int((moment - one.young_seen_at).total_seconds()), 0)
    is_held = queue.open_item(WaitKind.CHAT, one.id) is not None
    if not is_held and queries.is_shut():
        one.young_seen_at = moment
        one.save(update_fields=("young_seen_at",))
        return
    kept = one.listener if is_held else ""
    # Someone who comes back is as urgent as before, and in the order of before.
    risk, queued_at = queue.left_place(WaitKind.CHAT, one.id) or (Risk.F, moment)
    waiting.enqueue(
        kind=WaitKind.CHAT,
        subject=one.id,
        risk=risk,
        queued_at=queued_at,
        language=one.language,
        returning=True,
        preferred=one.listener,
        by=by,
    )
    one.listener, one.state = kept, ConversationState.OPEN if kept else ConversationState.WAITING
    one.young_seen_at = moment
    one.save(update_fields=("listener", "state", "young_seen_at"))
    write(conversation=one, kind=ChatEventKind.STATE, moment=moment, by=by)
    record(ConversationResumed(subject=one.id, seconds=away), by=by)


def suspend_dropped(*, by: Actor = SYSTEM) -> int:
    """Suspend what has had no sign for 45 seconds; return how many.

    Who waited for a first listener steps out of the line and comes back to its front, unless in
    danger: that place stays, so that someone looks.
    """
    gone = _ids(_without_sign(SUSPENDED_AFTER, ConversationState.OPEN, ConversationState.WAITING))
    return sum(_suspend(conversation_id, by) for conversation_id in gone)


def step_out_when_shut(*, by: Actor = SYSTEM) -> int:
    """Take out of the line those who wait although the chat is closed; return how many.

    Nothing ends: those who are there, or come back, when it opens are in front. Those in danger
    stay in the line, and supervisors are called.
    """
    if not queries.is_shut():
        return 0
    left = queue.waiting_subjects(WaitKind.CHAT)
    return sum(_step_out(conversation_id, by) for conversation_id in left[:_AT_ONCE])


def free_places(*, by: Actor = SYSTEM) -> int:
    """Free the places of those who have been gone for a quarter of an hour; return how many.

    Not of someone in danger: their listener keeps them until they wrap up or pass them on.
    """
    gone = _ids(_without_sign(PLACE_KEPT, ConversationState.SUSPENDED).exclude(listener=""))
    waiting_still = queue.waiting_subjects(WaitKind.CHAT)
    gone += _ids(
        _without_sign(PLACE_KEPT, ConversationState.SUSPENDED).filter(id__in=waiting_still)
    )
    return sum(_free(conversation_id, by) for conversation_id in gone)


def end_forgotten(*, by: Actor = SYSTEM) -> int:
    """End what nobody has come back to for a day; return how many."""
    gone = _ids(_without_sign(ENDS_AFTER, ConversationState.SUSPENDED))
    for conversation_id in gone:
        passing.end_by_itself(conversation_id=conversation_id, by=by)
    return len(gone)


def _without_sign(since: timedelta, *states: ConversationState) -> QuerySet[Conversation]:
    return Conversation.objects.filter(state__in=states, young_seen_at__lt=of_database() - since)


def _ids(found: QuerySet[Conversation]) -> list[UUID]:
    return list(found.values_list("id", flat=True)[:_AT_ONCE])


def _suspend(conversation_id: UUID, by: Actor) -> bool:
    moment = of_database()
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        is_gone = one.young_seen_at < moment - SUSPENDED_AFTER
        if one.state not in {ConversationState.OPEN, ConversationState.WAITING} or not is_gone:
            return False
        waited = place is not None and place.waits
        if place is not None and waited and place.is_danger:
            return False
        if place is not None and place.first_held_at is None:
            leave_line(place=place, by=by)
        one.state = ConversationState.SUSPENDED
        one.save(update_fields=("state",))
        write(conversation=one, kind=ChatEventKind.STATE, moment=moment, by=by)
        record(ConversationDropped(subject=one.id, was_waiting=waited), by=by)
    return True


def _step_out(conversation_id: UUID, by: Actor) -> bool:
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        if place is None or not place.waits or place.is_danger:
            return False
        leave_line(place=place, reason=Reason.CLOSED, by=by)
        one.state = ConversationState.SUSPENDED
        one.save(update_fields=("state",))
        write(conversation=one, kind=ChatEventKind.STATE, moment=now(), by=by)
    return True


def _free(conversation_id: UUID, by: Actor) -> bool:
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id, with_seat=True)
        if one.state != ConversationState.SUSPENDED:
            return False
        if place is not None:
            if place.is_danger:
                return False
            waiting.withdraw(item_id=place.id, reason=Reason.LEFT, by=by)
        if one.listener:
            one.listener = ""
            one.save(update_fields=("listener",))
            write(conversation=one, kind=ChatEventKind.LEFT, moment=now(), by=by)
    return True
