"""The place of an item in the line, and the state of the room."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now, of_database
from balise.foundation.finding import find
from balise.helpline.queue import access, ports
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.queries.dangers import (
    Standing as Standing,
    newcomer as newcomer,
    seats_taken,
    standing as standing,
)
from balise.helpline.queue.queries.rows import ItemRow, row_of, rows_of
from balise.helpline.queue.rules import (
    LIVE,
    OPEN,
    VANISHED_AFTER,
    ItemState,
    Risk,
    SeatState,
    Skill,
    WaitKind,
    check_is_yours,
    kinds_for,
    kinds_in_danger,
    worse,
)


@dataclass(frozen=True, slots=True)
class Live:
    """The room now: seats by state, what waits by kind and by risk.

    `longest_wait_s`: of people who are there now, in seconds; what is not live may wait overnight.
    `in_danger`: how many of those who wait are, and nobody has them.
    """

    seats: dict[SeatState, int]
    waiting: dict[WaitKind, int]
    risks: dict[Risk, int]
    held: dict[WaitKind, int]
    longest_wait_s: int
    in_danger: int = 0

    @property
    def seated(self) -> int:
        """Return how many listeners are there, those on a break left out."""
        states = (SeatState.READY, SeatState.BUSY, SeatState.WRAP_UP)
        return sum(self.seats.get(state, 0) for state in states)

    @property
    def waiting_count(self) -> int:
        """Return how many people are there now and wait."""
        return sum(number for kind, number in self.waiting.items() if kind in LIVE)

    @property
    def later_count(self) -> int:
        """Return how many messages, call-backs and removals wait."""
        return sum(number for kind, number in self.waiting.items() if kind not in LIVE)

    @property
    def free_count(self) -> int:
        return self.seats.get(SeatState.READY, 0)

    @property
    def longest_wait_minutes(self) -> int:
        return self.longest_wait_s // 60


@dataclass(frozen=True, slots=True)
class Place:
    """A listener's seat as its page shows it."""

    account: str
    state: SeatState
    skills: frozenset[Skill]
    chat_cap: int
    since_s: int
    items: tuple[UUID, ...]
    on_written_work: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What a console may take beside what it holds; `in_danger`: the kinds, of someone in danger.

    `is_in_danger`: whether one that it holds is in danger, and no end is proposed.
    """

    kinds: frozenset[WaitKind]
    in_danger: frozenset[WaitKind]
    is_in_danger: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Someone of risk A who waits, and whom a console may take at once."""

    id: UUID
    kind: WaitKind
    subject: UUID
    since: datetime


def seated() -> int:
    """Return how many listeners are there, those on a break left out."""
    return seats_taken().exclude(state=SeatState.BREAK).count()


def is_cut(account: str) -> bool:
    """Return whether a listener who is on duty gives no sign: their line was cut, or they left."""
    silent = Seat.objects.filter(account=account, heard_at__lt=of_database() - VANISHED_AFTER)
    return silent.exclude(state=SeatState.AWAY).exists()


def are_there(accounts: Collection[str]) -> set[str]:
    """Return who of some accounts is in their seat, and not on a break."""
    found = seats_taken().exclude(state=SeatState.BREAK).filter(account__in=accounts)
    return set(found.values_list("account", flat=True))


def waiting_items(kind: WaitKind, subjects: Collection[UUID]) -> dict[UUID, UUID]:
    """Return by subject, of those given, the item of each that waits to be taken."""
    found = Item.objects.filter(kind=kind, subject__in=subjects, state=ItemState.WAITING)
    return dict(found.values_list("subject", "id"))


def waiting_subjects(kind: WaitKind) -> list[UUID]:
    """Return those who wait of a kind, the next one first, except those in immediate danger."""
    found = Item.objects.filter(kind=kind, state=ItemState.WAITING)
    found = found.exclude(id__in=dangers.items_on())
    return list(found.order_by("rank", "turn_at", "id").values_list("subject", flat=True))


def waiting_since(kind: WaitKind) -> dict[UUID, datetime]:
    """Return by subject since when each of a kind waits this time."""
    found = Item.objects.filter(kind=kind, state=ItemState.WAITING)
    return dict(found.values_list("subject", "waiting_since"))


