"""What comes round: mails that ask whether all is still right, and that a convention ends."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.places.structures.access import token_of
from balise.awareness.places.structures.actions import freshness
from balise.awareness.places.structures.queries import due
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import day_of
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily


@job()
def look_at_due() -> None:
    """Queue a mail to each structure to be asked, and to each whose convention ends soon."""
    for structure in due.to_ask():
        mail_question.later(structure_id=structure)
    for convention, structure in due.to_renew().items():
        mail_renewal.later(structure_id=structure, convention_id=convention)


@job(outside=True, lane=Lane.MAIL)
def mail_question(structure_id: str) -> None:
    """Ask the contact of a structure, once a month while it is not answered."""
    structure = UUID(structure_id)
    one = due.addressed(structure)
    if one is not None and structure in due.to_ask():
        _mail("awareness/structure-question", one)
        freshness.note_asked(structure_id=structure, by=SYSTEM)


@job(outside=True, lane=Lane.MAIL)
def mail_renewal(structure_id: str, convention_id: int) -> None:
    """Tell the contact of a structure that its convention ends soon, once."""
    one = due.addressed(UUID(structure_id))
    if one is not None and convention_id in due.to_renew():
        _mail("awareness/structure-renewal", one, until=due.ends(convention_id))
        freshness.note_told(convention_id=convention_id, by=SYSTEM)


def settle_confirmed(entries: Sequence[Entry]) -> None:
    """Do what contacts said; in the transaction that moves on."""
    for entry in entries:
        on = day_of(entry.at)
        freshness.settle(structure_id=entry.subject, on=on, by=SYSTEM)


def _mail(template: str, one: due.Addressed, **said: object) -> None:
    """Send a mail; a mailbox that takes none is the coordinator's to find out: the list says it."""
    with override(one.language):
        link = reverse("structures:confirm", args=[token_of(one.contact)])
    try:
        send(
            template,
            to=one.address,
            language=one.language,
            context={
                "centre": settings.CENTRE,
                "name": one.name,
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
                **said,
            },
            message_id=f"structure-{template.rpartition('-')[2]}-{one.structure}",
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise


SCHEDULE = (Daily(time(6, 40), look_at_due),)
