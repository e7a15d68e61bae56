"""What is done about a content in ICCAM: each thing once, in order, when it may be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import access, ports
from balise.takedown.onward.exchange.events import IccamStepped, IccamUnreadable
from balise.takedown.onward.exchange.models import IccamCase, IccamCursor, IccamStep
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.iccam.bodies import (
    CaseState,
    Held,
    StepKind,
    StepState,
    settled_at,
)
from balise.takedown.onward.exchange.rules.iccam.fields import ActionReason, ActionType
from balise.takedown.onward.exchange.rules.letters import Classification, Classified, Statement
from balise.takedown.onward.exchange.rules.words import Direction

SEALED = "referrals_exchange.iccamstep.sealed"
_PAUSE = timedelta(minutes=2)
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTake:
    """A step to take: about which content of ICCAM's, and with which words."""

    step_id: UUID
    content: int
    kind: StepKind
    what: str
    reason: ActionReason | None
    at: datetime
    classified: Classified | None
    reference: str


def act(
    *,
    line: str,
    subject: UUID,
    action: ActionType,
    reason: ActionReason | None = None,
    by: Actor,
) -> int:
    """Queue the noting of an action in ICCAM for a content of ours; return in how many cases.

    An action that was noted before is not noted again.
    """
    access.require_for(by, access.SEND, line=line)
    return _on_each(line, subject, StepKind.ACT, what=str(int(action)), reason=reason, by=by)


def assess(*, line: str, subject: UUID, classified: Classified, by: Actor) -> int:
    """Queue our assessment to ICCAM for what was assigned to us; return in how many cases."""
    access.require_for(by, access.SEND, line=line)
    return _on_each(line, subject, StepKind.ASSESS, classified=classified, by=by)


def move(*, line: str, subject: UUID, country: str, by: Actor) -> int:
    """Queue for ICCAM that another country hosts a content now; return in how many cases."""
    access.require_for(by, access.SEND, line=line)
    moved = 0
    for found in queries.open_cases(line=line, subject=subject):
        with transaction.atomic():
            case = IccamCase.objects.select_for_update().get(id=found.id)
            if country and case.country != country:
                moved += _queue(case, StepKind.MOVE, what=country, by=by)
                case.country = country
                case.save(update_fields=("country",))
    return moved


@transaction.atomic
def refer(*, case_id: UUID, by: Actor) -> None:
    """Queue our reference to ICCAM for a content that was assigned to us."""
    access.require(by, access.SEND)
    case = IccamCase.locked(case_id)
    access.require_for(by, access.SEND, line=case.line)
    _queue(case, StepKind.REFER, by=by)


def take(*, step_id: UUID, by: Actor) -> ToTake | None:  # noqa: ARG001 - an action names its actor
    """Claim a step for one attempt and return it; None where it is not to be taken now."""
    with transaction.atomic():
        step = _locked(step_id)
        if step is None or step.stands is not StepState.WAITING or step.case.content is None:
            return None
        if step.next_at is None or step.next_at > now():
            return None
        step.attempts += 1
        step.next_at = now() + min(_PAUSE * step.attempts, _LONGEST_PAUSE)
        step.save(update_fields=("attempts", "next_at"))
        return ToTake(
            step_id=step.id,
            content=step.case.content,
            kind=step.does,
            what=step.what,
            reason=ActionReason(step.reason) if step.reason is not None else None,
            at=step.at,
            classified=_classified(step),
            reference=str(step.case_id),
        )


def note_taken(*, step_id: UUID, needless: bool = False, by: Actor) -> None:
    """Note that a step was taken, or that ICCAM's rules leave nothing to do."""
    _end(step_id, StepState.NEEDLESS if needless else StepState.DONE, "", by)


def note_refused(*, step_id: UUID, fault: str, by: Actor) -> None:
    """Note that ICCAM refuses a step: it is not tried again automatically."""
    _end(step_id, StepState.REFUSED, fault, by)


def note_not_taken(*, step_id: UUID, fault: str, by: Actor) -> None:  # noqa: ARG001 - see `take`
    """Note that a step is to be tried again, however long ICCAM is down."""
    IccamStep.objects.filter(id=step_id, state=StepState.WAITING).update(fault=fault[:60])


