"""One's seat and whom one has; the room, for who looks after it; a life in danger."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.models import Entry
from balise.helpline.console import access
from balise.helpline.console.models import ANSWERED, LINE, Brief, Danger, Hand, Switchboard
from balise.helpline.console.rules import NotHeld, Question
from balise.helpline.contacts import access as contacts_access
from balise.helpline.contacts import queries as contacts
from balise.helpline.queue import queries as queue
from balise.helpline.queue.models import Item
from balise.helpline.queue.queries import Live, Place
from balise.helpline.queue.rules import ItemState, Kind, Risk, SeatState, Skill
from balise.helpline.staffing.queries import rotas
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.queries import Asking, CallNumber


@dataclass(frozen=True, slots=True)
class Held:
    """Someone whom a listener has, or who waits: codes and moments, no word of theirs."""

    id: UUID
    kind: Kind
    subject: UUID
    risk: Risk
    skill: Skill | None
    is_returning: bool
    waiting_since: datetime
    held_by: str
    hand: bool = False
    danger: bool = False
    briefs: int = 0
    contact: UUID | None = None

    @property
    def is_danger(self) -> bool:
        return self.risk is Risk.A


@dataclass(frozen=True, slots=True)
class Desk:
    """A listener's seat, whom they have, and how many wait."""

    seat: Place | None
    held: tuple[Held, ...]
    live: Live

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
class Alarm:
    """A life in danger that is not over: an item of risk A, and who is with it.

    `askings` wait for a second person to agree that the number of a call is read.
    """

    item: Held
    listener: str
    since: datetime
    joined_by: str
    is_declared: bool
    askings: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ToJoin:
    """Someone in danger whom no supervisor has joined."""

    id: UUID
    kind: Kind
    since: datetime


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind, and the supervisor who has taken all of it over, if any."""

    kind: Kind
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


@dataclass(frozen=True, slots=True)
class Checklist:
    """A life in danger, opened: what was answered, and what happened so far.

    `number` is of a call; None for anyone else.
    """

    item: Held
    declared_at: datetime
    joined_by: str
    ended_at: datetime | None
    version: int
    answers: Mapping[str, str]
    number: CallNumber | None
    timeline: tuple[tuple[datetime, str, str], ...]


def desk(*, seen_by: Actor) -> Desk:
    """Return one's own seat and whom one has."""
    access.require(seen_by, access.WORK)
    seat = queue.own_seat(seen_by=seen_by)
    items = Item.objects.filter(id__in=seat.items if seat else ()).order_by("first_held_at")
    return Desk(seat, _held(items, seen_by=seen_by), queue.live())


def held(item_id: UUID, *, seen_by: Actor) -> Held:
    """Return someone whom one has. Refuses (NotHeld) another's; raises Item.DoesNotExist."""
    access.require(seen_by, access.WORK)
    item = queue.item(item_id, seen_by=seen_by)
    if item.held_by != seen_by.key:
        raise NotHeld(_("Another listener has it."))
    return _held([item], seen_by=seen_by)[0]


def colleagues(*, seen_by: Actor) -> list[tuple[str, str]]:
    """Return (account, name) of the others who are seated, to pass someone on to."""
    access.require(seen_by, access.WORK)
    keys = [place.account for place in queue.seats(seen_by=seen_by)]
    names = accounts.names_of(set(keys))
    return [(key, names.get(key, "")) for key in keys if key != seen_by.key]


def board(*, seen_by: Actor) -> Board:
    """Return the room: for listeners too, who see that they are not alone. No words of anyone."""
    access.require(seen_by, access.WORK)
    places = queue.seats(seen_by=seen_by)
    waiting = _held(queue.waiting(seen_by=seen_by, most=50), seen_by=seen_by)
    with_someone = _held(Item.objects.filter(state=ItemState.HELD), seen_by=seen_by)
    hands = list(Hand.objects.filter(lowered_at=None).order_by("raised_at"))
    taken = dict(Switchboard.objects.values_list("kind", "account"))
    dangers = {one.item: one for one in Danger.objects.filter(ended_at=None)}
    keys = {place.account for place in places} | {hand.account for hand in hands}
    keys |= {one.joined_by for one in dangers.values()} | set(taken.values())
    names = accounts.names_of({key for key in keys | {one.held_by for one in with_someone} if key})
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
        alarms=_alarms(by_id.values(), dangers, names, seen_by),
        kinds=tuple(KindRow(kind, names.get(taken.get(kind.value, ""), "")) for kind in Kind),
        planned_now=rotas.planned_now(),
        blocks_to_confirm=contacts.blocks_to_confirm(seen_by=seen_by)
        if seen_by.may(contacts_access.CONFIRM_BLOCK)
        else 0,
    )


def alarms_to_join(*, seen_by: Actor) -> tuple[ToJoin, ...]:
    """Return the lives in danger that no supervisor has joined yet, for supervisors; else none."""
    if not seen_by.may(access.SUPERVISE):
        return ()
    joined = Danger.objects.exclude(joined_by="").values("item")
    states = (ItemState.WAITING, ItemState.HELD)
    found = Item.objects.filter(risk=Risk.A, state__in=states).exclude(id__in=joined)
    rows = found.order_by("waiting_since").values_list("id", "kind", "waiting_since")
    return tuple(ToJoin(item_id, Kind(kind), since) for item_id, kind, since in rows)


