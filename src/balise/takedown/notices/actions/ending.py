"""What came of a notice: told by the host, seen by the watch, or given up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.clocking import end_pauses
from balise.takedown.notices.actions.drafting import AlreadyNotified
from balise.takedown.notices.actions.mailing import lock
from balise.takedown.notices.actions.sending import set_due, set_proposed
from balise.takedown.notices.events import (
    MailFailed,
    NoticeFailed,
    NoticeWithdrawn,
    OutcomeRecorded,
)
from balise.takedown.notices.models import Mailing, Notice
from balise.takedown.notices.rules.mails import ABOUT_NOTICES, MailingKind, MailingState
from balise.takedown.notices.rules.states import (
    CLOSED,
    OPEN,
    WAITING,
    Account,
    Failure,
    Impediment,
    NoticeState,
    Outcome,
    check_not_being_sent,
    check_step,
    state_after,
)

_ENDED = (
    *("state", "outcome", "account", "impediment", "closed_at", "closed_by"),
    *("acknowledged_at", "decided_at", "goal", "due_at", "round_from", "ran_out_at", "proposed"),
)

_BOUNCED = ("state", "sent_at", "failure", "due_at", "ran_out_at", "proposed")


def record_outcome(
    *,
    notice_id: UUID,
    outcome: Outcome,
    account: Account = Account.UNTOUCHED,
    impediment: Impediment = Impediment.NONE,
    at: datetime | None = None,
    by: Actor,
) -> None:
    """Write down what a host did, and when (now, unless told); refuse a notice that never left.

    It may come late, when the notice was closed as refused or without an answer. What then goes on
    has its clock start once more; refuses (AlreadyNotified) that beside another open notice about
    the content to the same contact.

    `account` is what it decided about the account beside the content, `impediment` the ground that
    it gives for not acting.
    """
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.RECORD, by=by)
        check_step("outcome", notice.stands)
        notice.account = _account(outcome, account).value
        _end(notice, outcome, impediment, at or now(), by)


def note_removed(*, line: str, subject: UUID, at: datetime, by: Actor) -> int:
    """End the notices that wait about a content which is gone; return how many there were."""
    ended = 0
    for waiting in queries.waiting_about(line=line, subject=subject):
        with transaction.atomic():
            notice = Notice.locked(waiting.id)
            access.require(by, access.RECORD, line=notice.line)
            if notice.stands in WAITING:
                _end(notice, Outcome.REMOVED, Impediment.NONE, at, by)
                ended += 1
    return ended


def withdraw(*, notice_id: UUID, by: Actor) -> None:
    """Give a notice up: it is not sent, or nothing more is expected of it.

    Refuses (WrongState) one that is at a mail server this moment.
    """
    access.require_ability(by, access.SEND)
    with transaction.atomic():
        found, leaving = lock(notices=Notice.objects.filter(id=notice_id), by=by)
        if not found:
            raise NotHere
        notice = found[0]
        access.require(by, access.SEND, line=notice.line)
        check_step("withdraw", notice.stands)
        check_not_being_sent(is_handed_over=notice.id in leaving)
        end_pauses(notice=notice, at=now(), by=by)
        notice.state, notice.closed_at = NoticeState.WITHDRAWN.value, now()
        notice.closed_by = by.key
        notice.goal, notice.due_at, notice.ran_out_at, notice.proposed = "", None, None, ""
        notice.save(update_fields=_ENDED)
        record(NoticeWithdrawn(**notice.facts), by=by)


def note_bounced(*, mailing_id: UUID, by: Actor) -> int:
    """Take note that a mail came back (RFC 3464); return how many notices that changed.

    Notices reached nobody. After a reminder, the next rung is proposed. Any other mail is shown as
    failed, and its notices stay as they are, as do notices that were answered otherwise.
    """
    with transaction.atomic():
        mailing = access.locked(Mailing, mailing_id, access.RECORD, by=by)
        if mailing.stands is not MailingState.SENT:
            return 0
        mailing.state, mailing.sent_at = MailingState.FAILED.value, None
        mailing.failure = Failure.BOUNCED.value
        mailing.save(update_fields=("state", "sent_at", "failure"))
        if mailing.mailing_kind not in ABOUT_NOTICES:
            failed = MailFailed(
                subject=mailing.id, for_line=Code(mailing.line), failure=Failure.BOUNCED
            )
            record(failed, by=by)
            return 0
        bounced = 0
        for mention in queries.notices_in(mailing):
            notice = Notice.locked(mention.id)
            if notice.stands not in {NoticeState.SENT, NoticeState.REMINDED}:
                continue
            notice.failure = Failure.BOUNCED.value
            if mailing.mailing_kind is MailingKind.REMINDER:
                set_proposed(notice=notice, by=by)
            else:
                # Nobody has it: when it was sent is in the journal.
                notice.state, notice.sent_at, notice.due_at = NoticeState.FAILED.value, None, None
                notice.ran_out_at, notice.proposed = None, ""
            notice.save(update_fields=_BOUNCED)
            record(NoticeFailed(**notice.facts, failure=Failure.BOUNCED), by=by)
            bounced += 1
    return bounced


def _end(notice: Notice, outcome: Outcome, impediment: Impediment, at: datetime, by: Actor) -> None:
    sent_at = notice.sent_at or at
    running = queries.running_seconds(notice, at)
    end_pauses(notice=notice, at=at, by=by)
    state = state_after(outcome)
    notice.state, notice.outcome = state.value, outcome.value
    notice.impediment = impediment.value
    if notice.closed_at is not None and state not in CLOSED:
        _check_may_go_on(notice)
        notice.round_from = now()
    notice.closed_at = at if state in CLOSED else None
    notice.closed_by = by.key if state in CLOSED else ""
    notice.ran_out_at, notice.proposed = None, ""
    if outcome.is_decision and notice.decided_at is None:
        notice.decided_at = max(at, sent_at)
        notice.acknowledged_at = notice.acknowledged_at or notice.decided_at
    set_due(notice=notice, customs=queries.customs_for(notice.contact_id), by=by)
    if state in {NoticeState.REFUSED, NoticeState.UNANSWERED}:
        step = queries.proposed_step(notice)
        notice.proposed = step.rung.value if step is not None else ""
        notice.ran_out_at = now() if step is not None else None
    notice.save(update_fields=_ENDED)
    fact = OutcomeRecorded(
        **notice.facts,
        outcome=outcome,
        account=notice.account_was,
        impediment=impediment,
        dsa_category=Code(queries.offence_of(notice).dsa_category),
        urgency=notice.how_urgent,
        rung=notice.on_rung,
        seconds=max(0, int((at - sent_at).total_seconds())),
        running_seconds=running,
    )
    record(fact, by=by)


def _check_may_go_on(notice: Notice) -> None:
    """Refuse to open a notice again beside one that has taken its place."""
    same = Notice.objects.filter(line=notice.line, subject=notice.subject, contact=notice.contact)
    if same.filter(state__in=sorted(OPEN)).exclude(id=notice.id).exists():
        raise AlreadyNotified(
            _("This contact point already has an open notice about this content: enter it there.")
        )


def _account(outcome: Outcome, given: Account) -> Account:
    """Return what became of the account: an outcome may say it already."""
    return {
        Outcome.ACCOUNT_SUSPENDED: Account.SUSPENDED,
        Outcome.ACCOUNT_TERMINATED: Account.TERMINATED,
    }.get(outcome, given)
