"""Export a content to ICCAM once, whatever stops in between.

ICCAM offers nothing that would make a second sending harmless, so nothing is ever sent on a guess:
`handed_at` is committed before it is spoken to and emptied when it is known what became of it. A
worker that finds it set sends nothing; a person looks into ICCAM and says what is there.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.models import IccamCase
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.iccam.bodies import (
    CaseState,
    Exported,
    IccamOff,
    NumbersRefused,
    Receipt,
    check_in_doubt,
    check_numbers,
    settled_at,
)
from balise.takedown.onward.exchange.rules.words import Direction

SEALED = "referrals_exchange.iccamcase.sealed"
HANDED_FOR_AT_MOST = timedelta(minutes=10)
_PAUSE = timedelta(minutes=2)
_LONGEST_PAUSE = timedelta(hours=1)


class AlreadyExported(Refused, code="already-exported"):
    """ICCAM has this content from us, or will."""


def export(*, line: str, subject: UUID, exported: Exported, by: Actor) -> UUID:
    """Queue the export of a content to ICCAM, and return its case, whose id is our reference there.

    Refuses where ICCAM is off, and a content that was exported before.
    """
    access.require_for(by, access.SEND, line=line)
    if not queries.is_on():
        raise IccamOff(_("This centre is not connected to ICCAM."))
    case_id = uuid4()
    key = new_key(line, case_id)
    known = replace(exported, reference=str(case_id))
    try:
        with transaction.atomic():
            case = IccamCase.objects.create(
                id=case_id,
                direction=Direction.OUT,
                line=line,
                subject=subject,
                country=exported.country,
                sealed=key.seal(known.to_fields(), where=SEALED, row=case_id),
                state=CaseState.QUEUED,
                next_at=now(),
                by=by.key,
                begun_at=now(),
            )
            keep(key)
            record(case.moved, by=by)
    except IntegrityError:
        raise AlreadyExported(_("ICCAM already has this content from us.")) from None
    return case_id


def hand_over(*, case_id: UUID, by: Actor) -> Exported | None:
    """Claim an export for one attempt and return what to send; None: do not send.

    None for what does not wait, what another worker is at, and what is in doubt by now.
    """
    with transaction.atomic():
        case = _locked(case_id)
        if case is None or case.stands is not CaseState.QUEUED:
            return None
        if case.handed_at is not None:
            if now() - case.handed_at > HANDED_FOR_AT_MOST:
                _move(case, CaseState.IN_DOUBT, fault="worker-lost", by=by)
            return None
        try:
            key = key_of_line(case.line, case.id)
            one = Exported.from_fields(key.open(case.sealed, where=SEALED, row=case.id))
        except KeyForgotten:
            _move(case, CaseState.WITHDRAWN, fault="forgotten", by=by)
            return None
        case.handed_at, case.attempts = now(), case.attempts + 1
        case.next_at = now() + HANDED_FOR_AT_MOST + timedelta(minutes=1)
        case.save(update_fields=("handed_at", "attempts", "next_at"))
    return one


def note_exported(*, case_id: UUID, receipt: Receipt, by: Actor) -> None:
    """Note the numbers that ICCAM gave; steps may follow once it has settled."""
    with transaction.atomic():
        case = _locked(case_id)
        if case is None or case.handed_at is None:
            return
        _note(case, receipt, by=by)


def note_not_sent(*, case_id: UUID, fault: str, by: Actor) -> None:  # noqa: ARG001 - names its actor
    """Note that ICCAM certainly took nothing: it is tried again, however long it is down."""
    with transaction.atomic():
        case = _locked(case_id)
        if case is None or case.handed_at is None:
            return
        pause = min(_PAUSE * case.attempts, _LONGEST_PAUSE)
        case.handed_at, case.fault, case.next_at = None, fault[:60], now() + pause
        case.save(update_fields=("handed_at", "fault", "next_at"))


def note_in_doubt(*, case_id: UUID, fault: str, by: Actor) -> None:
    """Note that nobody knows whether ICCAM took it: a person looks there."""
    with transaction.atomic():
        case = _locked(case_id)
        if case is not None and case.handed_at is not None:
            _move(case, CaseState.IN_DOUBT, fault=fault, by=by)


def note_refused(*, case_id: UUID, fault: str, by: Actor) -> None:
    """Note that ICCAM refuses it as it is."""
    with transaction.atomic():
        case = _locked(case_id)
        if case is not None and case.handed_at is not None:
            _move(case, CaseState.REFUSED, fault=fault, by=by)


@transaction.atomic
def settle_doubt(*, case_id: UUID, found: Receipt | None, by: Actor) -> None:
    """Save what is in ICCAM under our reference: its numbers, or nothing; then it is sent.

    Refuses numbers that ICCAM cannot have given, and a content that another case has.
    """
    case = _of_line(case_id, by)
    check_in_doubt(case.stands)
    if found is not None:
        check_numbers(found)
        try:
            with transaction.atomic():
                _note(case, found, by=by)
        except IntegrityError:
            raise NumbersRefused(_("Another case has this content’s number: look again.")) from None
        return
    _move(case, CaseState.QUEUED, fault="", by=by)
    case.next_at = now()
    case.save(update_fields=("next_at",))


@transaction.atomic
def withdraw(*, case_id: UUID, by: Actor) -> None:
    """Cancel an export that ICCAM refused, or that waits: it may be exported again."""
    case = _of_line(case_id, by)
    if case.handed_at is None and case.stands in {CaseState.QUEUED, CaseState.REFUSED}:
        _move(case, CaseState.WITHDRAWN, fault="", by=by)


def _note(case: IccamCase, receipt: Receipt, *, by: Actor) -> None:
    at = now()
    case.report, case.content, case.exported_at = receipt.report, receipt.content, at
    case.save(update_fields=("report", "content", "exported_at"))
    _move(case, CaseState.EXPORTED, fault="", by=by)
    for step in case.steps.filter(next_at__isnull=False):
        step.next_at = settled_at(at)
        step.save(update_fields=("next_at",))


def _move(case: IccamCase, state: CaseState, *, fault: str, by: Actor) -> None:
    case.state, case.fault, case.handed_at, case.next_at = state, fault[:60], None, None
    case.save(update_fields=("state", "fault", "handed_at", "next_at"))
    record(case.moved, by=by)


def _locked(case_id: UUID) -> IccamCase | None:
    return IccamCase.objects.select_for_update().filter(id=case_id).first()


def _of_line(case_id: UUID, by: Actor) -> IccamCase:
    access.require(by, access.SEND)
    case = IccamCase.locked(case_id)
    access.require_for(by, access.SEND, line=case.line)
    return case
