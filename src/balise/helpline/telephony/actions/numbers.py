"""Keep a number after its call; read it, by two people together."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, key_of_line
from balise.foundation.journal.book import record
from balise.helpline.telephony import access, ports
from balise.helpline.telephony.actions.telling import wipe
from balise.helpline.telephony.events import NumberAsked, NumberHeld, NumberRead, NumberReleased
from balise.helpline.telephony.models import LINE, NUMBER, Call, NumberRequest
from balise.helpline.telephony.queries import key_of_ref
from balise.helpline.telephony.rules.numbers import (
    HELD_FOR,
    RELEASED_FOR,
    HeldFor,
    Need,
    NotReleased,
    NumberGone,
    check_second,
)


def hold_number(*, call_id: UUID, reason: HeldFor, by: Actor) -> None:
    """Keep the number of a present call for a day after it ends."""
    access.require(by, access.WORK)
    with transaction.atomic():
        call = _with_number(call_id)
        call.held_for, call.number_until = reason, now() + HELD_FOR
        call.save(update_fields=("held_for", "number_until"))
        record(NumberHeld(subject=call.id, reason=reason), by=by)


def ask_number(
    *, call_id: UUID | None = None, thread_id: UUID | None = None, need: Need, by: Actor
) -> UUID:
    """Ask to read a number, and return the request; a second person must agree.

    Of a call, or of a correspondence by messaging: one of the two is given. While one's request
    waits or may be used, a second time gives the same back.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        request = NumberRequest(
            id=uuid4(),
            call_id=call_id,
            thread=thread_id,
            need=need,
            asked_by=by.key,
            asked_at=now(),
        )
        _check_there(request)
        usable = Q(released_at=None) | Q(released_at__gte=now() - RELEASED_FOR)
        own = NumberRequest.objects.filter(
            usable, call=call_id, thread=thread_id, need=need, asked_by=by.key
        ).first()
        if own is not None:
            return own.id
        request.save(force_insert=True)
        record(NumberAsked(subject=request.id, about=request.about, need=need), by=by)
    return request.id


def release_number(*, request_id: UUID, by: Actor) -> None:
    """Agree that another reads a number; nobody agrees with oneself. Once is enough."""
    access.require(by, access.UNSEAL)
    with transaction.atomic():
        request = NumberRequest.locked(request_id)
        check_second(request.asked_by, by.key)
        _check_there(request)
        if request.released_at is not None:
            return
        request.released_by, request.released_at = by.key, now()
        request.save(update_fields=("released_by", "released_at"))
        record(NumberReleased(subject=request.id, about=request.about), by=by)


def read_number_of(*, request_id: UUID, by: Actor) -> str:
    """Return the number that one asked for. The reading is written down before it opens."""
    access.require(by, access.WORK)
    with transaction.atomic():
        request = NumberRequest.locked(request_id)
        _check_released(request, by)
        call = _check_there(request)
        record(NumberRead(subject=request.id, about=request.about), by=by)
    if call is None:
        return ports.number_of.ask(request.about)
    opened = key_of_line(LINE, call.id).open(call.sealed_number, where=NUMBER, row=call.id)
    return str(opened["number"])


def forget_ended(*, call_ids: Collection[UUID], by: Actor = SYSTEM) -> None:
    """Destroy the keys of calls that are over: of their ids, and of numbers that nobody holds."""
    access.require(by, access.TELL)
    with transaction.atomic():
        over = Call.objects.filter(id__in=call_ids)
        ids = over.filter(sealed_ref=b"").values_list("id", flat=True)
        gone = over.filter(sealed_number=b"").values_list("id", flat=True)
        forget([*(key_of_ref(one) for one in ids), *gone])


def forget_bearer(*, call_id: UUID, by: Actor) -> None:
    """Forget by what the caller would be known again: the call is wrapped up, blocked or not."""
    access.require(by, access.WORK)
    Call.objects.filter(id=call_id).update(bearer=b"")


def wipe_due(*, at: datetime, by: Actor = SYSTEM) -> int:
    """Destroy the numbers whose time is over; return how many."""
    due = Call.objects.filter(number_until__lte=at).values_list("id", flat=True)[:1_000]
    ids = list(due)
    for call_id in ids:
        with transaction.atomic():
            call = Call.locked(call_id)
            if call.number_until is not None and call.number_until <= at:
                wipe(call=call, by=by)
    return len(ids)


def _check_released(request: NumberRequest, by: Actor) -> None:
    if request.released_at is None or request.asked_by != by.key:
        raise NotReleased(_("A second person must agree first."))
    if request.released_at < now() - RELEASED_FOR:
        raise NotReleased(_("The agreement has expired: ask again."))


def _check_there(request: NumberRequest) -> Call | None:
    """Return the call whose number it is, locked, or None for a thread; NumberGone if gone."""
    if request.call_id:
        return _with_number(request.call_id)
    if not ports.with_number.ask([request.about]):
        raise NumberGone(_("No number: it was withheld, or it is deleted."))
    return None


def _with_number(call_id: UUID) -> Call:
    call = Call.locked(call_id)
    if not call.sealed_number:
        raise NumberGone(_("No number: it was withheld, or it is deleted."))
    return call
