"""Save what an exchange tells, each event once, in any order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, zone
from balise.foundation.encryption.sealing import blind, forget, keep, new_key
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.refusals import Refused
from balise.helpline.contacts import queries as contacts
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries.rows import locked_before
from balise.helpline.queue.rules import ItemState, Reason, Risk, WaitKind
from balise.helpline.telephony import access
from balise.helpline.telephony.events import (
    CallAbandoned,
    CallAnswered,
    CallBlocked,
    CallEnded,
    CallOffered,
    CallReturned,
    CallTransferred,
)
from balise.helpline.telephony.models import LINE, NUMBER, REF, Call, CallEvent
from balise.helpline.telephony.queries import content_of, event_index_of, index_of, key_of_ref
from balise.helpline.telephony.rules.calls import (
    IN_TIME_S,
    OVER,
    CallFact,
    CallState,
    Command,
    EndedBy,
    Failure,
    Happening,
    Standing,
    band,
    half_hour,
    is_answer,
    settle,
)
from balise.helpline.telephony.rules.numbers import HELD_FOR, HeldFor, read_number

# How long the number is kept of a call that is never said to be over.
_LONGEST_CALL = timedelta(hours=12)
_COMES = (Happening.RINGING, Happening.QUEUED)


class EventDiffers(Refused, code="event-differs"):
    """The same id was told before, with something else in it."""


@dataclass(frozen=True, slots=True)
class CallTold:
    """One event of an exchange: its own id, the call's, and what happened by our clock.

    The ids and the digest are saved as blinds: an exchange may make them of the caller's number.
    `hears_answer`: the exchange reads what we answer, and can tell a caller that they are blocked.
    """

    source: str
    event_id: str
    ref: str
    told: CallFact
    digest: bytes
    number: str = ""
    is_life_danger: bool = False
    hears_answer: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What an event made: its call, the call's state, and whether the event was known.
    `blocked_until`: the caller is blocked until then, and does not wait.
    """

    call_id: UUID
    state: CallState
    is_known: bool
    blocked_until: datetime | None = None


def take_event(*, event: CallTold, by: Actor) -> Taken:
    """Save one event: the call waits in the queue, leaves it, or only gets a moment.

    The same id again changes nothing; with another content it is refused (EventDiffers).
    """
    access.require(by, access.TELL)
    try:
        with transaction.atomic():
            return _take(event, by)
    except IntegrityError:  # the same event or a new call's second one, at this very moment
        with transaction.atomic():
            return _take(event, by)


def take_past(*, calls: Sequence[Sequence[CallTold]], by: Actor) -> None:
    """Save all events of calls that are over, together: they never wait in the queue.

    Raises IntegrityError for a call that is known.
    """
    access.require(by, access.TELL)
    made: list[Call] = []
    told: list[CallEvent] = []
    facts: list[Event] = []
    for events in calls:
        first = events[0]
        call = Call(
            source=first.source,
            ref_index=index_of(first.source, first.ref),
            began_at=first.told.at,
        )
        standing = settle(one.told for one in events)
        _write(call, standing)
        made.append(call)
        told += (_row(call, one) for one in events)
        facts += _facts(call, standing, is_new=True, was_answered=False, was_over=False)
    with transaction.atomic():
        rows.insert_objects(made)
        rows.insert_objects(told)
        record_many(facts, by=by)


def accept(*, call_id: UUID, by: Actor) -> None:
    """Note that a listener who holds the call's item answers it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        call = Call.locked(call_id)
        queue.check_holds(call.id, by=by)
        call.listener = by.key
        call.command, call.command_failed, call.passed_to = "", "", ""
        call.save(update_fields=("listener", "command", "command_failed", "passed_to"))
        told = CallFact(Happening.ANSWERED, now())
        event = _own(call, f"accept-{call.id}", told)
        if _told_before(event) is None:
            _add(call, event, by)


def tell_own(*, call_id: UUID, happening: Happening, by: Actor) -> None:
    """Note what is so of a call because its exchange took what it was asked."""
    access.require(by, access.TELL)
    with transaction.atomic():
        call = Call.locked(call_id)
        moment = now()
        name = f"{call.id}/{happening}/{moment.timestamp()}"
        _add(call, _own(call, name, CallFact(happening, moment)), by)


def tell_gone(*, call_id: UUID, by: Actor) -> bool:
    """Note that the exchange no longer has a call, and nobody knows since when; False if known."""
    access.require(by, access.TELL)
    with transaction.atomic():
        call, _item = locked_before(WaitKind.CALL, call_id, Call.locked)
        event = _own(call, f"{call.id}/gone", CallFact(Happening.ENDED, now()))
        if call.state in OVER or _told_before(event) is not None:
            return False
        _add(call, event, by)
        return True


def _own(call: Call, name: str, told: CallFact) -> CallTold:
    """Return an event of ours, of a call that is known: the exchange's id of it is not needed."""
    return CallTold(call.source, name, "", told, b"")


