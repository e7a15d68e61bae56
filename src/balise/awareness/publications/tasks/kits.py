"""What the worker does for kits: makes their editions, and writes to who waits for one."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.awareness.publications.access.links import token_of
from balise.awareness.publications.actions import editions, following
from balise.awareness.publications.events import FollowerLeft
from balise.awareness.publications.queries import kits
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


@job(outside=True, lane=Lane.HOUSE)
def make_editions() -> None:
    """Make the files of versions that have none; documents take long for one transaction."""
    editions.make_editions(by=SYSTEM)


def ask_to_confirm(entries: Sequence[Entry]) -> None:
    """Queue a mail to each address that was left."""
    for entry in entries:
        mail_confirmation.later(follower_id=entry.subject)


def settle_followers(entries: Sequence[Entry]) -> None:
    """Do what bearers of links said; in the transaction that moves on."""
    for entry in entries:
        has_left = entry.event == FollowerLeft.name
        following.settle(follower=entry.subject, left=has_left, by=SYSTEM)


def tell_followers(entries: Sequence[Entry]) -> None:
    """Queue a mail to each who waits for the version that was made."""
    for entry in entries:
        number = int(entry.facts["number"])
        language = str(entry.facts["language"])
        for follower in kits.to_tell(key=entry.subject, language=language, number=number):
            mail_version.later(follower_id=follower, number=number)


@job(outside=True, lane=Lane.MAIL)
def mail_confirmation(follower_id: str) -> None:
    """Ask someone whether the address is theirs; an address that takes no mail is forgotten."""
    one = kits.to_confirm(UUID(follower_id))
    if one is not None:
        _mail("awareness/confirm", one, UUID(follower_id), message_id=f"kit-ask-{follower_id}")


@job(outside=True, lane=Lane.MAIL)
def mail_version(follower_id: str, number: int) -> None:
    """Tell someone of a version, once."""
    follower = UUID(follower_id)
    one = kits.to_write(follower, number=number)
    if one is not None:
        message_id = f"kit-{number}-{follower_id}"
        if _mail("awareness/version", one, follower, message_id=message_id, number=number):
            following.note_told(follower=follower, number=number, by=SYSTEM)


def _mail(
    template: str, one: kits.Addressed, follower: UUID, *, message_id: str, **said: object
) -> bool:
    with override(one.language):
        link = reverse("publications:news", args=[token_of(follower)])
    try:
        send(
            template,
            to=one.address,
            language=one.language,
            context={
                "centre": settings.CENTRE,
                "title": one.title,
                "kit": f"{settings.PUBLIC_ADDRESS}{one.kit}",
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
                **said,
            },
            message_id=message_id,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise
        following.settle(follower=follower, left=True, by=SYSTEM)
        return False
    return True
