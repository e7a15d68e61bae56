"""How long someone waits: their place, and what the seats can take."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Avg, Exists, F, OuterRef, Q, QuerySet

from balise.foundation.clock import now, of_database
from balise.foundation.finding import find
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import (
    LIVE,
    VANISHED_AFTER,
    Band,
    ItemState,
    Risk,
    SeatState,
    Taking,
    WaitKind,
    band,
    rank,
)

_LATELY = timedelta(hours=2)
_USUAL_HANDLING = timedelta(minutes=35)  # of a day of 150 calls; used until today has shown better


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's state; while it waits, its place (1 is next) and a band.

    `seats` is how many listeners are there while it waits.
    """

    state: ItemState
    position: int
    band: Band
    seats: int = 0
    # Of risk A: nobody comes before them, and no waiting time is shown.
    comes_first: bool = False

    @property
    def ahead(self) -> int:
        return max(self.position - 1, 0)


def standing(item_id: UUID) -> Standing:
    """Return an item's place, for the person who waits. Raises NotHere.

    Those taken first count as before it: for a call or a chat, people who are there too, and risk
    A. Consoles on written work are on, but do not shorten the wait.
    """
    item = find(Item, id=item_id)
    state = ItemState(item.state)
    if state is not ItemState.WAITING:
        return Standing(state, 0, Band.UNDER_5)
    before = Q(rank__lt=item.rank) | Q(rank=item.rank, turn_at__lt=item.turn_at)
    ahead, seats, waits = _behind(before, WaitKind(item.kind))
    return Standing(state, ahead + 1, waits, seats, comes_first=dangers.is_on(item.id))


def newcomer(kind: WaitKind) -> Standing:
    """Return where someone would stand who comes now, of whom nothing is known; four queries."""
    last = rank(Risk.F, kind=kind, returning=False)
    ahead, seats, waits = _behind(Q(rank__lte=last), kind)
    return Standing(ItemState.WAITING, ahead + 1, waits, seats)


def _behind(before: Q, kind: WaitKind) -> tuple[int, int, Band]:
    """Return how many wait before a place, how many listeners are there, and how long it lasts."""
    ahead = Item.objects.filter(before, state=ItemState.WAITING).count()
    seats = _taking()
    return ahead, len(seats), band(ahead, seats=seats, handling=_handling(), kind=kind)


def _taking() -> list[Taking]:
    """Return the seats that are taken, breaks left out, with what they hold; two queries."""
    seats = list(seats_taken().exclude(state=SeatState.BREAK))
    is_blocking = Exists(dangers.on().filter(item=OuterRef("id"), proposed_by=""))
    held: dict[str, list[tuple[WaitKind, bool]]] = {}
    found = Item.objects.filter(
        state=ItemState.HELD, held_by__in=[seat.account for seat in seats]
    ).annotate(is_blocking=is_blocking)
    for account, kind, blocks in found.values_list("held_by", "kind", "is_blocking"):
        held.setdefault(account, []).append((WaitKind(kind), blocks))
    return [
        Taking(
            state=SeatState(seat.state),
            held=tuple(kind for kind, _blocks in held.get(seat.account, ())),
            chat_cap=seat.chat_cap,
            is_blocked=any(blocks for _kind, blocks in held.get(seat.account, ())),
            on_written_work=seat.on_written_work,
        )
        for seat in seats
    ]


def seats_taken() -> QuerySet[Seat]:
    """Return the seats whose page gave a sign lately, breaks too."""
    heard = Seat.objects.filter(heard_at__gte=of_database() - VANISHED_AFTER)
    return heard.exclude(state=SeatState.AWAY)


def _handling() -> timedelta:
    """Return how long a conversation lasted lately, on average."""
    ended = Item.objects.filter(state=ItemState.DONE, kind__in=LIVE, ended_at__gte=now() - _LATELY)
    mean: timedelta | None = ended.aggregate(mean=Avg(F("ended_at") - F("first_held_at")))["mean"]
    return mean or _USUAL_HANDLING
