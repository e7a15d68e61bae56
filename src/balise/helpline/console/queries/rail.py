"""The rail of the workspace: whom one has, who would be next and why, and how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from uuid import UUID, uuid4

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.console import access, queries
from balise.helpline.console.models import Switchboard
from balise.helpline.console.queries import Desk, peeks
from balise.helpline.console.queries.dangers import Held
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import OpenRecord
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.queries.going import Peek
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import Place, dangers
from balise.helpline.queue.queries.turns import Next, in_line, next_up
from balise.helpline.queue.rules import NotYours, SeatState, WaitKind
from balise.helpline.queue.rules.turns import HeldUp

# Records whose person is gone before they were wrapped up, so that figures count them.


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A record to finish; `listener` is a name."""

    id: UUID
    channel: Channel
    begun_at: datetime
    listener: str
    is_mine: bool


def unfinished(*, seen_by: Actor) -> tuple[Unfinished, ...]:
    """Return one's own records to finish, the oldest first; supervisors see everyone's."""
    access.require(seen_by, access.WORK)
    found = contacts.open_records(seen_by=seen_by, of_all=seen_by.may(access.SUPERVISE))
    gone = _gone(found)
    names = accounts.names_of({one.listener for one in gone})
    return tuple(
        Unfinished(
            one.id,
            one.channel,
            one.begun_at,
            names.get(one.listener, ""),
            one.listener == seen_by.key,
        )
        for one in gone
    )


def to_finish(subject: UUID, *, seen_by: Actor) -> UUID | None:
    """Return one's own record to finish about a conversation, a call or a message."""
    access.require(seen_by, access.WORK)
    own = [one for one in contacts.open_records(seen_by=seen_by) if one.subject == subject]
    return next((one.id for one in _gone(own)), None)


def is_lost(item_id: UUID | None, *, seen_by: Actor) -> bool:
    """Return whether a page shows someone whom its reader has no more: another has them, or waits.

    Who reads a danger that is on goes on; who is gone leaves their record.
    """
    access.require(seen_by, access.WORK)
    one = next(iter(queue.items([item_id] if item_id else [])), None)
    if one is None or one.is_gone or one.held_by == seen_by.key:
        return False
    danger = dangers.of_item(one.id)
    if danger is None:
        return True
    try:
        dangers.check_may_read(danger, one.held_by, seen_by=seen_by)
    except NotYours:
        return True
    return False


def taken_over_by(contact_id: UUID, *, seen_by: Actor) -> str | None:
    """Return the name of who has a record now that the reader had; None for any other record."""
    access.require(seen_by, access.WORK)
    account = contacts.lost_to(contact_id, seen_by=seen_by)
    return None if account is None else accounts.names_of({account}).get(account, "")


def held_item(subject: UUID, *, seen_by: Actor) -> UUID | None:
    """Return the item by which one still has the person that a record is about; else None."""
    access.require(seen_by, access.WORK)
    found = queue.items_about(subject)
    return next((one.id for one in found if one.held_by == seen_by.key), None)


def _gone(found: Sequence[OpenRecord]) -> list[OpenRecord]:
    here = queue.open_subjects([one.subject for one in found])
    return [one for one in found if one.subject not in here]


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
