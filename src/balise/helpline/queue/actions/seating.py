"""A listener goes on, gives signs of life, takes a break, goes off duty."""

import threading
from collections.abc import Collection
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, of_database
from balise.foundation.journal.book import record
from balise.helpline.queue import access, ports
from balise.helpline.queue.actions.claiming import give_back_all
from balise.helpline.queue.actions.waiting import change, own_seat
from balise.helpline.queue.events import WrittenWorkSet
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.queries import held_by
from balise.helpline.queue.rules import (
    SAME_BEAT,
    VANISHED_AFTER,
    ItemState,
    Reason,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
    check_cap,
)

# A sign of life came to this process, and could not be written: nobody is known to be silent then.
UNWRITTEN = threading.Event()


def sit(*, skills: Collection[Skill], chat_cap: int = 1, by: Actor) -> None:
    """Go on, ready for the next person; going on again changes skills and cap."""
    access.require(by, access.WORK)
    check_cap(chat_cap)
    moment = now()
    with transaction.atomic():
        seat, is_new = Seat.objects.select_for_update().get_or_create(
            account=by.key, defaults={"since": moment, "heard_at": of_database()}
        )
        seat.skills = " ".join(sorted(skills))
        seat.chat_cap, seat.heard_at = chat_cap, of_database()
        seat.save(update_fields=("skills", "chat_cap", "heard_at"))
        if is_new or seat.state == SeatState.AWAY:
            change(seat=seat, after=SeatState.READY, moment=moment, by=by)


def heartbeat(*, by: Actor) -> bool:
    """Note the sign of life of a listener's page; False if the console was turned off meanwhile.

    Where messages come quickly, so do the signs: one is written each second, at most.
    """
    access.require(by, access.WORK)
    moment = of_database()
    found = Seat.objects.filter(account=by.key).exclude(state=SeatState.AWAY)
    heard_at = found.values_list("heard_at", flat=True).first()
    if heard_at is not None and moment - SAME_BEAT < heard_at <= moment:
        return True
    try:
        is_there = bool(found.update(heard_at=moment))
    except DatabaseError:
        UNWRITTEN.set()
        raise
    if heard_at is not None and heard_at < moment - VANISHED_AFTER:
        for subject in held_by(by.key, WaitKind.CHAT):
            ports.line_changed.ask(subject)  # the line was cut, and is back
    return is_there


def be_ready(*, by: Actor) -> None:
    """End the wrap-up or the break: the next person may come."""
    _change_own(SeatState.READY, by=by)


def pause(*, by: Actor) -> None:
    """Take a break. A listener in a conversation ends or transfers it first."""
    _change_own(SeatState.BREAK, by=by)


def stand(*, by: Actor) -> None:
    """Go off duty; what one still holds waits again, in front."""
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        give_back_all(account=seat.account, reason=Reason.GIVEN_BACK, by=by)
        change(seat=seat, after=SeatState.AWAY, moment=moment, by=by)


def set_written_work(*, account: str, on: bool, by: Actor) -> None:
    """Put a console on written work, or end that, as a supervisor.

    Its next item is then one that is not live; risk A still comes first. It ends when the listener
    leaves the seat. Refuses (SeatNeeded) a seat that nobody has taken.
    """
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        seat = Seat.objects.select_for_update().filter(account=account).first()
        if seat is None or seat.state == SeatState.AWAY:
            raise SeatNeeded(_("Nobody is on duty there."))
        if seat.on_written_work is on:
            return
        seat.on_written_work = on
        seat.save(update_fields=("on_written_work",))
        record(WrittenWorkSet(subject=UUID(account), on=on), by=by)


def _change_own(after: SeatState, *, by: Actor) -> None:
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        if seat.state == SeatState.AWAY:
            raise SeatNeeded(_("Go on duty first."))
        if Item.objects.filter(held_by=seat.account, state=ItemState.HELD).exists():
            raise SeatNeeded(_("You still have an open contact. Wrap it up or pass it on first."))
        change(seat=seat, after=after, moment=moment, by=by)
