"""Export, act and take in, as far as ICCAM is configured; everything waits while it is down."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.takedown.onward.exchange.actions.iccam import exporting, stepping
from balise.takedown.onward.exchange.actions.iccam.stepping import ToTake
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.iccam import bodies, fields
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState, StepKind, may_assess
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType, FieldFaulty
from balise.takedown.onward.exchange.tasks.iccam.client import (
    Iccam,
    InDoubt,
    NotSent,
    Rejected,
    connection,
)

ASSIGNED = "assigned"
_LOOKS_BACK = timedelta(days=30)
# A content may be assigned a little later than its moment says: the lists overlap.
_OVERLAP = timedelta(hours=1)


def export_queued(entries: Sequence[Entry]) -> None:
    """Queue the exports that someone has just asked for."""
    for entry in entries:
        if entry.facts["state"] == CaseState.QUEUED:
            export.later(case_id=entry.subject)


@job(attempts=1, outside=True)
def export(case_id: str) -> None:
    """Export one content, if it still waits; its own row says when it is tried again."""
    if not queries.is_on():
        return
    case = UUID(case_id)
    one = exporting.hand_over(case_id=case, by=SYSTEM)
    if one is None:
        return
    try:
        receipt = connection().post_report(one)
    except NotSent as error:
        exporting.note_not_sent(case_id=case, fault=str(error), by=SYSTEM)
    except InDoubt as error:
        exporting.note_in_doubt(case_id=case, fault=str(error), by=SYSTEM)
    except Rejected as error:
        exporting.note_refused(case_id=case, fault=str(error), by=SYSTEM)
    else:
        exporting.note_exported(case_id=case, receipt=receipt, by=SYSTEM)


@job(attempts=1)
def work_due() -> None:
    """Queue the exports and steps that are due."""
    if not queries.is_on():
        return
    for case_id in queries.due_exports():
        export.later(case_id=case_id)
    for step_id in queries.due_steps():
        take_step.later(step_id=step_id)


@job(attempts=1, outside=True)
def take_step(step_id: str) -> None:
    """Do one step: look at the content in ICCAM first, so that nothing is done twice."""
    if not queries.is_on():
        return
    step = stepping.take(step_id=UUID(step_id), by=SYSTEM)
    if step is None:
        return
    try:
        done = _take(connection(), step)
    except (NotSent, InDoubt, FieldFaulty) as error:  # it is looked at again before it is done
        stepping.note_not_taken(step_id=step.step_id, fault=str(error), by=SYSTEM)
    except Rejected as error:
        stepping.note_refused(step_id=step.step_id, fault=str(error), by=SYSTEM)
    else:
        stepping.note_taken(step_id=step.step_id, needless=not done, by=SYSTEM)


@job(attempts=1, outside=True)
def take_in_assigned() -> None:
    """Take in what ICCAM assigns to us. The cursor moves on only after the whole of the list."""
    if not queries.is_on():
        return
    begun = now()
    since = queries.since(ASSIGNED, default=begun - _LOOKS_BACK)
    try:
        numbers = connection().assigned(since=since)
        for number in numbers:
            _take_in(number)
    except (NotSent, InDoubt, Rejected, FieldFaulty):
        return  # the same list is asked for again
    if len(numbers) < bodies.MOST_RESULTS:
        stepping.note_read(name=ASSIGNED, since=begun - _OVERLAP, by=SYSTEM)


def _take_in(number: int) -> None:
    if queries.is_taken_in(number):
        return
    try:
        held = connection().content(number)
    except (FieldFaulty, Rejected):
        stepping.note_unreadable(number=number, by=SYSTEM)
        return
    stepping.take_in(held=held, by=SYSTEM)


def _take(iccam: Iccam, step: ToTake) -> bool:
    """Do what a step says, unless ICCAM has it already; return whether there was anything to do."""
    held = iccam.content(step.content)
    match step.kind:
        case StepKind.ASSESS:
            if step.classified is None or not may_assess(
                held, step.classified, home=settings.COUNTRY
            ):
                return False
            body = fields.write_assessment(step.classified, analyst="")
            iccam.put_assessment(step.content, body)
        case StepKind.ACT:
            action = ActionType(int(step.what))
            if int(action) in held.actions:
                return False
            body = bodies.action_body(action, at=step.at, reason=step.reason)
            iccam.post_action(step.content, body)
        case StepKind.MOVE:
            if held.assigned_country.upper() == step.what.upper():
                return False
            iccam.put_country(step.content, step.what)
        case StepKind.REFER:
            if held.reference == step.reference:
                return False
            iccam.put_reference(step.content, step.reference)
    return True


SCHEDULE = (
    Every(timedelta(minutes=1), work_due),
    Every(timedelta(minutes=15), take_in_assigned),
)
