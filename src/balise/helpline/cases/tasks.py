"""Supervisors are told at once that someone broke the glass of a file."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.helpline.cases import access
from balise.helpline.cases.rules.files import reference


def tell_of_glass(entries: Sequence[Entry]) -> None:
    """Put a mail in the queue for each supervisor but the one who broke it."""
    for entry in entries:
        for account_id in accounts.holders_of(access.SUPERVISE):
            if str(account_id) != entry.actor_key:
                mail_of_glass.later(
                    case_id=str(entry.subject), account_id=str(account_id), entry_id=entry.id
                )


@job(outside=True)
def mail_of_glass(case_id: str, account_id: str, entry_id: int) -> None:
    """Mail one supervisor that a file was read by someone who is not on it; no word of anyone."""
    _mail(
        "helpline/glass",
        account_id,
        message_id=f"glass-{entry_id}-{account_id}",
        reference=reference(UUID(case_id).hex),
    )


def _mail(template: str, account_id: str, *, message_id: str, **context: object) -> None:
    address = accounts.address_of(UUID(account_id))
    if not address:
        return
    try:
        send(
            template,
            to=address,
            language=settings.LANGUAGE_CODE,
            context={
                "centre": settings.CENTRE,
                "link": f"{settings.PUBLIC_ADDRESS}/staff/helpline/cases/",
                **context,
            },
            message_id=message_id,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