def _on_each(
    line: str,
    subject: UUID,
    kind: StepKind,
    *,
    what: str = "",
    reason: ActionReason | None = None,
    classified: Classified | None = None,
    by: Actor,
) -> int:
    queued = 0
    for found in queries.open_cases(line=line, subject=subject):
        with transaction.atomic():
            case = IccamCase.objects.select_for_update().get(id=found.id)
            queued += _queue(case, kind, what=what, reason=reason, classified=classified, by=by)
    return queued


def _queue(
    case: IccamCase,
    kind: StepKind,
    *,
    what: str = "",
    reason: ActionReason | None = None,
    classified: Classified | None = None,
    by: Actor,
) -> bool:
    step_id, at = uuid4(), now()
    sealed = b""
    if classified is not None:
        try:
            key = key_of_line(case.line, case.id)
        except KeyForgotten:
            return False
        sealed = key.seal(classified.to_fields(), where=SEALED, row=step_id)
    try:
        with transaction.atomic():
            step = IccamStep.objects.create(
                id=step_id,
                case=case,
                kind=kind,
                what=what,
                reason=None if reason is None else int(reason),
                sealed=sealed,
                at=at,
                next_at=max(at, settled_at(case.exported_at)) if case.exported_at else at,
            )
    except IntegrityError:
        return False
    record(_fact(step), by=by)
    return True


def _end(step_id: UUID, state: StepState, fault: str, by: Actor) -> None:
    with transaction.atomic():
        step = _locked(step_id)
        if step is None or step.stands is not StepState.WAITING:
            return
        step.state, step.fault, step.next_at, step.done_at = state, fault[:60], None, now()
        step.save(update_fields=("state", "fault", "next_at", "done_at"))
        record(_fact(step), by=by)


def _classified(step: IccamStep) -> Classified | None:
    if not step.sealed:
        return None
    key = key_of_line(step.case.line, step.case_id)
    return Classified.from_fields(key.open(step.sealed, where=SEALED, row=step.id))


def _fact(step: IccamStep) -> IccamStepped:
    return IccamStepped(
        subject=step.case_id,
        for_line=Code(step.case.line),
        kind=step.does,
        what=Code(step.what),
        state=step.stands,
    )


def _locked(step_id: UUID) -> IccamStep | None:
    found = IccamStep.objects.select_for_update(of=("self",)).select_related("case")
    return found.filter(id=step_id).first()


# Take in what ICCAM assigns to us: each content once; what cannot be read is skipped and noted.


_DSA_CATEGORY = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
_DSA_KEYWORD = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"


def take_in(*, held: Held, by: Actor) -> bool:
    """Take in a content that ICCAM assigns to us; return whether it was new.

    It goes into the queue of the line that takes in, and its reference goes back to ICCAM.
    """
    if queries.is_taken_in(held.content):
        return False
    try:
        with transaction.atomic():
            case_id, at = uuid4(), now()
            taken = ports.take_in.ask(
                number=f"iccam:{held.content}", statement=_statement(held, at), by=by
            )
            case = IccamCase.objects.create(
                id=case_id,
                direction=Direction.IN,
                line=taken.line,
                subject=taken.content,
                country=held.hosting_country[:2],
                report=held.report,
                content=held.content,
                state=CaseState.TAKEN_IN,
                begun_at=at,
                exported_at=at,
            )
            keep(new_key(taken.line, case_id))
            record(case.moved, by=by)
            refer(case_id=case.id, by=by)
    except IntegrityError:
        return False
    except Refused:
        note_unreadable(number=held.content, by=by)
        return False
    return True


@transaction.atomic
def note_unreadable(*, number: int, by: Actor) -> None:
    """Note that ICCAM names a content that cannot be read: the rest of the list goes on."""
    about = uuid5(NAMESPACE_URL, f"urn:balise:iccam:{number}")
    record(IccamUnreadable(subject=about, number=number), by=by)


def note_read(*, name: str, since: datetime, by: Actor) -> None:  # noqa: ARG001 - names its actor
    """Note that a work list was read whole up to a moment."""
    IccamCursor.objects.update_or_create(name=name, defaults={"since": since})


def _statement(held: Held, at: datetime) -> Statement:
    return Statement(
        address=held.address,
        words=held.memo,
        language="en",
        seen_at=at,
        country=held.hosting_country[:2],
        network=0,
        dsa_category=_DSA_CATEGORY,
        dsa_keyword=_DSA_KEYWORD,
        danger=False,
        classified=held.classified or Classified(classification=Classification.NATIONAL),
    )
