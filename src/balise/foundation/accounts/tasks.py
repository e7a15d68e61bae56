"""What the worker does for accounts: send the links, and sweep what has expired."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import links, queries
from balise.foundation.accounts.actions import people, signing_in
from balise.foundation.accounts.rules import INVITATION_LASTS
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily


def mail_invitations(entries: Sequence[Entry]) -> None:
    """Queue a mail for each link that was made."""
    for entry in entries:
        send_invitation.later(invitation_id=entry.facts["invitation"])


@job(outside=True, lane=Lane.MAIL)
def send_invitation(invitation_id: str) -> None:
    """Send a link, unless it was used, replaced or has expired since.

    The link is signed here: no table and no queue holds it.
    """
    invitation = queries.open_invitation(UUID(invitation_id))
    if invitation is None:
        return
    try:
        send(
            "accounts/invitation",
            to=invitation.account.email,
            language=settings.LANGUAGE_CODE,
            context={
                "centre": settings.CENTRE,
                "name": invitation.account.name,
                "link": links.address_of(invitation.id),
                "hours": int(INVITATION_LASTS.total_seconds() // 3600),
            },
            message_id=f"invitation-{invitation.id}",
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        people.note_undelivered(invitation_id=invitation.id, by=SYSTEM)


@job()
def note_failed_sign_in(account_id: str | None) -> None:
    """Write down a wrong password for an account that exists; the others leave no trace.

    Later, and not while the stranger waits: a known name takes as long to refuse as an unknown one.
    """
    if account_id is not None:
        signing_in.note_failure(account_id=UUID(account_id), factor="password", by=ANYONE)


@job(attempts=2)
def sweep_expired() -> None:
    """Delete sessions and links that are over."""
    signing_in.sweep_expired(by=SYSTEM)


SCHEDULE = (Daily(time(4, 10), sweep_expired),)
