"""What the worker writes to who asked for an intervention: its day, and how it was."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.places.fieldwork.access import token_of
from balise.awareness.places.fieldwork.actions import asking
from balise.awareness.places.fieldwork.queries import interventions
from balise.awareness.places.fieldwork.rules.visits import VisitState
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


def tell_day(entries: Sequence[Entry]) -> None:
    """Queue a mail to who asked for what has a day now."""
    for entry in entries:
        mail_day.later(intervention_id=entry.subject, day=str(entry.facts["day"]))


def ask_how_it_was(entries: Sequence[Entry]) -> None:
    """Queue a mail to who asked for what took place."""
    for entry in entries:
        mail_after.later(intervention_id=entry.subject)


@job(outside=True, lane=Lane.MAIL)
def mail_day(intervention_id: str, day: str) -> None:
    """Say on which day it is; not where it has another by now."""
    found = interventions.to_write(UUID(intervention_id), state=VisitState.PLANNED)
    if found is not None and str(found.day) == day:
        _mail("awareness/visit-planned", found, intervention_id, f"visit-{day}-{intervention_id}")


@job(outside=True, lane=Lane.MAIL)
def mail_after(intervention_id: str) -> None:
    """Ask how it was, once."""
    found = interventions.to_write(UUID(intervention_id), state=VisitState.MET)
    if found is not None:
        message_id = f"visit-after-{intervention_id}"
        _mail("awareness/visit-after", found, intervention_id, message_id)


def _mail(
    template: str, found: interventions.Written, intervention_id: str, message_id: str
) -> None:
    with override(found.language):
        link = reverse("fieldwork:after", args=[token_of(UUID(intervention_id))])
    try:
        send(
            template,
            to=found.address,
            language=found.language,
            context={
                "centre": settings.CENTRE,
                "venue": found.venue,
                "day": found.day,
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
            },
            message_id=message_id,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        asking.erase_contacts(interventions=[UUID(intervention_id)], by=SYSTEM)
