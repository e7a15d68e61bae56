"""What came of a notice: told by the host, seen by the watch, or given up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.notices import access, queries
from balise.takedown.notices.events import NoticeWithdrawn, OutcomeRecorded
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.states import (
    CLOSED,
    WAITING,
    Impediment,
    Outcome,
    State,
    check_not_being_sent,
    check_step,
)


def record_outcome(
    *,
    notice_id: UUID,
    outcome: Outcome,
    impediment: Impediment = Impediment.NONE,
    at: datetime | None = None,
    by: Actor,
) -> None:
    """Write down what a host did, and when (now, unless told); refuse a notice that never left.

    `impediment` is the ground that the host gives for not acting.
    """
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        access.require(by, access.RECORD, line=notice.line)
        check_step("outcome", notice.stands)
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
    """Give a notice up: it is not sent, or nothing more is expected of it."""
    with transaction.atomic():
        notice = Notice.locked(notice_id)
        access.require(by, access.SEND, line=notice.line)
        check_step("withdraw", notice.stands)
        check_not_being_sent(is_handed_over=notice.handed_at is not None)
        notice.state, notice.closed_at, notice.due_at = State.WITHDRAWN.value, now(), None
        notice.save(update_fields=("state", "closed_at", "due_at"))
        record(NoticeWithdrawn(**notice.facts), by=by)


def _end(notice: Notice, outcome: Outcome, impediment: Impediment, at: datetime, by: Actor) -> None:
    sent_at = notice.sent_at or at
    notice.state, notice.outcome = outcome.state.value, outcome.value
    notice.impediment, notice.due_at = impediment.value, None
    notice.closed_at = at if outcome.state in CLOSED else None
    notice.save(update_fields=("state", "outcome", "impediment", "due_at", "closed_at"))
    fact = OutcomeRecorded(
        **notice.facts,
        outcome=outcome,
        impediment=impediment,
        dsa_category=Code(queries.offence_of(notice).dsa_category),
        seconds=max(0, int((at - sent_at).total_seconds())),
    )
    record(fact, by=by)