def checklist(item_id: UUID, *, seen_by: Actor) -> Checklist | None:
    """Return a life in danger for whoever has them, or a supervisor; None if nobody said so."""
    access.require(seen_by, access.WORK)
    item = _item_in_danger(item_id, seen_by)
    one = Danger.objects.filter(item=item_id).first()
    if one is None:
        return None
    answers: dict[str, str] = dict.fromkeys(Question.values, "")
    if one.sealed:
        opened = key_of_line(LINE, one.id).open(bytes(one.sealed), where=ANSWERED, row=one.id)
        answers |= {code: str(text) for code, text in opened.items()}
    number = _number(item, seen_by)
    return Checklist(
        item=_held([item], seen_by=seen_by)[0],
        declared_at=one.declared_at,
        joined_by=accounts.names_of({one.joined_by}).get(one.joined_by, "")
        if one.joined_by
        else "",
        ended_at=one.ended_at,
        version=one.version,
        answers=answers,
        number=number,
        timeline=_timeline(item, number),
    )


def number_of(item_id: UUID, *, seen_by: Actor) -> CallNumber | None:
    """Return who asked for the number of a call, to whom `checklist` opens; None for no call."""
    access.require(seen_by, access.WORK)
    return _number(_item_in_danger(item_id, seen_by), seen_by)


def is_in_danger(item_id: UUID) -> bool:
    """Return whether an item is of risk A and not over: whom the mail is about."""
    states = (ItemState.WAITING, ItemState.HELD)
    return Item.objects.filter(id=item_id, risk=Risk.A, state__in=states).exists()


def is_declared(item_id: UUID) -> bool:
    """Return whether someone said that a life is in danger, and nobody yet that it is over."""
    return Danger.objects.filter(item=item_id, ended_at=None).exists()


def _item_in_danger(item_id: UUID, seen_by: Actor) -> Item:
    item = queue.item(item_id, seen_by=seen_by)
    if item.held_by != seen_by.key and not seen_by.may(access.SUPERVISE):
        raise NotHeld(_("Another listener has it."))
    return item


def _number(item: Item, seen_by: Actor) -> CallNumber | None:
    if item.kind != Kind.CALL:
        return None
    return telephony.numbers([item.subject], seen_by=seen_by)[item.subject]


def _timeline(item: Item, number: CallNumber | None) -> tuple[tuple[datetime, str, str], ...]:
    """Return (moment, event, who) from the journal, in order."""
    subjects = [item.id, item.subject, *(one.id for one in (number.askings if number else ()))]
    rows = list(
        Entry.objects.filter(subject__in=subjects)
        .exclude(event__in=("helpline.conversation.said", "helpline.conversation.read"))
        .order_by("id")
        .values_list("at", "event", "actor_key")[:200]
    )
    names = accounts.names_of({key for _at, _event, key in rows if key})
    return tuple((at, event, names.get(key, "")) for at, event, key in rows)


def _alarms(
    items: Collection[Held],
    dangers: Mapping[UUID, Danger],
    names: Mapping[str, str],
    seen_by: Actor,
) -> tuple[Alarm, ...]:
    calls = {one.subject for one in items if one.kind is Kind.CALL and one.id in dangers}
    numbers = telephony.numbers(calls, seen_by=seen_by) if calls else {}
    found = []
    for one in items:
        danger = dangers.get(one.id)
        if one.risk is not Risk.A and danger is None:
            continue
        found.append(
            Alarm(
                item=one,
                listener=names.get(one.held_by, ""),
                since=danger.declared_at if danger else one.waiting_since,
                joined_by=names.get(danger.joined_by, "") if danger else "",
                is_declared=danger is not None,
                askings=numbers[one.subject].waiting if one.subject in numbers else (),
            )
        )
    return tuple(sorted(found, key=lambda alarm: alarm.since))


def _held(items: Iterable[Item], *, seen_by: Actor) -> tuple[Held, ...]:
    rows = list(items)
    ids = [one.id for one in rows]
    hands = set(Hand.objects.filter(item__in=ids, lowered_at=None).values_list("item", flat=True))
    dangers = set(Danger.objects.filter(item__in=ids).values_list("item", flat=True))
    briefs = list(Brief.objects.filter(item__in=ids).values_list("item", flat=True))
    return tuple(
        Held(
            id=one.id,
            kind=Kind(one.kind),
            subject=one.subject,
            risk=Risk(one.risk),
            skill=Skill(one.skill) if one.skill else None,
            is_returning=one.returning,
            waiting_since=one.waiting_since,
            held_by=one.held_by,
            hand=one.id in hands,
            danger=one.id in dangers,
            briefs=briefs.count(one.id),
            contact=_contact(one, seen_by) if one.held_by == seen_by.key else None,
        )
        for one in rows
    )


def _contact(item: Item, seen_by: Actor) -> UUID | None:
    row = contacts.contact_of(item.subject, seen_by=seen_by)
    return row.id if row is not None else None
