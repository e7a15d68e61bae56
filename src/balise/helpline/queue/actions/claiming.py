"""A listener takes the next person, and ends, releases or transfers.

Two listeners never take the same person: an item is locked before it is looked at, and one that
another locks at this moment is passed over (`SKIP LOCKED`; SQLite lets one write at a time).

What is over meanwhile does not wait again: instead of waiting again it leaves the queue, and its
record waits to be finished.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, of_database
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import access, ports
from balise.helpline.queue.actions.waiting import change, leave, let_go, own_seat
from balise.helpline.queue.events import (
    ItemClaimed,
    ItemFinished,
    ItemHandedOver,
    ItemPutBack,
    ItemReturned,
)
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.queries import Room, dangers, has_room, is_over, room_of
from balise.helpline.queue.queries.turns import turns
from balise.helpline.queue.rules import (
    LOOKS_EVERY,
    STAYS_FOR,
    VANISHED_AFTER,
    ItemOver,
    ItemState,
    NotWaiting,
    PutBack,
    Reason,
    Risk,
    SeatFull,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
    check_can_wait,
    check_is,
    check_is_yours,
    makes_way,
)

# Put what is not live back in its place: same moment, same profession or listener.


def put_back(*, item_id: UUID, by: Actor) -> None:
    """Put what one holds back in line, in the place that it had; the console is ready again.

    Refuses (SomeoneIsThere) a call or a chat. What is over leaves the queue instead.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        item = Item.locked(item_id)
        check_is(item.state, ItemState.HELD)
        check_is_yours(held_by=item.held_by, by=by.key)
        check_can_wait(WaitKind(item.kind))
        go_back(item=item, why=PutBack.BY_HAND, moment=moment, by=by)
        let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def go_back(*, item: Item, why: PutBack, moment: datetime, by: Actor) -> None:
    """Put a locked, held item back in the place that it had, in the open transaction."""
    if is_over(item):
        leave(item=item, reason=Reason.LEFT, moment=moment, by=by)
        return
    item.state, item.held_by = ItemState.WAITING, ""
    item.save(update_fields=("state", "held_by"))
    record(item.fact(ItemPutBack, why=why), by=by)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item that a listener now holds; `waited_s` is how long it waited in all, in seconds.

    `made_way`: how many that they held went back to their place for it.
    """

    id: UUID
    kind: WaitKind
    subject: UUID
    risk: Risk
    skill: Skill | None
    language: str
    is_returning: bool
    waited_s: int
    made_way: int = 0


def claim_next(*, kinds: Collection[WaitKind] = tuple(WaitKind), by: Actor) -> Claimed | None:
    """Take the next item for this listener, or return None when there is none.

    Only of `kinds`, except risk A or B, which is taken of any kind. Risk A comes first, then people
    who are there, then what is not live; a console on written work takes what is not live before
    people who are there. Within each, the highest risk comes first, then those who were dropped,
    then the longest wait. A profession or a listener that was asked for goes first for a while;
    then, and for risk A and B at once, anyone may. For risk A, what the console holds and is not
    live makes way, and a wrap-up is interrupted. Refuses a console that is away or on a break, and
    one that wraps up where nobody is of risk A.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        room = _room(seat)
        for turn in turns(seat, room, frozenset(kinds), moment):
            locked = turn.select_for_update(skip_locked=True)
            while (item := locked.first()) is not None:
                if not is_over(item):
                    return _take(item, seat, moment, by=by)
                leave(item=item, reason=Reason.LEFT, moment=moment, by=by)
        _check_ready(seat)
    return None


