"""Open a short link to a page of ours, and close it."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.awareness.usage import access, ports
from balise.awareness.usage.events import LinkClosed, LinkOpened
from balise.awareness.usage.models import ShortLink
from balise.awareness.usage.rules.links import new_code, path_of
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record


def open_link(*, address: str, campaign: str = "", by: Actor) -> ShortLink:
    """Return a new short link to a public page of ours; refuse another address.

    A campaign that there is not is refused by who knows campaigns.
    """
    access.require(by, access.LINK)
    path = path_of(address, site=settings.PUBLIC_ADDRESS)
    link = ShortLink(
        code=new_code(),
        path=path,
        thing=ports.thing_at.ask(path=path),
        campaign=ports.campaign.ask(campaign),
        owner=by.key,
        opened_at=clock.now(),
    )
    with transaction.atomic():
        link.save(force_insert=True)
        record(LinkOpened(subject=link.id), by=by)
    return link


def close_link(*, link_id: UUID, by: Actor) -> None:
    """Let a short link lead nowhere; what it counted stays. Its owner may, and the head."""
    access.require(by, access.LINK)
    with transaction.atomic():
        link = find(ShortLink.objects.select_for_update(), id=link_id)
        if not access.may_close(link, by=by):
            raise NotYours(access.CLOSE)
        if link.closed_at is not None:
            return
        link.closed_at = clock.now()
        link.save(update_fields=["closed_at"])
        record(LinkClosed(subject=link.id), by=by)
