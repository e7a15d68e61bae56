"""Write what is said: what several people say at the same moment, in one transaction.

Words of danger are looked for before, outside of it. Who says some is written alone: their place in
the line is locked first, as everywhere, and rises with the message or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record_each
from balise.helpline.conversations import bell, queries
from balise.helpline.conversations.actions import presence
from balise.helpline.conversations.actions.writing import side_of
from balise.helpline.conversations.events import MessageSaid
from balise.helpline.conversations.models import SAID, Conversation, Said
from balise.helpline.conversations.rules import (
    ConversationOver,
    Kind,
    Side,
    State,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Kind as Waiting
from balise.helpline.queue.rules import Risk, RiskFrom
from balise.helpline.queue.rules.danger_words import risk_of

_FIELDS = ("conversation", "seq", "kind", "side", "author", "client_id", "at", "code", "sealed")
_LOCKED = ("id", "state", "listener", "last_seq")


class _Refusal(Enum):
    """Why a message is not written; put in words where its sender's language is known."""

    NOT_IN_IT = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class _Brought:
    conversation: UUID
    key: RecordKey
    words: str
    client_id: UUID
    by: Actor


@dataclass(slots=True)
class _Locked:
    """A conversation, locked, while messages are added to it."""

    id: UUID
    state: str
    listener: str
    last_seq: int
    back: Actor | None = None  # whoever spoke after the line had dropped


@dataclass(slots=True)
class _Added:
    """What one transaction adds."""

    moment: datetime
    known: dict[tuple[UUID, UUID], int]
    said: list[tuple[object, ...]] = field(default_factory=list)
    events: list[tuple[MessageSaid, Actor]] = field(default_factory=list)


def put(*, conversation_id: UUID, key: RecordKey, words: str, client_id: UUID, by: Actor) -> int:
    """Write a message in the log and return its place; a known `client_id` writes nothing.

    Words of danger of the young person raise their risk, and never lower it. Refuses
    (`queries.not_in`) a listener who is not in it, and (ConversationOver) one that has ended.
    """
    brought = _Brought(conversation_id, key, words, client_id, by)
    is_young = side_of(by=by) is Side.YOUNG
    risk = risk_of(words, country=settings.COUNTRY) if is_young else Risk.F
    outcome = _put_together(brought) if risk is Risk.F else _put_in_danger(brought, risk)
    if isinstance(outcome, int):
        return outcome
    if outcome is _Refusal.NOT_IN_IT:
        raise queries.not_in(conversation_id, who=by)
    raise ConversationOver(_("This conversation has ended."))


def _put_in_danger(brought: _Brought, risk: Risk) -> int | _Refusal:
    """Write a message whose words tell of a risk, and raise that of who said them, once.

    At risk A, who has stepped out of the line is in it again, as when they say that they are not
    safe.
    """
    with transaction.atomic():
        one, place = Conversation.locked_with_place(brought.conversation)
        is_known = (one.id, brought.client_id) in queries.places_of({(one.id, brought.client_id)})
        outcome = _put_together(brought)
        if is_known or not isinstance(outcome, int):
            return outcome
        # Who comes back with these words is in the line again by now.
        item_id = place.id if place else queue.open_item(Waiting.CHAT, one.id)
        if item_id is None and risk is Risk.A:
            item_id = waiting.enqueue(
                kind=Waiting.CHAT,
                subject=one.id,
                language=one.language,
                returning=True,
                by=brought.by,
            )
        if item_id is not None:
            waiting.raise_risk(item_id=item_id, risk=risk, how=RiskFrom.WORDS, by=brought.by)
    return outcome


def _put_all(brought: Sequence[_Brought]) -> list[int | _Refusal]:
    with transaction.atomic():
        wanted = list({one.conversation for one in brought})
        found = rows.select(Conversation, _LOCKED, among=wanted, lock=True)
        rooms = {row[0]: _Locked(*row) for row in found}
        known = queries.places_of({(one.conversation, one.client_id) for one in brought})
        added = _Added(now(), known)
        outcomes = [_put(one, rooms[one.conversation], added) for one in brought]
        rows.insert(Said, _FIELDS, added.said)
        spoken = {event.subject for event, _by in added.events}
        places = [(rooms[conversation_id].last_seq, conversation_id) for conversation_id in spoken]
        rows.update(Conversation, ("last_seq",), places)
        record_each(added.events)
        for room in rooms.values():
            if room.back is not None:
                presence.resume(one=Conversation.locked(room.id), by=room.back)
        for conversation_id in spoken:
            bell.ring(conversation_id)
            if listener := rooms[conversation_id].listener:
                bell.ring(UUID(listener), note="news")  # on whatever page they are
    return outcomes


_put_together = GroupCommit(_put_all)


def _put(one: _Brought, room: _Locked, added: _Added) -> int | _Refusal:
    side, named = side_of(by=one.by), (one.conversation, one.client_id)
    if side is Side.STAFF and room.listener != one.by.key:
        return _Refusal.NOT_IN_IT
    if named in added.known:
        return added.known[named]
    if room.state == State.ENDED:
        return _Refusal.OVER
    room.last_seq = seq = added.known[named] = room.last_seq + 1
    author = one.by.key if side is Side.STAFF else ""
    sealed = one.key.seal({"text": one.words}, where=f"{SAID}.{seq}", row=room.id)
    what = (room.id, seq, Kind.MESSAGE.value, side.value, author, one.client_id, added.moment)
    added.said.append((*what, "", sealed))
    added.events.append((MessageSaid(subject=room.id, side=side, seq=seq), one.by))
    if side is Side.YOUNG and room.state == State.SUSPENDED:
        room.back = one.by
    return seq
