"""Send what is on its way, remind once, and hear what the watch saw."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.takedown.notices import queries
from balise.takedown.notices.actions import ending, sending
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.queries.wording import Wording
from balise.takedown.notices.rules.letters import message_id
from balise.takedown.notices.rules.states import Failure

# More than a notice's own attempts: the last ones tell a dead worker's mail from one under way.
_ATTEMPTS = sending.MAX_ATTEMPTS + 6

# smtplib's word for a server that fell silent in the dialogue, perhaps after it took the mail.
_LOST_ON_THE_WAY = SMTPServerDisconnected.__name__


def send_queued(entries: Sequence[Entry]) -> None:
    """Have each notice sent that someone has just put on its way."""
    for entry in entries:
        send_notice.later(notice_id=entry.subject)


def end_gone(entries: Sequence[Entry]) -> None:
    """End the notices about contents that the watch no longer finds, since its first look."""
    for entry in entries:
        ending.note_removed(
            line=entry.facts["for_line"],
            subject=entry.subject,
            at=datetime.fromisoformat(entry.facts["gone_at"]),
            by=SYSTEM,
        )


@job(attempts=_ATTEMPTS, outside=True)
def send_notice(notice_id: str) -> None:
    """Send one notice, if it still waits to be sent."""
    notice = UUID(notice_id)
    opened = sending.hand_over(notice_id=notice, by=SYSTEM)
    if opened is not None:
        _mail(opened, opened.wording)


@job(attempts=_ATTEMPTS, outside=True)
def send_reminder(notice_id: str) -> None:
    """Remind a host of one notice, if it still waits for an answer."""
    notice = UUID(notice_id)
    opened = sending.hand_over(notice_id=notice, reminder=True, by=SYSTEM)
    if opened is not None:
        _mail(opened, queries.reminder_of(opened), reminder=True)


@job(attempts=1)
def remind_due() -> None:
    """Have the reminders sent whose time has come."""
    for notice_id in sending.claim_due_reminders(by=SYSTEM):
        send_reminder.later(notice_id=notice_id)


def _mail(opened: OpenedNotice, wording: Wording, *, reminder: bool = False) -> None:
    """Speak to the mail server once, and write down what became of it."""
    notice = opened.notice
    try:
        send(
            "takedown/notice",
            to=notice.contact.address,
            language=notice.contact.organisation.language,
            context={"wording": wording},
            message_id=message_id(notice.id, reminder=reminder),
            reply_to=[settings.CENTRE.notice_email],
        )
    except MailRefused as refusal:
        if sending.note_not_taken(
            notice_id=notice.id, why=_why(refusal), reminder=reminder, by=SYSTEM
        ):
            raise
    else:
        sending.note_taken(notice_id=notice.id, reminder=reminder, by=SYSTEM)


def _why(refusal: MailRefused) -> Failure:
    if refusal.permanent:
        return Failure.REFUSED
    return Failure.IN_DOUBT if _LOST_ON_THE_WAY in refusal.reason else Failure.UNREACHABLE


SCHEDULE = (Every(timedelta(minutes=15), remind_due),)
