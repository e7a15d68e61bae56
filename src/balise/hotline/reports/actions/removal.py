"""What happens to an illegal content until it is gone: traced, notified, watched, removed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.reports.events import (
    ContentHostMoved,
    ContentReappeared,
    ContentRemoved,
    ContentTraced,
)
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.words import State


def note_hosting(*, content_id: UUID, country: str, network: int | None, by: Actor) -> None:
    """Keep where a content is hosted (ISO 3166 country, AS number), as tracing found it."""
    with transaction.atomic():
        Content.objects.filter(id=content_id).update(
            country=country, network=network, traced_at=now()
        )
        fact = ContentTraced(subject=content_id, country=Code(country), network=network or 0)
        record(fact, by=by)


def note_removed(*, content_id: UUID, at: datetime, by: Actor) -> bool:
    """Take note that an illegal content is gone; return whether that was news."""
    with transaction.atomic():
        content = (
            Content.objects.select_for_update().filter(id=content_id, state=State.REMOVING).first()
        )
        if content is None:
            return False
        content.state, content.removed_at = State.REMOVED, at
        content.save(update_fields=("state", "removed_at"))
        since = content.decided_at or at
        took = max(at - since, assessing.NO_TIME)
        fact = ContentRemoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(content.country),
            seconds=int(took.total_seconds()),
            band=Code(assessing.band(took)),
        )
        record(fact, by=by)
    return True


def note_reappeared(*, content_id: UUID, by: Actor) -> bool:
    """Take note that a removed content is back; return whether that was news."""
    with transaction.atomic():
        content = (
            Content.objects.select_for_update().filter(id=content_id, state=State.REMOVED).first()
        )
        if content is None:
            return False
        content.state, content.removed_at = State.REMOVING, None
        content.save(update_fields=("state", "removed_at"))
        record(ContentReappeared(subject=content.id, category=Code(content.category)), by=by)
    return True


def note_host_moved(*, content_id: UUID, country: str, network: int | None, by: Actor) -> bool:
    """Take note that an illegal content is at another host; return whether that was news.

    It is at large again with its file as it was: the verdict stands, the new host has to be told.
    """
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(id=content_id, state__in=(State.REMOVING, State.REMOVED))
            .first()
        )
        if content is None:
            return False
        content.state, content.removed_at = State.REMOVING, None
        content.country, content.network, content.traced_at = country, network, now()
        content.save(update_fields=("state", "removed_at", "country", "network", "traced_at"))
        fact = ContentHostMoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(country),
            network=network or 0,
        )
        record(fact, by=by)
    return True