def holds_any(account: str) -> bool:
    """Return whether an account holds anything now."""
    return Item.objects.filter(held_by=account, state=ItemState.HELD).exists()


def held_by(account: str, kind: WaitKind) -> dict[UUID, UUID]:
    """Return by subject the items of a kind that an account holds now."""
    found = Item.objects.filter(held_by=account, kind=kind, state=ItemState.HELD)
    return dict(found.values_list("subject", "id"))


def check_holds(subject: UUID, *, by: Actor) -> None:
    """Refuse (NotYours) who does not hold the item of this subject now: what is sealed stays so."""
    held = Item.objects.filter(subject=subject, state=ItemState.HELD)
    holders = set(held.values_list("held_by", flat=True))
    check_is_yours(held_by=by.key if by.key in holders else "", by=by.key or "nobody")


def live() -> Live:
    """Return the state of the room; numbers only, so no ability is asked for."""
    waiting = Item.objects.filter(state=ItemState.WAITING)
    rows = list(waiting.values_list("kind", "risk"))
    there = waiting.filter(kind__in=LIVE).order_by("waiting_since")
    oldest = there.values_list("waiting_since", flat=True).first()
    held = Item.objects.filter(state=ItemState.HELD).values_list("kind", flat=True)
    return Live(
        seats={SeatState(state): n for state, n in _counted(seats_taken(), "state").items()},
        waiting={WaitKind(kind): n for kind, n in Counter(kind for kind, _risk in rows).items()},
        risks={Risk(risk): n for risk, n in Counter(risk for _kind, risk in rows).items()},
        held={WaitKind(kind): n for kind, n in Counter(held).items()},
        longest_wait_s=max(int((now() - oldest).total_seconds()), 0) if oldest else 0,
        in_danger=waiting.filter(id__in=dangers.items_on()).count(),
    )


def seats(*, seen_by: Actor) -> tuple[Place, ...]:
    """Return the seats that are taken, for the wallboard and for a warm transfer."""
    access.require(seen_by, access.READ)
    return tuple(_place(seat) for seat in seats_taken().order_by("account"))


def own_seat(*, seen_by: Actor) -> Place | None:
    """Return one's own console, or None for someone who never went on."""
    access.require(seen_by, access.WORK)
    seat = Seat.objects.filter(account=seen_by.key).first()
    return _place(seat) if seat else None


def room_of(seat: Seat) -> Room:
    """Return what a console may take now; one that wraps up takes only someone in danger."""
    held = Item.objects.filter(held_by=seat.account, state=ItemState.HELD)
    kinds_of = {item_id: WaitKind(kind) for item_id, kind in held.values_list("id", "kind")}
    blocking = dangers.blocking(kinds_of)
    with_them = [(kind, item_id in blocking) for item_id, kind in kinds_of.items()]
    in_danger = kinds_in_danger(with_them, chat_cap=seat.chat_cap)
    is_closed = seat.state == SeatState.WRAP_UP or bool(blocking)
    kinds = kinds_for(list(kinds_of.values()), chat_cap=seat.chat_cap)
    return Room(frozenset() if is_closed else kinds, in_danger, bool(blocking))


def has_room(kind: WaitKind, *, but: str) -> bool:
    """Return whether a console, other than one account's, may take one of this kind now."""
    seats = seats_taken().exclude(state=SeatState.BREAK).exclude(account=but)
    return any(kind in room_of(seat).kinds for seat in seats)


def offer(*, seen_by: Actor) -> Offer | None:
    """Return someone in danger who waits, if one's own console may take them; else None."""
    access.require(seen_by, access.WORK)
    seat = seats_taken().filter(account=seen_by.key).exclude(state=SeatState.BREAK).first()
    in_danger = Item.objects.filter(state=ItemState.WAITING, id__in=dangers.items_on())
    if seat is None or not in_danger.exists():
        return None
    found = in_danger.filter(kind__in=room_of(seat).in_danger).order_by("rank", "turn_at", "id")
    one = found.first()
    return Offer(one.id, WaitKind(one.kind), one.subject, one.waiting_since) if one else None


def taken_since(*, account: str = "") -> list[datetime]:
    """Return since when each seat that is taken is in its state, breaks left out; no name with it.

    Of one account alone where one is given.
    """
    found = seats_taken().exclude(state=SeatState.BREAK)
    if account:
        found = found.filter(account=account)
    return list(found.values_list("since", flat=True))


