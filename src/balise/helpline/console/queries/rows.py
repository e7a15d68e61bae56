"""Someone whom a listener has, who waits, or who has gone: codes and moments, no word of theirs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.console.models import Brief, Hand
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import queries as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import LIVE, VOICE, ItemState, WaitKind
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.queries import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(ItemRow):
    """Someone whom a listener has, who waits, or who has gone."""

    hand: bool = False
    briefs: int = 0
    contact: UUID | None = None
    # Of a call: whether it has ended.
    is_over: bool = False
    # Of one's own call, where the exchange takes commands: what it does with it.
    line: Line | None = None
    # Of a chat: since when the young person's page gives no sign, if it gives none.
    gone_since: datetime | None = None

    @property
    def can_wait(self) -> bool:
        """Return whether it can go back in line: nobody is there."""
        return self.kind not in LIVE


def shown(rows: Sequence[ItemRow], *, seen_by: Actor) -> tuple[Held, ...]:
    """Return items as their pages show them, in the same order."""
    ids = [one.id for one in rows]
    hands = set(Hand.objects.filter(item__in=ids, lowered_at=None).values_list("item", flat=True))
    briefs = list(Brief.objects.filter(item__in=ids).values_list("item", flat=True))
    chats = [one.subject for one in rows if one.kind is WaitKind.CHAT and not one.is_gone]
    away = conversations.away(chats) if chats else {}
    own = [one.subject for one in rows if one.held_by == seen_by.key]
    calls = [
        one.subject for one in rows if one.kind is WaitKind.CALL and one.held_by == seen_by.key
    ]
    lines = telephony.lines(calls, seen_by=seen_by)
    latest = contacts.latest_of(own, seen_by=seen_by) if own else {}
    return tuple(
        Held(
            **asdict(one),
            hand=one.id in hands,
            briefs=briefs.count(one.id),
            contact=latest.get(one.subject),
            is_over=one.kind in VOICE and one.state is ItemState.HELD and queue.is_over(one),
            line=lines.get(one.subject),
            gone_since=away.get(one.subject),
        )
        for one in rows
    )
