"""Take what an exchange tells, each event once, in whatever order it comes."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, zone
from balise.foundation.encryption.sealing import blind, forget, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import ItemState, Kind, Reason, Risk
from balise.helpline.telephony import access
from balise.helpline.telephony.events import CallAbandoned, CallAnswered, CallEnded, CallOffered
from balise.helpline.telephony.models import LINE, NUMBER, Call, CallEvent
from balise.helpline.telephony.rules.calls import (
    IN_TIME_S,
    OVER,
    CallState,
    EndedBy,
    Happening,
    Standing,
    Told,
    band,
    half_hour,
    settle,
)
from balise.helpline.telephony.rules.numbers import HELD_FOR, HeldFor, read_number

# Numbers of a call that nobody ever says is over.
_LONGEST_CALL = timedelta(hours=12)


class EventDiffers(Refused):
    """The same id was told before, with something else in it."""

    code = "event-differs"


@dataclass(frozen=True, slots=True)
class CallTold:
    """One event of an exchange: its own id, the call's, and what happened by our clock."""

    source: str
    event_id: str
    ref: str
    told: Told
    digest: bytes
    number: str = ""
    is_life_danger: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What an event made: its call, where that stands, and whether the event was known."""

    call_id: UUID
    state: CallState
    is_known: bool


def take_event(*, event: CallTold, by: Actor) -> Taken:
    """Take one event: the call waits in the queue, leaves it, or only gains a moment.

    The same id again changes nothing; with another content it is refused (EventDiffers).
    """
    access.require(by, access.TELL)
    try:
        with transaction.atomic():
            return _take(event, by)
    except IntegrityError:  # the same event or a new call's second one, at this very moment
        with transaction.atomic():
            return _take(event, by)


def accept(*, call_id: UUID, by: Actor) -> None:
    """Note that a listener who holds the call's item answers it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        call = Call.locked(call_id)
        queue.check_holds(call.id, by=by)
        call.listener = by.key
        call.save(update_fields=("listener",))
        told = Told(Happening.ANSWERED, now())
        event = CallTold(call.source, f"accept-{call.id}", call.ref, told, b"")
        if not CallEvent.objects.filter(source=call.source, event_id=event.event_id).exists():
            _add(call, event, by)


def _take(event: CallTold, by: Actor) -> Taken:
    known = CallEvent.objects.filter(source=event.source, event_id=event.event_id)
    before = known.select_related("call").first()
    if before is not None:
        if bytes(before.digest) != event.digest:
            raise EventDiffers(_("This event was told before, with another content."))
        return Taken(before.call_id, CallState(before.call.state), is_known=True)
    call = Call.objects.select_for_update().filter(source=event.source, ref=event.ref).first()
    if call is None:
        call = Call.objects.create(
            id=uuid4(), source=event.source, ref=event.ref, began_at=event.told.at
        )
    standing = _add(call, event, by)
    return Taken(call.id, standing.state, is_known=False)


def _add(call: Call, event: CallTold, by: Actor) -> Standing:
    CallEvent.objects.create(
        call=call,
        source=event.source,
        event_id=event.event_id,
        digest=event.digest,
        happening=event.told.happening,
        at=event.told.at,
        ended_by=event.told.ended_by,
    )
    told = CallEvent.objects.filter(call=call).values_list("happening", "at", "ended_by")
    standing = settle(Told(Happening(what), at, EndedBy(who)) for what, at, who in told)
    was_offered, was_answered, was_over = (
        told.count() > 1,
        call.answered_at is not None,
        call.state in OVER,
    )
    _know_caller(call, event)
    _write(call, standing)
    moment = standing.began_at.astimezone(zone())
    at, day = Code(half_hour(moment)), day_of(standing.began_at)
    if not was_offered:
        fact = CallOffered(subject=call.id, day=day, half_hour=at, returning=call.returning)
        record(fact, by=by)
    if standing.answered_at is not None and not was_answered:
        waited = standing.waited_s
        answered = CallAnswered(
            subject=call.id,
            day=day,
            half_hour=at,
            seconds=waited,
            band=Code(band(waited)),
            in_time=waited <= IN_TIME_S,
        )
        record(answered, by=by)
    if standing.state in OVER and not was_over:
        _end(call, standing, at, by)
    _queue(call, standing, event, by)
    return standing


