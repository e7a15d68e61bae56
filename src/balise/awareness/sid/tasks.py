"""The mail with the link of an activity."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.sid import queries
from balise.awareness.sid.access import own_token
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


def write_to_declarers(entries: Sequence[Entry]) -> None:
    """Queue a mail to each who declared an activity."""
    for entry in entries:
        mail_link.later(activity_id=entry.subject)


@job(outside=True, lane=Lane.MAIL)
def mail_link(activity_id: str) -> None:
    """Send the link of an activity; an address that takes no mail is left."""
    one = queries.to_write(UUID(activity_id))
    if one is None:
        return
    with override(one.language):
        link = reverse("sid:own", args=[own_token(UUID(activity_id))])
    try:
        send(
            "sid/declared",
            to=one.address,
            language=one.language,
            context={
                "centre": settings.CENTRE,
                "name": one.name,
                "year": one.year,
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
            },
            message_id=f"sid-{activity_id}",
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
