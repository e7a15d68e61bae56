"""Whose turn it is at a console: the order in which it takes people, and who would be next."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localtime

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.queue import access
from balise.helpline.queue.events import ItemWithdrawn
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.queries import Room, dangers, is_over, room_of
from balise.helpline.queue.queries.rows import ItemRow, row_of
from balise.helpline.queue.rules import (
    ANYONE_FOR,
    LIVE,
    PREFERRED_FOR,
    ItemState,
    Reason,
    Risk,
    SeatState,
    Skill,
    WaitKind,
)
from balise.helpline.queue.rules.today import Served, served
from balise.helpline.queue.rules.turns import HeldUp, Turn, Why, held_up, reasons


@dataclass(frozen=True, slots=True)
class Next:
    """Who would be next for a console, and why; with nobody, why nobody comes, if it is known."""

    item: ItemRow | None
    reasons: tuple[Why, ...] = ()
    held_up: HeldUp | None = None


@dataclass(frozen=True, slots=True)
class InLine:
    """How many wait of a kind, and since when the first of them."""

    kind: WaitKind
    number: int
    since: datetime


def turns(
    seat: Seat, room: Room, kinds: frozenset[WaitKind], moment: datetime
) -> Iterator[QuerySet[Item]]:
    """Yield the items that may be taken from this console, the next one first.

    `kinds` are those that one may choose from. On written work the first turn leaves out people who
    are there and not in danger.
    """
    in_danger = Q(id__in=dangers.items_on())
    long_enough = Q(waiting_since__lte=moment - PREFERRED_FOR) | Q(risk__in=ANYONE_FOR)
    found = Item.objects.filter(
        Q(skill__in=("", *seat.can)) | long_enough,
        Q(preferred__in=("", seat.account)) | long_enough,
        state=ItemState.WAITING,
    )
    if room.kinds != frozenset(WaitKind) or not kinds.issuperset(WaitKind):
        found = found.filter(
            Q(kind__in=room.kinds & kinds)
            | Q(kind__in=room.kinds, risk__in=ANYONE_FOR)
            | Q(in_danger, kind__in=room.in_danger)
        )
    found = found.order_by("rank", "turn_at", "id")
    if seat.on_written_work:
        yield found.filter(~Q(kind__in=LIVE) | in_danger)
    yield found


def next_up(*, kinds: Collection[WaitKind] = tuple(WaitKind), seen_by: Actor) -> Next:
    """Return whom one's own console would take now, as `claim_next` does; it takes nobody."""
    access.require(seen_by, access.WORK)
    seat = Seat.objects.filter(account=seen_by.key).first()
    if seat is None or seat.state == SeatState.AWAY:
        return Next(None, held_up=HeldUp.AWAY)
    room = room_of(seat)
    if seat.state != SeatState.BREAK:
        for turn in turns(seat, room, frozenset(kinds), now()):
            item = next((one for one in turn[:20] if not is_over(one)), None)
            if item is not None:
                return Next(row_of(item), reasons(_turn(item, seat)))
    why = held_up(SeatState(seat.state), is_in_danger=room.is_in_danger, takes_any=bool(room.kinds))
    return Next(None, held_up=why)


def in_line(*, seen_by: Actor) -> tuple[InLine, ...]:
    """Return how many wait of each kind, people who are there first."""
    access.require(seen_by, access.WORK)
    waiting = Item.objects.filter(state=ItemState.WAITING).values("kind")
    counted = waiting.annotate(number=Count("id"), since=Min("waiting_since"))
    found = {WaitKind(one["kind"]): one for one in counted}
    return tuple(
        InLine(kind, found[kind]["number"], found[kind]["since"])
        for kind in WaitKind
        if kind in found
    )


def _turn(item: Item, seat: Seat) -> Turn:
    return Turn(
        kind=WaitKind(item.kind),
        risk=Risk(item.risk),
        is_danger=dangers.is_on(item.id),
        is_returning=item.returning,
        is_for_me=item.preferred == seat.account,
        is_my_skill=bool(item.skill) and Skill(item.skill) in seat.can,
        on_written_work=seat.on_written_work,
    )


# The day so far, from what happened: calls and chats that were answered, and that left first.


def today(*, within: timedelta, seen_by: Actor) -> Served:
    """Return how those who came since midnight, in the centre's zone, were served so far.

    Who still waits is in neither number. Who was blocked, or went on through another channel, has
    not left.
    """
    access.require(seen_by, access.READ)
    midnight = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    came = Item.objects.filter(kind__in=LIVE, queued_at__gte=midnight)
    answered = came.exclude(first_held_at=None).values_list("queued_at", "first_held_at")
    gone = came.filter(state=ItemState.WITHDRAWN, first_held_at=None).values_list("id", flat=True)
    told = Entry.objects.filter(event=ItemWithdrawn.name, subject__in=list(gone))
    left = sum(one.facts["reason"] == Reason.LEFT for one in told)
    waits = [held - queued for queued, held in answered if held]
    return served(waits, left=left, within=within)
