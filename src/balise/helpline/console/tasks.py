"""Supervisors are told at once of an immediate danger, whoever declared it."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.helpline.console import access
from balise.helpline.queue.events import DangerDeclared
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import Risk
from balise.helpline.telephony import queries as telephony


def page_supervisors(entries: Sequence[Entry]) -> None:
    """Queue a mail to each supervisor when a danger is declared, the first time or anew.

    Or when someone asks to be called back and their words tell of it: their time may be hours away.
    Not for one that a listener only confirms: they were told before.
    """
    for entry in entries:
        if entry.event == DangerDeclared.name or entry.facts.get("risk") == Risk.A.value:
            for account_id in accounts.holders_of(access.SUPERVISE):
                mail_supervisor.later(
                    item_id=str(entry.subject), account_id=str(account_id), entry=entry.id
                )


@job(outside=True, priority=100, lane=Lane.URGENT)
def mail_supervisor(item_id: str, account_id: str, entry: int = 0) -> None:
    """Mail one supervisor of an item or a call-back, unless it is over. No word of anyone."""
    address = accounts.address_of(UUID(account_id))
    about = UUID(item_id)
    is_over = not dangers.is_on(about) and not telephony.is_later_in_danger(about)
    if not address or is_over:
        return
    try:
        send(
            "helpline/danger",
            to=address,
            language=settings.LANGUAGE_CODE,
            context={
                "centre": settings.CENTRE,
                "link": f"{settings.PUBLIC_ADDRESS}/staff/helpline/wallboard/",
            },
            message_id=f"danger-{item_id}-{entry}-{account_id}",
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
