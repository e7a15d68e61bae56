"""One's console and the person one has; the room, for supervisors."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.helpline.console import access
from balise.helpline.console.models import Hand, Switchboard
from balise.helpline.console.queries import dangers
from balise.helpline.console.queries.dangers import Alarm, Held, shown
from balise.helpline.console.queries.late import Late, late
from balise.helpline.console.rules import not_held
from balise.helpline.contacts import access as contacts_access, queries as contacts
from balise.helpline.conversations import queries as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.events import ItemClaimed, ItemReturned
from balise.helpline.queue.queries import Live, Offer, Place
from balise.helpline.queue.rules import LIVE, Reason, SeatState, WaitKind, makes_way
from balise.helpline.staffing.queries import rotas
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.queries import InDanger


@dataclass(frozen=True, slots=True)
class Desk:
    """A listener's seat, whom they have, and how many wait.

    `alarms`: lives in danger of people whom they no longer have, and whose page they still open.
    `offer`: someone in danger whom they may take at once.
    """

    seat: Place | None
    held: tuple[Held, ...]
    live: Live
    alarms: tuple[Alarm, ...] = ()
    offer: Offer | None = None
    # Since when the page of the person offered gives no sign, if it gives none.
    gone_since: datetime | None = None

    @property
    def will_make_way(self) -> bool:
        """Return whether something goes back to its place when they take the person offered."""
        return any(makes_way(one.kind) for one in self.held)

    @property
    def is_seated(self) -> bool:
        return self.seat is not None and self.seat.state is not SeatState.AWAY


@dataclass(frozen=True, slots=True)
class Colleague:
    """A seat that is taken, with a name."""

    place: Place
    name: str
    held: tuple[Held, ...]

    @property
    def minutes(self) -> int:
        return self.place.since_s // 60


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind, and the supervisor who has taken all of it over, if any."""

    kind: WaitKind
    taken_by: str


@dataclass(frozen=True, slots=True)
class Board:
    """The room now."""

    live: Live
    seats: tuple[Colleague, ...]
    waiting: tuple[Held, ...]
    hands: tuple[tuple[Held, str, datetime], ...]
    alarms: tuple[Alarm, ...]
    kinds: tuple[KindRow, ...]
    planned_now: int | None = None
    blocks_to_confirm: int = 0
    late: tuple[Late, ...] = ()
    # The kinds of people who are there now; the others are written, or come later.
    live_kinds: frozenset[WaitKind] = LIVE
    # Whose words tell of danger, and who chose a later time to be called.
    called_later: tuple[InDanger, ...] = ()


def desk(*, seen_by: Actor) -> Desk:
    """Return one's own seat and whom one has."""
    access.require(seen_by, access.WORK)
    seat = queue.own_seat(seen_by=seen_by)
    held = held_now(seat, seen_by=seen_by)
    offer = queue.offer(seen_by=seen_by)
    return Desk(
        seat,
        held,
        queue.live(),
        dangers.own_alarms(seen_by=seen_by),
        offer,
        conversations.away([offer.subject]).get(offer.subject) if offer else None,
    )


def held_now(seat: Place | None, *, seen_by: Actor) -> tuple[Held, ...]:
    """Return whom one has from one's own console, the first taken first."""
    return shown(queue.items(seat.items if seat else ()), seen_by=seen_by)


def held(item_id: UUID, *, seen_by: Actor) -> Held:
    """Return someone whom one has. Refuses (NotHeld) another's; raises NotHere."""
    access.require(seen_by, access.WORK)
    item = queue.item(item_id, seen_by=seen_by)
    if item.held_by != seen_by.key:
        raise not_held(item.held_by, was_cut=_was_cut(item_id, seen_by))
    return shown([item], seen_by=seen_by)[0]


def _was_cut(item_id: UUID, seen_by: Actor) -> bool:
    """Return whether one had an item last, and one's line was cut."""
    found = Entry.objects.filter(subject=item_id, event__in=(ItemClaimed.name, ItemReturned.name))
    last = list(found.order_by("-id")[:2])
    if len(last) < 2 or last[0].event != ItemReturned.name:  # noqa: PLR2004 - taken, and returned
        return False
    return last[0].facts.get("reason") == Reason.VANISHED and last[1].actor_key == seen_by.key


def colleagues(*, seen_by: Actor) -> list[tuple[str, str]]:
    """Return (account, name) of the others who are seated, to pass someone on to."""
    access.require(seen_by, access.WORK)
    keys = [place.account for place in queue.seats(seen_by=seen_by)]
    names = accounts.names_of(set(keys))
    return [(key, names.get(key, "")) for key in keys if key != seen_by.key]


def telephones(*, seen_by: Actor) -> tuple[str, list[tuple[str, str]]]:
    """Return one's own extension ("" for none), and (extension, name) of colleagues on duty."""
    others = colleagues(seen_by=seen_by)
    known = telephony.extensions([seen_by.key, *(key for key, _n in others)], seen_by=seen_by)
    return known.get(seen_by.key, ""), [(known[key], name) for key, name in others if key in known]


def board(*, seen_by: Actor) -> Board:
    """Return the room, for listeners too. No words of anyone."""
    access.require(seen_by, access.WORK)
    places = queue.seats(seen_by=seen_by)
    waiting = shown(queue.waiting(seen_by=seen_by, most=50), seen_by=seen_by)
    with_someone = shown(queue.with_someone(seen_by=seen_by), seen_by=seen_by)
    hands = list(Hand.objects.filter(lowered_at=None).order_by("raised_at"))
    taken = dict(Switchboard.objects.values_list("kind", "account"))
    keys = {place.account for place in places} | {hand.account for hand in hands}
    names = accounts.names_of(keys | set(taken.values()))
    by_id = {one.id: one for one in (*with_someone, *waiting)}
    seats = tuple(
        Colleague(
            place,
            names.get(place.account, ""),
            tuple(one for one in with_someone if one.held_by == place.account),
        )
        for place in places
    )
    return Board(
        live=queue.live(),
        seats=seats,
        waiting=waiting,
        hands=tuple(
            (by_id[hand.item], names.get(hand.account, ""), hand.raised_at)
            for hand in hands
            if hand.item in by_id
        ),
        alarms=dangers.alarms(seen_by=seen_by),
        kinds=tuple(KindRow(kind, names.get(taken.get(kind.value, ""), "")) for kind in WaitKind),
        planned_now=rotas.planned_now(),
        blocks_to_confirm=contacts.blocks_to_confirm(seen_by=seen_by)
        if seen_by.may(contacts_access.CONFIRM_BLOCK)
        else 0,
        late=late(seen_by=seen_by) if seen_by.may(access.SUPERVISE) else (),
        called_later=telephony.later_in_danger(seen_by=seen_by)
        if seen_by.may(access.SUPERVISE)
        else (),
    )