def item(item_id: UUID, *, seen_by: Actor) -> ItemRow:
    """Return one item: codes and moments. Raises NotHere."""
    access.require(seen_by, access.READ)
    return row_of(find(Item, id=item_id))


def risk_of_item(item_id: UUID) -> tuple[Risk, str]:
    """Return the risk of an item, and where it comes from (RiskFrom, or ""). Raises NotHere."""
    found = find(Item, id=item_id)
    return Risk(found.risk), found.risk_from


def items(item_ids: Collection[UUID]) -> list[ItemRow]:
    """Return these items, the one that was taken first before the others."""
    return _rows(Item.objects.filter(id__in=item_ids).order_by("first_held_at"))


def items_about(subject: UUID) -> list[ItemRow]:
    """Return all items of a subject, over or not, the latest first; none once they are erased."""
    return _rows(Item.objects.filter(subject=subject).order_by("-queued_at"))


def with_someone(*, seen_by: Actor) -> list[ItemRow]:
    """Return what listeners hold now."""
    access.require(seen_by, access.READ)
    return _rows(Item.objects.filter(state=ItemState.HELD))


def in_danger() -> list[ItemRow]:
    """Return the items of all lives in danger, over or not, the longest wait first."""
    return _rows(Item.objects.filter(id__in=dangers.items_on()).order_by("waiting_since"))


def worst_about(subject: UUID, *, since: datetime) -> Risk:
    """Return the highest risk of what a record that began then is about; F if nobody said one.

    What was judged or said by anyone on the way counts, and what words raised and nobody corrected.
    """
    found = Item.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), subject=subject)
    return worse(Risk.F, *(one.worst for one in found))


def open_item(kind: WaitKind, subject: UUID, *, is_waiting: bool = False) -> UUID | None:
    """Return the item of a subject that waits or is held (only one that waits, if so asked)."""
    states = [ItemState.WAITING] if is_waiting else OPEN
    found = Item.objects.filter(kind=kind, subject=subject, state__in=states)
    return found.values_list("id", flat=True).first()


def left_place(kind: WaitKind, subject: UUID) -> tuple[Risk, datetime] | None:
    """Return the risk, and since when in line, of a subject that last left it without a listener.

    None where it never did, or was taken since.
    """
    last = Item.objects.filter(kind=kind, subject=subject).order_by("-ended_at").first()
    if last is None or last.state != ItemState.WITHDRAWN:
        return None
    return Risk(last.risk), last.queued_at


def open_subjects(subjects: Collection[UUID]) -> set[UUID]:
    """Return the subjects, of those given, that wait or are with someone."""
    found = Item.objects.filter(subject__in=subjects, state__in=OPEN)
    return set(found.values_list("subject", flat=True))


def is_over(one: Item | ItemRow) -> bool:
    """Return whether what an item is about has ended: then it no longer waits."""
    port = ports.is_over.get(WaitKind(one.kind))
    return port is not None and port.ask(one.subject)


def comes_first(kind: WaitKind, subject: UUID) -> bool:
    """Return whether someone is in danger who waits, or is with someone."""
    found = Item.objects.filter(kind=kind, subject=subject, id__in=dangers.items_on())
    return found.filter(state__in=OPEN).exists()


def waiting(*, seen_by: Actor, most: int = 100) -> list[ItemRow]:
    """Return what waits, the next one first."""
    access.require(seen_by, access.READ)
    found = Item.objects.filter(state=ItemState.WAITING)
    return _rows(found.order_by("rank", "turn_at", "id")[:most])


def _rows(found: QuerySet[Item]) -> list[ItemRow]:
    return rows_of(found)


def _counted(found: QuerySet[Seat], field: str) -> Counter[str]:
    return Counter(found.values_list(field, flat=True))


def _place(seat: Seat) -> Place:
    held = Item.objects.filter(held_by=seat.account, state=ItemState.HELD)
    return Place(
        account=seat.account,
        state=SeatState(seat.state),
        skills=seat.can,
        chat_cap=seat.chat_cap,
        since_s=max(int((now() - seat.since).total_seconds()), 0),
        items=tuple(held.order_by("first_held_at").values_list("id", flat=True)),
        on_written_work=seat.on_written_work,
    )
