"""A recipient's clock: it has the notice, asks for information, pleads what hinders it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.takedown.notices import access, queries
from balise.takedown.notices.actions.mailing import write
from balise.takedown.notices.actions.sending import set_due
from balise.takedown.notices.events import ClockResumed, ClockStopped, NoticeAcknowledged
from balise.takedown.notices.models import Notice, Pause
from balise.takedown.notices.rules.clocks import Why
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.rules.redress import read_grounds
from balise.takedown.notices.rules.states import Impediment, NoticeState, check_step, goes_on_as

_CLOCK = ("state", "impediment", "goal", "due_at", "ran_out_at", "proposed", "acknowledged_at")


def acknowledge(*, notice_id: UUID, at: datetime | None = None, by: Actor) -> None:
    """Take note that a recipient says it has the notice; a second time changes nothing."""
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.RECORD, by=by)
        check_step("acknowledge", notice.stands)
        _acknowledge(notice, at or now(), by)
        _save(notice, by)


def ask_information(*, notice_id: UUID, at: datetime | None = None, by: Actor) -> None:
    """Take note that a recipient needs information: its clock pauses until it is answered."""
    _stop(notice_id, NoticeState.INFO_ASKED, Why.INFORMATION, "ask-information", at, by)


def plead(
    *, notice_id: UUID, impediment: Impediment, at: datetime | None = None, by: Actor
) -> None:
    """Take note of what hinders a recipient: its clock stops until that is lifted (LCEN, 6-2)."""
    _stop(notice_id, NoticeState.HINDERED, Why(impediment.value), "plead", at, by)


def give_information(*, notice_id: UUID, text: str, by: Actor) -> UUID | None:
    """Answer what a recipient asked, by mail where it takes mail; its clock goes on.

    Returns the mail's id. Refuses an answer without words.
    """
    words = read_grounds(text, least=1)
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("give-information", notice.stands)
        _resume(notice, now(), by)
        return _reply(notice, words, by)


def lift_impediment(
    *, notice_id: UUID, text: str = "", at: datetime | None = None, by: Actor
) -> UUID | None:
    """Take note that what hindered a recipient is gone: its clock starts anew from then.

    With words, they are sent, and the mail's id is returned.
    """
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.SEND, by=by)
        check_step("lift-impediment", notice.stands)
        _resume(notice, at or now(), by)
        return _reply(notice, text.strip(), by) if text.strip() else None


def end_pauses(*, notice: Notice, at: datetime, by: Actor) -> None:  # noqa: ARG001 - an action names its actor
    """End what makes a clock stand still, in the open transaction: its notice has an outcome."""
    for pause in notice.pauses.filter(ended_at__isnull=True):
        pause.ended_at = max(at, pause.began_at)
        pause.save(update_fields=("ended_at",))


def _stop(
    notice_id: UUID, state: NoticeState, why: Why, step: str, at: datetime | None, by: Actor
) -> None:
    with transaction.atomic():
        notice = access.locked(Notice, notice_id, access.RECORD, by=by)
        check_step(step, notice.stands)
        since = at or now()
        end_pauses(notice=notice, at=since, by=by)
        Pause.objects.create(notice=notice, why=why.value, began_at=since)
        notice.state = state.value
        notice.impediment = why.value if why.is_impediment else ""
        notice.ran_out_at, notice.proposed = None, ""
        _acknowledge(notice, since, by)  # who asks or pleads has the notice
        _save(notice, by)
        record(ClockStopped(**notice.facts, why=why), by=by)


def _resume(notice: Notice, at: datetime, by: Actor) -> None:
    pause = notice.pauses.get(ended_at__isnull=True)
    pause.ended_at = max(at, pause.began_at)
    pause.save(update_fields=("ended_at",))
    notice.state = goes_on_as(outcome=notice.came_of_it, reminder_count=notice.reminder_count).value
    notice.impediment = ""
    _save(notice, by)
    seconds = int((pause.ended_at - pause.began_at).total_seconds())
    record(ClockResumed(**notice.facts, why=Why(pause.why), seconds=seconds), by=by)


def _acknowledge(notice: Notice, at: datetime, by: Actor) -> None:
    if notice.acknowledged_at is not None or notice.sent_at is None:
        return
    notice.acknowledged_at = max(at, notice.sent_at)
    seconds = int((notice.acknowledged_at - notice.sent_at).total_seconds())
    record(NoticeAcknowledged(**notice.facts, seconds=seconds), by=by)


def _save(notice: Notice, by: Actor) -> None:
    if notice.ran_out_at is None:
        set_due(notice=notice, customs=queries.customs_for(notice.contact_id), by=by)
    notice.save(update_fields=_CLOCK)


def _reply(notice: Notice, words: str, by: Actor) -> UUID | None:
    if notice.contact.contact_kind.by_hand or not notice.contact.is_open:
        return None
    mailing = write(
        line=notice.line,
        contact_id=notice.contact_id,
        kind=MailingKind.REPLY,
        notices=[notice],
        words={"text": words},
        by=by,
    )
    return mailing.id
