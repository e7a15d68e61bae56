"""What comes round: days that are over are told to the journal, challenges are mailed."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.activities.charter import actions, queries
from balise.awareness.activities.charter.access import token_of
from balise.awareness.activities.charter.events import ChallengesLeft
from balise.awareness.activities.charter.models import Challenged
from balise.awareness.activities.charter.rules.challenges import MANY, challenges as six
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily


@job()
def tell_days() -> None:
    """Tell the journal what was counted of charters on days that are over."""
    actions.tell_days(by=SYSTEM)


def ask_to_confirm(entries: Sequence[Entry]) -> None:
    """Queue a mail to each address that was left."""
    for entry in entries:
        mail_confirmation.later(challenged=entry.subject)


def settle(entries: Sequence[Entry]) -> None:
    """Do what bearers of links said; in the transaction that moves on."""
    for entry in entries:
        left = entry.event == ChallengesLeft.name
        actions.settle(challenged=entry.subject, left=left, by=SYSTEM)


@job()
def send_due() -> None:
    """Queue the challenges that are due."""
    for challenged, number in queries.due(now()):
        mail_challenge.later(challenged=str(challenged), number=number)


@job(outside=True, lane=Lane.MAIL)
def mail_confirmation(challenged: str) -> None:
    """Ask someone whether the address is theirs; one that takes no mail is destroyed."""
    one = queries.to_confirm(UUID(challenged))
    if one is not None:
        _mail("challenges_confirm", one, message_id=f"charter-ask-{challenged}")


@job(outside=True, lane=Lane.MAIL)
def mail_challenge(challenged: str, number: int) -> None:
    """Send one challenge, once."""
    one = queries.to_write(UUID(challenged), number=number)
    if one is None:
        return
    said = six(settings.COUNTRY)[number - 1]
    told = {
        "number": number,
        "many": MANY,
        "title": said.title.in_language(one.language),
        "says": said.says.in_language(one.language),
    }
    if _mail("challenge", one, message_id=f"charter-{number}-{challenged}", **told):
        actions.note_sent(challenged=one.id, number=number, by=SYSTEM)


def _mail(template: str, one: Challenged, *, message_id: str, **said: object) -> bool:
    with override(one.language):
        link = reverse("charter:challenged", args=[token_of(one.id)])
        page = reverse("charter:start")
    try:
        send(
            f"awareness/{template}",
            to=one.address,
            language=one.language,
            context={
                "centre": settings.CENTRE,
                "page": f"{settings.PUBLIC_ADDRESS}{page}",
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
                **said,
            },
            message_id=message_id,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        actions.settle(challenged=one.id, left=True, by=SYSTEM)
        return False
    return True


SCHEDULE = (Daily(time(0, 25), tell_days), Daily(time(9, 0), send_due))