def _told_before(event: CallTold) -> CallEvent | None:
    known = CallEvent.objects.filter(
        source=event.source, event_index=event_index_of(event.source, event.event_id)
    )
    return known.select_related("call").first()


def _take(event: CallTold, by: Actor) -> Taken:
    before = _told_before(event)
    if before is not None:
        if bytes(before.digest) != content_of(event.digest):
            raise EventDiffers(_("This event was already reported, with different content."))
        return _taken(before.call, is_known=True)
    index = index_of(event.source, event.ref)
    found = Call.objects.filter(source=event.source, ref_index=index).values_list("id", flat=True)
    call_id = found.first()
    if call_id is not None:
        call, _item = locked_before(WaitKind.CALL, call_id, Call.locked)
    else:
        call = _begin(event, index)
    _add(call, event, by)
    return _taken(call, is_known=False)


def _begin(event: CallTold, index: bytes) -> Call:
    call = Call(source=event.source, ref_index=index, began_at=event.told.at)
    key = new_key(LINE, key_of_ref(call.id))
    keep(key)
    call.sealed_ref = key.seal({"ref": event.ref}, where=REF, row=call.id)
    call.save(force_insert=True)
    return call


def _taken(call: Call, *, is_known: bool) -> Taken:
    state = CallState(call.state)
    is_blocked = call.blocked_until is not None and call.answered_at is None
    return Taken(call.id, state, is_known, call.blocked_until if is_blocked else None)


def _add(call: Call, event: CallTold, by: Actor) -> None:
    CallEvent.objects.bulk_create([_row(call, event)])
    _know_caller(call, event)
    _look_for_block(call, event)
    _hear_answer(call, event, by)
    told = CallEvent.objects.filter(call=call).values_list("happening", "at", "ended_by")
    known = [CallFact(Happening(what), at, EndedBy(who)) for what, at, who in told]
    standing = _stand(call, known, is_new=len(known) == 1, by=by)
    _queue(call, standing, event, by)


def _hear_answer(call: Call, event: CallTold, by: Actor) -> None:
    """End, unsaved, the wait for what the exchange was asked; note that a transfer came back."""
    happening = event.told.happening
    if call.state in OVER:
        return
    if happening is Happening.RETURNED:
        call.command, call.command_failed, call.passed_to = "transfer", Failure.UNANSWERED, ""
        record(CallReturned(subject=call.id), by=by)
        return
    is_ringing = call.command == Command.TRANSFER and call.command_failed in {"", Failure.LATE}
    # The listener's own answer, told late, picks nothing up.
    is_new = call.command_at is not None and event.told.at >= call.command_at
    picked_up = is_ringing and is_new and happening is Happening.ANSWERED
    if happening is Happening.TRANSFERRED or picked_up:
        call.passed_to = call.command_to
        record(CallTransferred(subject=call.id), by=by)
    if picked_up or (call.command and is_answer(happening, Command(call.command))):
        call.command, call.command_failed = "", ""


def _row(call: Call, event: CallTold) -> CallEvent:
    return CallEvent(
        call=call,
        source=event.source,
        event_index=event_index_of(event.source, event.event_id),
        digest=content_of(event.digest),
        happening=event.told.happening,
        at=event.told.at,
        ended_by=event.told.ended_by,
    )


