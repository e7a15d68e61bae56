"""The state of a case: taken up, closed with how it ended, reopened."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.cases import access
from balise.helpline.cases.events.files import CaseEnded, CaseMoved
from balise.helpline.cases.models.files import Case
from balise.helpline.cases.queries import files as queries
from balise.helpline.cases.rules.files import (
    CaseOutcome,
    CaseState,
    check_step,
)


def move(*, case_id: UUID, to: CaseState, outcome: CaseOutcome | None = None, by: Actor) -> None:
    """Take a case up, close it with its outcome, or reopen it; refuses any other step."""
    access.require(by, access.WORK)
    with transaction.atomic():
        case = Case.locked(case_id)
        queries.require_on(case.id, who=by)
        if case.state == to:
            return
        check_step(case.state, to, outcome=outcome or "")
        moment = now()
        case.state, case.changed_at = to, moment
        if to is CaseState.CLOSED and outcome is not None:
            case.closed_at, case.outcome = moment, outcome
            days = max((moment - case.opened_at).days, 0)
            record(CaseEnded(subject=case.id, outcome=outcome, days=days), by=by)
        else:
            case.closed_at, case.outcome = None, ""
            record(CaseMoved(subject=case.id, to=to), by=by)
        case.save(update_fields=("state", "changed_at", "closed_at", "outcome"))
