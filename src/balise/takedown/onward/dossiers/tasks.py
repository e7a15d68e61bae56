"""Pack what was approved, mail what is queued, note what is overdue, end holds that are over."""

from collections.abc import Sequence
from datetime import time, timedelta
from smtplib import SMTPServerDisconnected
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.timestamps import dating
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import Attachment, MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Daily, Every
from balise.takedown.onward.dossiers import queries
from balise.takedown.onward.dossiers.actions import ending, handing, holding, packing
from balise.takedown.onward.dossiers.actions.handing import Mailing
from balise.takedown.onward.dossiers.rules.states import Failure

# More than a mail's own attempts: the last ones tell a dead worker's mail from one under way.
_ATTEMPTS = handing.MAX_ATTEMPTS + 6

# smtplib's word for a server that fell silent in the dialogue, perhaps after it took the mail.
_LOST_ON_THE_WAY = SMTPServerDisconnected.__name__


def pack_approved(entries: Sequence[Entry]) -> None:
    """Queue the packing of each dossier that someone has just approved."""
    for entry in entries:
        pack_dossier.later(dossier_id=entry.subject)


def mail_queued(entries: Sequence[Entry]) -> None:
    """Queue the mail of each dossier that someone has just sent."""
    for entry in entries:
        mail_dossier.later(dossier_id=entry.subject)


@job(attempts=8, outside=True)
def pack_dossier(dossier_id: str) -> None:
    """Pack one dossier, with a timestamp where the centre has an authority for it."""
    packing.pack(dossier_id=UUID(dossier_id), dating=dating(), by=SYSTEM)


@job(attempts=_ATTEMPTS, outside=True)
def mail_dossier(dossier_id: str) -> None:
    """Mail one dossier, if it still waits to be mailed."""
    dossier = UUID(dossier_id)
    mailing = handing.claim_mail(dossier_id=dossier, by=SYSTEM)
    if mailing is not None:
        _mail(dossier, mailing)


@job(attempts=1)
def note_overdue() -> None:
    """Mark what the authorities should have acknowledged by now."""
    ending.note_overdue(by=SYSTEM)


@job(attempts=1)
def pack_left() -> None:
    """Queue the packing of dossiers that were left: the timestamp authority may be back."""
    for dossier_id in queries.unpacked():
        pack_dossier.later(dossier_id=dossier_id)


@job(attempts=3)
def lift_expired() -> None:
    """Lift the holds whose day has come."""
    holding.lift_expired(by=SYSTEM)


def _mail(dossier_id: UUID, mailing: Mailing) -> None:
    """Speak to the mail server once, and write down what became of it."""
    try:
        send(
            "takedown/dossier",
            to=mailing.to,
            language=mailing.language,
            context={"number": mailing.number, "centre": settings.CENTRE},
            message_id=f"dossier.{mailing.number}",
            attachments=[
                Attachment(mailing.package.name, mailing.package.octets, "application/zip")
            ],
            reply_to=[settings.CENTRE.notice_email],
        )
    except MailRefused as refusal:
        if handing.note_not_mailed(dossier_id=dossier_id, why=_why(refusal), by=SYSTEM):
            raise
    else:
        handing.note_mailed(dossier_id=dossier_id, by=SYSTEM)


def _why(refusal: MailRefused) -> Failure:
    if refusal.permanent:
        return Failure.REFUSED
    return Failure.IN_DOUBT if _LOST_ON_THE_WAY in refusal.reason else Failure.UNREACHABLE


SCHEDULE = (
    Every(timedelta(hours=1), note_overdue),
    Every(timedelta(hours=1), pack_left),
    Daily(time(0, 5), lift_expired),
)
