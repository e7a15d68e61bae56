"""What the worker does for briefings: asks whether an address is theirs, mails an edition, once."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.partnership.trends.access import briefing_token, reader_token
from balise.awareness.partnership.trends.actions import readers
from balise.awareness.partnership.trends.documents import papers
from balise.awareness.partnership.trends.events import ReaderLeft
from balise.awareness.partnership.trends.queries import briefings
from balise.awareness.partnership.trends.queries.briefings import Addressed
from balise.foundation.actors import SYSTEM
from balise.foundation.finding import there
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import Attachment, MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


def ask_to_confirm(entries: Sequence[Entry]) -> None:
    """Queue a mail to each address that was left."""
    for entry in entries:
        mail_confirmation.later(reader_id=entry.subject)


def settle_readers(entries: Sequence[Entry]) -> None:
    """Do what bearers of links said; in the transaction that moves on."""
    for entry in entries:
        has_left = entry.event == ReaderLeft.name
        readers.settle(reader=entry.subject, left=has_left, by=SYSTEM)


def tell_readers(entries: Sequence[Entry]) -> None:
    """Queue a mail to each who receives briefings, for the edition that was sent."""
    for entry in entries:
        number = int(entry.facts["number"])
        for reader in briefings.to_tell(number):
            mail_edition.later(reader_id=reader, number=number)


@job(outside=True, lane=Lane.MAIL)
def mail_confirmation(reader_id: str) -> None:
    """Ask someone whether the address is theirs."""
    one = briefings.to_confirm(UUID(reader_id))
    if one is not None:
        _mail("awareness/briefings", one, message_id=f"briefings-{reader_id}")


@job(outside=True, lane=Lane.MAIL)
def mail_edition(reader_id: str, number: int) -> None:
    """Send an edition to someone, once."""
    one = briefings.to_write(UUID(reader_id), number=number)
    if one is None:
        return
    found = briefings.edition_of(number)
    told = there(found.told)
    with override(found.language):
        page = reverse("trends:briefing", args=[briefing_token(found.id)])
    paper = Attachment(f"briefing-{number}.pdf", papers.briefing(told), "application/pdf")
    if _mail(
        "awareness/briefing",
        one,
        message_id=f"briefing-{number}-{reader_id}",
        attachments=(paper,),
        number=number,
        title=told["title"],
        page=f"{settings.PUBLIC_ADDRESS}{page}",
    ):
        readers.note_told(reader=one.id, number=number, by=SYSTEM)


def _mail(
    template: str,
    one: Addressed,
    *,
    message_id: str,
    attachments: Sequence[Attachment] = (),
    **said: object,
) -> bool:
    """Return whether it left; an address that takes no mail is forgotten."""
    with override(one.language):
        link = reverse("trends:news", args=[reader_token(one.id)])
    try:
        send(
            template,
            to=one.address,
            language=one.language,
            context={
                "centre": settings.CENTRE,
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
                **said,
            },
            message_id=message_id,
            attachments=attachments,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        readers.settle(reader=one.id, left=True, by=SYSTEM)
        return False
    return True