def _stand(call: Call, told: Iterable[CallFact], *, is_new: bool, by: Actor) -> Standing:
    """Save and count a call's state after all that was told of it."""
    was_answered, was_over = call.answered_at is not None, call.state in OVER
    standing = settle(told, is_blocked=call.blocked_until is not None)
    _write(call, standing)
    call.save()
    record_many(
        _facts(call, standing, is_new=is_new, was_answered=was_answered, was_over=was_over), by=by
    )
    if standing.state in OVER and not was_over:
        _let_number_go(call, standing)
        call.sealed_ref = b""
        call.command, call.command_failed, call.passed_to = "", "", ""
        call.save(update_fields=("sealed_ref", "command", "command_failed", "passed_to"))
    return standing


def _facts(
    call: Call, standing: Standing, *, is_new: bool, was_answered: bool, was_over: bool
) -> Iterator[Event]:
    """Yield what is new of a call: that it came, was answered, and how it ended."""
    local = standing.began_at.astimezone(zone())
    at, day, waited = Code(half_hour(local)), local.date(), standing.waited_s
    if is_new:
        yield CallOffered(subject=call.id, day=day, half_hour=at, returning=call.returning)
    if standing.answered_at is not None and not was_answered:
        yield CallAnswered(
            subject=call.id,
            day=day,
            half_hour=at,
            seconds=waited,
            band=Code(band(waited)),
            in_time=waited <= IN_TIME_S,
        )
    if standing.state not in OVER or was_over:
        return
    if standing.state is CallState.ABANDONED:
        yield CallAbandoned(
            subject=call.id, day=day, half_hour=at, seconds=waited, band=Code(band(waited))
        )
    elif standing.state is CallState.BLOCKED:
        yield CallBlocked(subject=call.id, day=day, half_hour=at)
    else:
        by_whom = standing.ended_by or EndedBy.UNKNOWN
        yield CallEnded(subject=call.id, day=day, ended_by=by_whom, seconds=standing.talked_s)


def _write(call: Call, standing: Standing) -> None:
    """Set, unsaved, where a call stands."""
    call.state, call.began_at = standing.state, standing.began_at
    call.answered_at, call.ended_at = standing.answered_at, standing.ended_at
    call.ended_by = standing.ended_by or ""
    call.waited_s, call.talked_s = standing.waited_s, standing.talked_s


def _know_caller(call: Call, event: CallTold) -> None:
    """Seal the number and know who called already today; only the first time it is told."""
    number = read_number(event.number)
    if call.state in OVER:
        return
    if event.is_life_danger:
        call.held_for = HeldFor.LIFE_DANGER
    if not number or call.caller_today:
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
    if event.hears_answer:
        call.bearer = blind(LINE, "telephony.bearer", number)


def _look_for_block(call: Call, event: CallTold) -> None:
    """Find whether a caller is blocked: never in danger, nor once they wait.

    An exchange that does not read our answer could not tell them: there nobody is blocked.
    """
    if call.held_for == HeldFor.LIFE_DANGER:
        call.blocked_until = None
    elif event.hears_answer and event.told.happening in _COMES and call.item is None:
        blocked = contacts.blocked(bytes(call.bearer).hex())
        call.blocked_until = blocked.until if blocked else None


def _let_number_go(call: Call, standing: Standing) -> None:
    """Keep nothing more of who called than a hold asks for, once a call is over."""
    if standing.answered_at is None and call.bearer:
        call.bearer = b""
        call.save(update_fields=("bearer",))
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
    """Queue a call for a listener, or take it out of the queue."""
    if standing.state is CallState.QUEUED:
        if call.blocked_until is not None:
            return
        if call.item is None:
            call.item = waiting.enqueue(
                kind=WaitKind.CALL,
                subject=call.id,
                risk=Risk.A if call.held_for == HeldFor.LIFE_DANGER else Risk.F,
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
        # The listener who has it in the console ends it there, after the wrap-up.
        reason = Reason.LEFT if standing.state in OVER else Reason.MOVED
        waiting.withdraw(item_id=call.item, reason=reason, by=by)


def _was_dropped(call: Call) -> bool:
    """Return whether the line dropped, or nobody answered, when they called earlier today."""
    if not call.caller_today:
        return False
    earlier = Call.objects.filter(caller_today=call.caller_today).exclude(id=call.id)
    lost = earlier.filter(state__in=OVER, answered_at=None)
    return lost.exclude(state=CallState.BLOCKED).exists() or (
        earlier.filter(ended_by=EndedBy.LINE).exists()
    )
