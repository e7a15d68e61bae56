"""The conversations that go on: in a list, and at the side of a page about another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Min, Q

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey, keys_of_line
from balise.helpline.conversations import access
from balise.helpline.conversations.models import LINE, Conversation, Said
from balise.helpline.conversations.queries import COLUMNS, EventRow, away, read, shown
from balise.helpline.conversations.rules import ChatEventKind, ConversationState, Side
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind

_RECENT = 3


@dataclass(frozen=True, slots=True)
class Going:
    """A conversation that goes on, as a list shows it; `item` while it waits to be taken."""

    id: UUID
    state: ConversationState
    begun_at: datetime
    age_band: str
    is_mine: bool
    item: UUID | None
    gone_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Peek:
    """A conversation that its listener has: the last words, how many are unread, if it `is_over`.

    `since` is when the first unread one was said, or the last one. `recent`: the words of at most
    three unread messages, the latest last.
    """

    conversation: UUID
    nickname: str
    last_seq: int
    words: str
    unread: int
    since: datetime
    recent: tuple[str, ...] = ()
    is_over: bool = False


def going_on(*, seen_by: Actor) -> list[Going]:
    """Return the conversations that wait, and one's own; for a supervisor every one. No words."""
    access.require(seen_by, access.TALK)
    found = Conversation.objects.exclude(state=ConversationState.ENDED)
    if not seen_by.may(access.READ_ALONG):
        found = found.filter(Q(listener=seen_by.key) | Q(state=ConversationState.WAITING))
    shown_ones = list(found.order_by("begun_at")[:100])
    ids = [one.id for one in shown_ones]
    items, gone = queue.waiting_items(WaitKind.CHAT, ids), away(ids)
    return [
        Going(
            one.id,
            ConversationState(one.state),
            one.begun_at,
            one.age_band,
            one.listener == seen_by.key,
            items.get(one.id),
            gone.get(one.id),
        )
        for one in shown_ones
    ]


def peeks(*, of: Collection[UUID], seen_by: Actor) -> list[Peek]:
    """Return which of these conversations are one's own, with the last words: for their listener.

    One that was erased is left out.
    """
    access.require(seen_by, access.TALK)
    mine = Conversation.objects.filter(listener=seen_by.key, id__in=of)
    found = list(mine.order_by("begun_at"))
    ids = [one.id for one in found]
    keys = keys_of_line(LINE, ids)
    told = Said.objects.filter(conversation__in=ids, kind=ChatEventKind.MESSAGE, side=Side.YOUNG)
    news = told.filter(seq__gt=F("conversation__read_seq")).values_list("conversation")
    unread = {each: (many, since) for each, many, since in news.annotate(Count("id"), Min("at"))}
    return [
        _peek(one, keys[one.id], *unread.get(one.id, (0, None))) for one in found if one.id in keys
    ]


def _peek(one: Conversation, key: RecordKey, unread: int, since: datetime | None) -> Peek:
    said = Said.objects.filter(conversation=one, kind=ChatEventKind.MESSAGE, side=Side.YOUNG)
    latest = said.order_by("-seq").values_list(*COLUMNS)[:_RECENT]
    events = [read(EventRow(*each), one.id, key) for each in latest]
    event = events[0] if events else None
    return Peek(
        conversation=one.id,
        nickname=shown(one, key).nickname,
        last_seq=event.seq if event else 0,
        words=event.text if event else "",
        unread=unread,
        since=since or (event.at if event else one.begun_at),
        recent=tuple(each.text for each in reversed(events) if each.seq > one.read_seq),
        is_over=one.state == ConversationState.ENDED,
    )
