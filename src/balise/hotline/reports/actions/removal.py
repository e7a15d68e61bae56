"""What happens to an illegal content until it is gone: traced, notified, watched, removed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.bands import band
from balise.hotline.reports.events import (
    ContentHostMoved,
    ContentReappeared,
    ContentRemoved,
    ContentTraced,
)
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.words import ContentState, Verdict

# Illegal and still there: being removed, or given up.
_AT_LARGE = Q(state=ContentState.REMOVING) | Q(state=ContentState.CLOSED, verdict=Verdict.ILLEGAL)


def note_asked(*, content_id: UUID, at: datetime, by: Actor) -> None:  # noqa: ARG001 - see below
    """Note that someone was asked to remove a content, the first time at its present place.

    The event is recorded where they were asked.
    """
    Content.objects.filter(id=content_id, removal_asked_at__isnull=True).update(removal_asked_at=at)


def note_nobody_asked(*, content_id: UUID, by: Actor) -> None:  # noqa: ARG001 - as above
    """Note that someone has to be asked again: it is back, elsewhere, or a notice came back."""
    Content.objects.filter(id=content_id).update(removal_asked_at=None, removal_refused_at=None)


def note_refused(*, content_id: UUID, at: datetime, by: Actor) -> None:  # noqa: ARG001 - as above
    """Note that someone who was asked refused, so that reporters are told; the event is theirs."""
    Content.objects.filter(_AT_LARGE, id=content_id).update(removal_refused_at=at)


def note_hosting(*, content_id: UUID, country: str, network: int | None, by: Actor) -> None:
    """Keep where a content is hosted (ISO 3166 country, AS number), as tracing found it."""
    with transaction.atomic():
        Content.objects.filter(id=content_id).update(
            country=country, network=network, traced_at=now()
        )
        fact = ContentTraced(subject=content_id, country=Code(country), network=network or 0)
        record(fact, by=by)


def note_removed(*, content_id: UUID, at: datetime, by: Actor) -> bool:
    """Note that illegal content is gone, given up or not; return whether that was new.

    The removal is timed from the verdict, or from when the content last came back.
    """
    with transaction.atomic():
        content = Content.objects.select_for_update().filter(_AT_LARGE, id=content_id).first()
        if content is None:
            return False
        content.state, content.removed_at, content.given_up_at = ContentState.REMOVED, at, None
        content.save(update_fields=("state", "removed_at", "given_up_at"))
        since = content.reappeared_at or content.decided_at or at
        took = max(at - since, assessing.NO_TIME)
        fact = ContentRemoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(content.country),
            seconds=int(took.total_seconds()),
            band=Code(band(took)),
        )
        record(fact, by=by)
    return True


def note_reappeared(*, content_id: UUID, by: Actor) -> bool:
    """Note that a removed content is back; return whether that was new."""
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(id=content_id, state=ContentState.REMOVED)
            .first()
        )
        if content is None:
            return False
        content.state, content.removed_at, content.reappeared_at = (
            ContentState.REMOVING,
            None,
            now(),
        )
        content.save(update_fields=("state", "removed_at", "reappeared_at"))
        record(ContentReappeared(subject=content.id, category=Code(content.category)), by=by)
    return True


def note_host_moved(*, content_id: UUID, country: str, network: int | None, by: Actor) -> bool:
    """Note that illegal content is at another host; return whether that was new.

    It is being removed again, with its file as it was: the verdict holds, the new host has to be
    told.
    """
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(_AT_LARGE | Q(state=ContentState.REMOVED), id=content_id)
            .first()
        )
        if content is None:
            return False
        if content.state == ContentState.REMOVED:
            content.reappeared_at = now()
        content.state, content.removed_at, content.given_up_at = ContentState.REMOVING, None, None
        content.country, content.network, content.traced_at = country, network, now()
        content.save(
            update_fields=(
                *("state", "removed_at", "given_up_at", "reappeared_at"),
                *("country", "network", "traced_at"),
            )
        )
        fact = ContentHostMoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(country),
            network=network or 0,
        )
        record(fact, by=by)
    return True
