"""Write what is said: what several people say at the same moment, in one transaction.

Words of danger are looked for before, outside of it. Who says some is written alone: their place in
the line is locked first, as everywhere, and rises with the message or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.actions import presence
from balise.helpline.conversations.actions.writing import Log, side_of
from balise.helpline.conversations.events import MessageSaid
from balise.helpline.conversations.models import SAID, Conversation
from balise.helpline.conversations.queries.lately import lately
from balise.helpline.conversations.rules import ChatEventKind, ConversationOver, Side
from balise.helpline.conversations.rules.saying import (
    OTHER,
    Refusal,
    Room,
    goes_on,
    is_announced,
    place_of,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.danger_words import RAISES, read_talk, risk_of

_SHORT = 80  # characters of a message that may go on from the one before, or answer a question
_LOCKED = ("id", "state", "listener", "last_seq")


@dataclass(frozen=True, slots=True)
class _Brought:
    conversation: UUID
    key: RecordKey
    words: str
    client_id: UUID
    by: Actor

    def seal(self, seq: int) -> bytes:
        return self.key.seal({"text": self.words}, where=f"{SAID}.{seq}", row=self.conversation)


def put(*, conversation_id: UUID, key: RecordKey, words: str, client_id: UUID, by: Actor) -> int:
    """Write a message in the log and return its place; a known `client_id` writes nothing.

    Words of danger of the young person raise their risk, and never lower it. Refuses
    (`queries.not_in`) a listener who is not in it, and (ConversationOver) one that has ended.
    """
    brought = _Brought(conversation_id, key, words, client_id, by)
    is_young = side_of(by=by) is Side.YOUNG
    risk = _told(brought) if is_young else Risk.F
    outcome = _put_together(brought) if risk is Risk.F else _put_in_danger(brought, risk)
    if isinstance(outcome, int):
        return outcome
    if outcome is Refusal.NOT_IN_IT:
        raise queries.not_in(conversation_id, who=by)
    raise ConversationOver(_("This conversation has ended."))


def _told(brought: _Brought) -> Risk:
    """Return the risk that a message tells: alone, or with what was said and asked right before it.

    A child sends “je veux”, then “mourir”; or is asked, and says “oui”. What stood before is read
    from the log, unsealed here, and kept nowhere.
    """
    alone = risk_of(brought.words, country=settings.COUNTRY)
    if alone in RAISES or len(brought.words) > _SHORT:
        return alone
    before, asked = lately(brought.conversation, key=brought.key)
    if not before and not asked:
        return alone
    found = read_talk([*before, brought.words], question=asked, country=settings.COUNTRY)
    return found.level if found else Risk.F


def _put_in_danger(brought: _Brought, risk: Risk) -> int | Refusal:
    """Write a message whose words tell of a risk, and raise that of who said them, once.

    At risk A, who has stepped out of the line is in it again, as when they say that they are not
    safe.
    """
    with transaction.atomic():
        one, place = queries.locked_with_place(brought.conversation)
        is_known = (one.id, brought.client_id) in queries.places_of({(one.id, brought.client_id)})
        outcome = _put_together(brought)
        if is_known or not isinstance(outcome, int):
            return outcome
        # Who comes back with these words is in the line again by now.
        item_id = place.id if place else queue.open_item(WaitKind.CHAT, one.id)
        if item_id is None and risk is Risk.A:
            item_id = waiting.enqueue(
                kind=WaitKind.CHAT,
                subject=one.id,
                language=one.language,
                returning=True,
                by=brought.by,
            )
        if item_id is not None:
            waiting.raise_risk(item_id=item_id, risk=risk, how=RiskFrom.WORDS, by=brought.by)
    return outcome


def _put_all(brought: Sequence[_Brought]) -> list[int | Refusal]:
    with transaction.atomic():
        wanted = list({one.conversation for one in brought})
        found = rows.select(Conversation, _LOCKED, among=wanted, lock=True)
        rooms = {row[0]: Room(*row) for row in found}
        others = {each.conversation for each in brought if _is_other(each, rooms)}
        if others:  # no question where nobody else speaks
            for conversation_id, there in queries.announced(others).items():
                rooms[conversation_id].announced = there
        known = queries.places_of({(one.conversation, one.client_id) for one in brought})
        log = Log(now())
        events: list[tuple[MessageSaid, Actor]] = []
        back: dict[UUID, Actor] = {}  # who spoke after the line had dropped
        outcomes: list[int | Refusal] = []
        for one in brought:
            room, named = rooms[one.conversation], (one.conversation, one.client_id)
            side = side_of(by=one.by)
            place = place_of(room, known.get(named), side=side, account=one.by.key)
            outcomes.append(place)
            if isinstance(place, int) and place > room.last_seq:
                known[named] = place
                code = OTHER if is_announced(room, one.by.key) else ""
                log.add(
                    room,
                    ChatEventKind.MESSAGE,
                    client_id=one.client_id,
                    code=code,
                    seal=one.seal,
                    by=one.by,
                )
                events.append((MessageSaid(subject=room.id, side=side, seq=place), one.by))
                if goes_on(room, side=side):
                    back[room.id] = one.by
        log.write()
        record_each(events)
        for conversation_id, by in back.items():
            presence.resume(one=Conversation.locked(conversation_id), by=by)
        for conversation_id in {event.subject for event, _by in events}:
            if listener := rooms[conversation_id].listener:
                bell.ring(UUID(listener), note="news")  # on whatever page they are
    return outcomes


def _is_other(one: _Brought, rooms: dict[UUID, Room]) -> bool:
    """Return whether a supervisor would say it, not the listener."""
    is_listener = rooms[one.conversation].listener == one.by.key
    return not is_listener and one.by.may(access.READ_ALONG)


_put_together = GroupCommit(_put_all)
