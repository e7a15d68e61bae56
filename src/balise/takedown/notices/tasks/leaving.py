"""Gather what waits for one recipient into mails, and send each mail once."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.takedown.notices import queries
from balise.takedown.notices.actions import mailing
from balise.takedown.notices.rules.states import Failure

# More than a mail's own attempts: the last ones tell a dead worker's mail from one under way.
_ATTEMPTS = mailing.MAX_ATTEMPTS + 6
# Long enough for the transaction that wrote a mail to have it sent.
_LEFT_BEHIND = timedelta(minutes=2)

# smtplib's word for a server that fell silent in the dialogue, perhaps after it took the mail.
_LOST_ON_THE_WAY = SMTPServerDisconnected.__name__


def send_queued(entries: Sequence[Entry]) -> None:
    """Send the notices that someone has just queued, where they need not wait for others."""
    del entries  # the time decides which notices may leave now
    _gather_ready()


def gather_released(entries: Sequence[Entry]) -> None:
    """Queue the notices that are no longer on hold."""
    del entries
    _gather_ready()


def send_written(entries: Sequence[Entry]) -> None:
    """Send what people have just written to recipients: replies, retractions, rulings."""
    del entries
    _send_left_behind(timedelta())


@job(attempts=4)
def gather(contact_id: str, line: str) -> None:
    """Put what waits for one recipient into mails, and queue each."""
    for mailing_id in mailing.gather(contact_id=UUID(contact_id), line=line, by=SYSTEM):
        send_mailing.later(mailing_id=mailing_id)


@job(attempts=1)
def gather_due() -> None:
    """Queue the notices whose moment has come, and mails that were left behind."""
    _gather_ready()
    _send_left_behind(_LEFT_BEHIND)


@job(attempts=_ATTEMPTS, outside=True, lane=Lane.HOSTS)
def send_mailing(mailing_id: str) -> None:
    """Send one mail, if it still waits to be sent."""
    composed = mailing.hand_over(mailing_id=UUID(mailing_id), by=SYSTEM)
    if composed is None:
        return
    try:
        send(
            "takedown/notice",
            to=composed.to,
            language=composed.language,
            context={"wording": composed.wording},
            message_id=composed.message_id,
            reply_to=[composed.reply_to],
        )
    except MailRefused as refusal:
        if mailing.note_not_taken(mailing_id=UUID(mailing_id), why=_why(refusal), by=SYSTEM):
            raise
    else:
        mailing.note_taken(mailing_id=UUID(mailing_id), by=SYSTEM)


def _gather_ready() -> None:
    for contact_id, line in queries.ready_to_leave():
        gather.later(contact_id=contact_id, line=line)


def _send_left_behind(older_than: timedelta) -> None:
    for mailing_id in queries.mails_left_behind(older_than=older_than):
        send_mailing.later(mailing_id=mailing_id)


def _why(refusal: MailRefused) -> Failure:
    if refusal.permanent:
        return Failure.REFUSED
    return Failure.IN_DOUBT if _LOST_ON_THE_WAY in refusal.reason else Failure.UNREACHABLE


SCHEDULE = (Every(timedelta(minutes=1), gather_due),)