def claim(*, item_id: UUID, by: Actor) -> Claimed | None:
    """Take a given item: as the listener who was asked to, or a supervisor.

    What one holds stays one's own. For risk A, what the console holds and is not live makes way.
    Returns None, and removes it from the queue, if it is over meanwhile.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        item = Item.locked(item_id)
        if item.state == ItemState.HELD and item.held_by == seat.account:
            return _claimed(item)
        if item.state == ItemState.HELD:
            raise NotWaiting(_("A colleague has already taken this contact."))
        check_is(item.state, ItemState.WAITING)
        room = _room(seat)
        if item.kind not in room.in_danger or not dangers.is_on(item.id):
            _check_ready(seat)
            if item.kind not in room.kinds:
                raise SeatFull(_("Wrap up your current contact first, or pass it on."))
        if is_over(item):
            leave(item=item, reason=Reason.LEFT, moment=moment, by=by)
            return None
        return _take(item, seat, moment, by=by)


def finish(*, item_id: UUID, by: Actor) -> None:
    """End what one holds; after someone who was there, the console wraps up before the next."""
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        item = _own_item(item_id, by)
        item.state, item.held_by, item.ended_at = ItemState.DONE, "", moment
        item.save(update_fields=("state", "held_by", "ended_at"))
        began = item.first_held_at or moment
        record(item.fact(ItemFinished, seconds=int((moment - began).total_seconds())), by=by)
        let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def give_back(*, item_id: UUID, reason: Reason = Reason.GIVEN_BACK, by: Actor) -> None:
    """Release what one holds: it waits again, in front, unless it is over.

    A supervisor may do it for another's.
    """
    moment = now()
    with transaction.atomic():
        item, seat = Item.locked_with_seat(item_id)
        is_own = item.held_by == by.key
        access.require(by, access.WORK if is_own else access.SUPERVISE)
        check_is(item.state, ItemState.HELD)
        _return(item, reason, moment, by=by)
        if seat is not None:
            let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def hand_over(*, item_id: UUID, to: str = "", skill: Skill | None = None, by: Actor) -> None:
    """Pass what one holds to a listener (an account) or to a profession: it waits in front.

    Refuses (ItemOver) what is over: the listener who was there writes the record.
    """
    access.require(by, access.WORK)
    if not to and skill is None:
        raise NotWaiting(_("Choose who: a listener, or a profession."))
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        item = _own_item(item_id, by)
        if is_over(item):
            raise ItemOver(_("The person has left. You cannot pass them on: wrap up the record."))
        item.preferred, item.skill = to, skill or ""
        record(item.fact(ItemHandedOver, skill=skill or Code("")), by=by)
        _wait_in_front(item, moment, by=by)
        let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def return_vanished(*, hears_since: datetime | None = None, by: Actor = SYSTEM) -> int:
    """Put those in front whose listener gave no sign of life; return how many were held.

    Silence counts from `hears_since`, when the server could receive signs. A caller whose line is
    up stays with their listener, and so does the console. A chat without danger stays for a minute,
    unless the young person wants someone else: the line may only have been cut.
    """
    started = of_database()
    limit = started - VANISHED_AFTER
    if hears_since is not None and hears_since > limit:
        return 0
    gone = Seat.objects.exclude(state=SeatState.AWAY).filter(heard_at__lt=limit)
    with transaction.atomic():  # with SQLite it waits for the writer, as every beat does
        accounts = list(gone.values_list("account", flat=True))
    returned = 0
    for account in accounts:
        if of_database() - started > LOOKS_EVERY:
            break  # this waited for the database; so did the beats
        returned += _return_of(account, limit, by)
    return returned


def free_for_danger(*, by: Actor = SYSTEM) -> int:
    """Hand over the other chats of listeners who have someone in danger; return how many.

    Only where a colleague can take a chat now, and not for a guess of words: a child is left to
    nobody for nothing. Each waits in front, and its page says why.
    """
    grave = dangers.on().exclude(listener="").exclude(dangers.GUESS).filter(proposed_by="")
    returned = 0
    for account in set(grave.values_list("listener", flat=True)):
        moment = now()
        with transaction.atomic():
            seat = Seat.objects.select_for_update().filter(account=account).first()
            held = Item.objects.select_for_update().filter(
                held_by=account, state=ItemState.HELD, kind=WaitKind.CHAT
            )
            blocking = dangers.blocking([one.id for one in held])
            calm = [one for one in held if one.id not in blocking]
            if seat is None or not blocking or not calm or not has_room(WaitKind.CHAT, but=account):
                continue
            for one in calm:
                _return(one, Reason.FOR_DANGER, moment, by=by)
            returned += len(calm)
    return returned


def _return_of(account: str, limit: datetime, by: Actor) -> int:
    with transaction.atomic():
        seat = Seat.objects.select_for_update().get(account=account)
        if seat.state == SeatState.AWAY or seat.heard_at >= limit:
            return 0  # has given a sign since
        held = list(Item.objects.select_for_update().filter(held_by=account, state=ItemState.HELD))
        moment = now()
        is_short = seat.heard_at >= limit + VANISHED_AFTER - STAYS_FOR
        in_danger = dangers.among([one.id for one in held])
        gone = [
            one
            for one in held
            if not _is_line_up(one) and not (is_short and _stays(one, one.id in in_danger))
        ]
        for item in gone:
            _return(item, Reason.VANISHED, moment, by=by)
        if len(gone) == len(held):
            change(seat=seat, after=SeatState.AWAY, moment=moment, by=by)
    return len(gone)


def _stays(item: Item, in_danger: bool) -> bool:  # noqa: FBT001 - one word of a list
    """Return whether a chat waits for its listener, whose line was cut; its page is told."""
    if item.kind != WaitKind.CHAT or in_danger or is_over(item):
        return False
    if ports.wants_another.ask(item.subject):
        return False
    ports.line_changed.ask(item.subject)
    return True


def _is_line_up(item: Item) -> bool:
    return item.kind == WaitKind.CALL and ports.is_line_up.ask(item.subject)


def give_back_all(*, account: str, reason: Reason, by: Actor) -> int:
    """Release all that a console holds, in the open transaction; return how many.

    What is over leaves instead.
    """
    moment = now()
    held = list(Item.objects.select_for_update().filter(held_by=account, state=ItemState.HELD))
    for item in held:
        _return(item, reason, moment, by=by)
    return len(held)


def _room(seat: Seat) -> Room:
    """Return what a console may take now, or refuse one that may take nothing."""
    if seat.state in {SeatState.AWAY, SeatState.BREAK}:
        raise SeatNeeded(_("First say that you are ready for the next person."))
    return room_of(seat)


def _check_ready(seat: Seat) -> None:
    if seat.state == SeatState.WRAP_UP:
        raise SeatNeeded(_("First say that you are ready for the next person."))


def _take(item: Item, seat: Seat, moment: datetime, *, by: Actor) -> Claimed:
    danger = dangers.on().filter(item=item.id)
    made_way = _make_way(seat, moment, by) if danger.update(listener=seat.account) else 0
    first = item.first_held_at is None
    item.state, item.held_by = ItemState.HELD, seat.account
    item.first_held_at = item.first_held_at or moment
    item.save(update_fields=("state", "held_by", "first_held_at"))
    waited = max(int((moment - item.waiting_since).total_seconds()), 0)
    record(item.fact(ItemClaimed, seconds=waited, first=first), by=by)
    change(seat=seat, after=SeatState.BUSY, moment=moment, by=by)
    return replace(_claimed(item), made_way=made_way)


def _make_way(seat: Seat, moment: datetime, by: Actor) -> int:
    held = Item.objects.select_for_update().filter(held_by=seat.account, state=ItemState.HELD)
    gone = [one for one in held if makes_way(WaitKind(one.kind))]
    for one in gone:
        go_back(item=one, why=PutBack.FOR_DANGER, moment=moment, by=by)
    return len(gone)


def _claimed(item: Item) -> Claimed:
    held_at = item.first_held_at or item.waiting_since
    # A place in line may be older than the wait: the helpline was closed between.
    waited = held_at - (item.waiting_since if held_at >= item.waiting_since else item.queued_at)
    return Claimed(
        id=item.id,
        kind=WaitKind(item.kind),
        subject=item.subject,
        risk=Risk(item.risk),
        skill=Skill(item.skill) if item.skill else None,
        language=item.language,
        is_returning=item.returning,
        waited_s=max(int(waited.total_seconds()), 0),
    )


def _own_item(item_id: UUID, by: Actor) -> Item:
    item = Item.locked(item_id)
    check_is(item.state, ItemState.HELD)
    check_is_yours(held_by=item.held_by, by=by.key)
    return item


def _return(item: Item, reason: Reason, moment: datetime, *, by: Actor) -> None:
    if is_over(item):
        leave(item=item, reason=Reason.LEFT, moment=moment, by=by)
        return
    record(item.fact(ItemReturned, reason=reason), by=by)
    _wait_in_front(item, moment, why=reason, by=by)


def _wait_in_front(item: Item, moment: datetime, *, why: Reason | None = None, by: Actor) -> None:
    item.state, item.held_by, item.returning = ItemState.WAITING, "", True
    item.waiting_since = moment
    item.take_rank()
    item.save(
        update_fields=(
            *("state", "held_by", "returning", "rank", "turn_at", "waiting_since"),
            *("preferred", "skill"),
        )
    )
    if item.kind == WaitKind.CHAT:
        to = Skill(item.skill) if item.skill else None
        ports.leave_chat.ask(conversation_id=item.subject, to=to, why=why, by=by)
