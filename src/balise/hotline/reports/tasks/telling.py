"""Tell partners that a report of theirs changed: a signed POST, until it is taken."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.accounts.actions import partners
from balise.foundation.accounts.queries import webhook_of
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.hotline.reports.models import LINE
from balise.hotline.reports.queries.partners import partners_of
from balise.hotline.reports.rules import webhooks
from balise.hotline.reports.tasks.posting import NotTaken, post

ATTEMPTS = 12  # some six hours


def tell_partners(entries: Sequence[Entry]) -> None:
    """Queue a message to each partner with a report about a content that changed."""
    for entry in entries:
        kind = entry.event.removeprefix("hotline.")
        for partner, report in partners_of(entry.subject):
            tell.later(
                partner=partner, report=report, content=entry.subject, entry=entry.pk, kind=kind
            )


@job(attempts=ATTEMPTS, outside=True)
def tell(partner: str, report: str, content: str, entry: int, kind: str) -> None:
    """Send one message; raise NotTaken until the partner's server answers with a 2xx."""
    webhook = webhook_of(UUID(partner))
    if webhook is None:
        return
    # The same at every attempt, another for each report, and no count of what we write down.
    event_id = UUID(bytes=blind(LINE, "event", f"{entry}:{report}"), version=4)
    body = webhooks.message(
        event_id=event_id,
        kind=kind,
        report=UUID(report),
        content=UUID(content),
        at=Entry.objects.values_list("at", flat=True).get(id=entry),
    )
    signed = webhooks.signature(webhook.secret, body=body, at=now())
    headers = {"Content-Type": "application/json", webhooks.SIGNATURE: signed}
    try:
        post(webhook.address, body=body, headers=headers)
    except NotTaken:
        partners.note_not_taken(partner_id=UUID(partner), by=SYSTEM)
        raise
    partners.note_taken(partner_id=UUID(partner), by=SYSTEM)
