"""The rail of the workspace: whom one has, who would be next and why, and how many wait."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from uuid import UUID, uuid4

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.console import queries
from balise.helpline.console.models import Switchboard
from balise.helpline.console.queries import Desk, peeks
from balise.helpline.console.queries.rows import Held
from balise.helpline.console.queries.unfinished import unfinished
from balise.helpline.conversations.queries.going import Peek
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import Place
from balise.helpline.queue.queries.turns import Next, in_line, next_up
from balise.helpline.queue.rules import SeatState, WaitKind
from balise.helpline.queue.rules.turns import HeldUp


@dataclass(frozen=True, slots=True)
class Card:
    """Someone whom one has. `peek`: the words and the unread of a chat; `minutes` with me."""

    item: Held
    peek: Peek | None
    is_current: bool
    minutes: int
    # Of a chat with unread words: for how many minutes it waits for an answer.
    unread_minutes: int = 0

    @property
    def unread(self) -> int:
        return self.peek.unread if self.peek else 0

    @property
    def client_id(self) -> UUID:
        """Return a new name for an answer: the same one sent twice is one message."""
        return uuid4()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait of a kind, and the longest wait in minutes."""

    kind: WaitKind
    number: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Rail:
    """What the rail shows. `other`: the chat not on the screen that waits longest unread."""

    seat: Place | None
    cards: tuple[Card, ...]
    next: Next
    next_minutes: int
    waiting: tuple[Waiting, ...]
    seated: int
    to_finish: int
    other: Card | None

    @property
    def mark(self) -> str:
        """Return what changes with anything that is shown."""
        shown = repr((self.seat and self.seat.state, self.cards, self.next, self.next_minutes))
        more = repr((self.waiting, self.seated, self.to_finish))
        return blake2b(f"{shown}{more}".encode(), digest_size=16).hexdigest()

    @property
    def unread(self) -> int:
        return sum(card.unread for card in self.cards)

    @property
    def is_seated(self) -> bool:
        return self.seat is not None and self.seat.state is not SeatState.AWAY

    @property
    def may_take_next(self) -> bool:
        """Return whether the next person is offered: not with as many as one can take."""
        return self.is_seated and self.next.held_up not in {HeldUp.DANGER, HeldUp.FULL}


def rail(
    *,
    seen_by: Actor,
    on_screen: UUID | None = None,
    reading: UUID | None = None,
    desk: Desk | None = None,
) -> Rail:
    """Return one's rail. `on_screen` is the item of the page; `reading` the conversation read.

    `desk` is one's own, where the page has asked for it already.
    """
    moment = now()
    seat = desk.seat if desk else queue.own_seat(seen_by=seen_by)
    held = desk.held if desk else queries.held_now(seat, seen_by=seen_by)
    by_item = {one.item: one.peek for one in peeks.others(seen_by=seen_by)} if held else {}
    cards = tuple(
        _card(one, by_item.get(one.id), on_screen=on_screen, reading=reading, moment=moment)
        for one in held
    )
    coming = next_up(kinds=open_kinds(seen_by=seen_by), seen_by=seen_by)
    return Rail(
        seat=seat,
        cards=cards,
        next=coming,
        next_minutes=_minutes(coming.item.waiting_since, moment) if coming.item else 0,
        waiting=tuple(
            Waiting(one.kind, one.number, _minutes(one.since, moment))
            for one in in_line(seen_by=seen_by)
        ),
        seated=queue.seated(),
        to_finish=len(unfinished(seen_by=seen_by)),
        other=_other(cards),
    )


def open_kinds(*, seen_by: Actor) -> frozenset[WaitKind]:
    """Return the kinds that no other supervisor at their console has taken over now."""
    taken = dict(Switchboard.objects.exclude(account=seen_by.key).values_list("kind", "account"))
    there = queue.are_there(set(taken.values())) if taken else set()
    return frozenset(WaitKind) - {
        WaitKind(kind) for kind, account in taken.items() if account in there
    }


def _card(
    one: Held, peek: Peek | None, *, on_screen: UUID | None, reading: UUID | None, moment: datetime
) -> Card:
    if peek is not None and peek.conversation == reading:
        peek = replace(peek, unread=0)  # its stream may be behind this answer
    return Card(
        item=one,
        peek=peek,
        is_current=one.id == on_screen,
        minutes=_minutes(one.first_held_at or one.waiting_since, moment),
        unread_minutes=_minutes(peek.since, moment) if peek and peek.unread else 0,
    )


def _other(cards: tuple[Card, ...]) -> Card | None:
    """Return the chat to answer: the one that waits longest unread, or else the first other one."""
    others = [card for card in cards if card.peek and not (card.is_current or card.peek.is_over)]
    waiting = [card for card in others if card.unread]
    if waiting:
        return min(waiting, key=lambda card: card.peek.since if card.peek else now())
    return others[0] if others else None


def _minutes(since: datetime, moment: datetime) -> int:
    return max(int((moment - since).total_seconds()), 0) // 60
