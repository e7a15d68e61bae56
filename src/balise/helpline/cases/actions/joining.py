"""The members of a case: members add colleagues; others use emergency access, with a reason."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.helpline.cases import access
from balise.helpline.cases.events import (
    CaseEnded,
    CaseJoined,
    CaseLeft,
    CaseMoved,
    GlassBroken,
    GlassSeen,
)
from balise.helpline.cases.models import LINE, REASONED, Case, Glass, Member
from balise.helpline.cases.queries import files as queries
from balise.helpline.cases.rules.files import (
    GLASS_LASTS,
    CaseOutcome,
    CaseState,
    ColleagueUnknown,
    Via,
    check_step,
    read_reason,
)


def add(*, case_id: UUID, account: str, by: Actor) -> None:
    """Add a colleague to a case of which one is a member; an existing member stays."""
    access.require(by, access.WORK)
    with transaction.atomic():
        case = Case.locked(case_id)
        queries.require_on(case.id, who=by)
        if account not in dict(queries.colleagues(case.id, seen_by=by)):
            raise ColleagueUnknown(_("Choose a colleague who is not on the case yet."))
        Member.objects.create(case=case, account=account, via=Via.ADDED, since=now())
        record(CaseJoined(subject=case.id, account=UUID(account), via=Via.ADDED), by=by)


def leave(*, case_id: UUID, by: Actor) -> None:
    """Leave a case; its last member stays, or adds a colleague first."""
    access.require(by, access.WORK)
    with transaction.atomic():
        case = Case.locked(case_id)
        if not queries.is_on(case.id, who=by):
            return
        if case.members.count() == 1:
            raise ColleagueUnknown(_("Add a colleague to the case first: nobody else is on it."))
        case.members.filter(account=by.key).delete()
        record(CaseLeft(subject=case.id, account=UUID(by.key)), by=by)


def break_glass(*, case_id: UUID, reason: str, by: Actor) -> None:
    """Use emergency access to a case for some hours. Supervisors are told; the case shows it."""
    access.require(by, access.BREAK_GLASS)
    words = read_reason(reason)
    with transaction.atomic():
        case = Case.locked(case_id)
        if queries.is_on(case.id, who=by) or queries.glass_until(case.id, who=by):
            return
        moment, glass_id = now(), uuid4()
        key = key_of_line(LINE, case.id)
        Glass.objects.create(
            id=glass_id,
            case=case,
            account=by.key,
            at=moment,
            ends_at=moment + GLASS_LASTS,
            sealed=key.seal({"text": words}, where=REASONED, row=glass_id),
        )
        record(GlassBroken(subject=case.id), by=by)


def see_glass(*, glass_id: UUID, by: Actor) -> str:
    """Return why someone broke the glass, to a supervisor; another than them has now seen it."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = Glass.locked(glass_id)
        if one.account != by.key and one.seen_at is None:
            one.seen_by, one.seen_at = by.key, now()
            one.save(update_fields=("seen_by", "seen_at"))
        record(GlassSeen(subject=one.case_id), by=by)
    key = key_of_line(LINE, one.case_id)
    return str(key.open(bytes(one.sealed), where=REASONED, row=one.id)["text"])


# The state of a case: taken up, closed with how it ended, reopened.


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
