"""Publish an event, or cancel it; one that was published is never deleted."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.events import access, events
from balise.awareness.events.access.rows import locked
from balise.awareness.events.actions.speaking import tell_speakers
from balise.awareness.events.rules.facts import check_public
from balise.awareness.events.rules.refusals import NotNow
from balise.awareness.events.rules.words import EventState
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@transaction.atomic
def publish(*, event_id: UUID, by: Actor) -> None:
    """Make a draft public; people register until it ends, where there are places."""
    access.require(by, access.WRITE)
    event, places = locked(event_id)
    if event.stands is not EventState.DRAFT or event.ends_at <= now():
        raise NotNow(_("Only a draft of an event to come is published."))
    check_public(place=event.place, link=event.link)
    before = event.speaking
    event.state, event.published_at = EventState.PUBLISHED, now()
    event.changed_at = event.published_at
    event.save(update_fields=("state", "published_at", "changed_at"))
    places.closes_at = event.ends_at if places.capacity else None
    places.save(update_fields=("closes_at",))
    record(events.EventPublished(subject=event.id, kind=Code(event.kind)), by=by)
    tell_speakers(event=event, before=before, by=by)


@transaction.atomic
def cancel(*, event_id: UUID, by: Actor) -> None:
    """Cancel a public event that is not over: nobody registers any more, and who did is told."""
    access.require(by, access.WRITE)
    event, places = locked(event_id)
    if event.stands is not EventState.PUBLISHED or event.ends_at <= now():
        raise NotNow(_("Only a published event that is not over is cancelled."))
    before = event.speaking
    event.state, event.changed_at = EventState.CANCELLED, now()
    event.sequence += 1
    event.save(update_fields=("state", "changed_at", "sequence"))
    places.closes_at = None
    places.save(update_fields=("closes_at",))
    record(
        events.EventCancelled(subject=event.id, kind=Code(event.kind), sequence=event.sequence),
        by=by,
    )
    tell_speakers(event=event, before=before, by=by)