def _write(call: Call, standing: Standing) -> None:
    call.state, call.began_at = standing.state, standing.began_at
    call.answered_at, call.ended_at = standing.answered_at, standing.ended_at
    call.ended_by = standing.ended_by or ""
    call.waited_s, call.talked_s = standing.waited_s, standing.talked_s
    call.save()


def _know_caller(call: Call, event: CallTold) -> None:
    """Seal the number and know who called already today; only the first time it is told."""
    number = read_number(event.number)
    if not number or call.caller_today or call.state in OVER:
        return
    moment = now()
    today = f"{day_of(moment).isoformat()}|{number}"
    call.caller_today = blind(LINE, "telephony.caller", today)
    earlier = Call.objects.filter(caller_today=call.caller_today).exclude(id=call.id)
    call.returning = earlier.exists()
    key = new_key(LINE, call.id)
    keep(key)
    call.sealed_number = key.seal({"number": number}, where=NUMBER, row=call.id)
    call.number_until = moment + _LONGEST_CALL
    if event.is_life_danger:
        call.held_for = HeldFor.LIFE_DANGER


def _end(call: Call, standing: Standing, at: Code, by: Actor) -> None:
    day = day_of(standing.began_at)
    if standing.state is CallState.ABANDONED:
        waited = standing.waited_s
        fact = CallAbandoned(
            subject=call.id, day=day, half_hour=at, seconds=waited, band=Code(band(waited))
        )
        record(fact, by=by)
    else:
        by_whom = standing.ended_by or EndedBy.UNKNOWN
        talked = standing.talked_s
        record(CallEnded(subject=call.id, day=day, ended_by=by_whom, seconds=talked), by=by)
    if call.held_for:
        call.number_until = now() + HELD_FOR
        call.save(update_fields=("number_until",))
    elif call.sealed_number:
        # The worker destroys its key a moment later: the exchange's door has no right to.
        call.sealed_number, call.number_until = b"", None
        call.save(update_fields=("sealed_number", "number_until"))


def wipe(*, call: Call, by: Actor) -> None:  # noqa: ARG001 - the caller wrote it down
    """Destroy a call's number and its key, in the open transaction."""
    forget([call.id])
    call.sealed_number, call.number_until, call.held_for = b"", None, HeldFor.NOTHING
    call.save(update_fields=("sealed_number", "number_until", "held_for"))


def _queue(call: Call, standing: Standing, event: CallTold, by: Actor) -> None:
    """Let a call wait for a listener, or no longer."""
    if standing.state is CallState.QUEUED:
        if call.item is None:
            call.item = waiting.enqueue(
                kind=Kind.CALL,
                subject=call.id,
                risk=Risk.A if event.is_life_danger else Risk.F,
                returning=_was_dropped(call),
                by=by,
            )
            call.save(update_fields=("item",))
        elif event.is_life_danger:
            waiting.raise_risk(item_id=call.item, risk=Risk.A, by=by)
    elif (
        call.item is not None
        and standing.state is not CallState.RINGING
        and queue.standing(call.item).state is ItemState.WAITING
    ):
        # Who holds it in the console ends it there, after the wrap-up.
        reason = Reason.LEFT if standing.state in OVER else Reason.MOVED
        waiting.withdraw(item_id=call.item, reason=reason, by=by)


def _was_dropped(call: Call) -> bool:
    """Return whether the line dropped, or nobody answered, when they called earlier today."""
    if not call.caller_today:
        return False
    earlier = Call.objects.filter(caller_today=call.caller_today).exclude(id=call.id)
    return earlier.filter(state__in=OVER, answered_at=None).exists() or (
        earlier.filter(ended_by=EndedBy.LINE).exists()
    )
