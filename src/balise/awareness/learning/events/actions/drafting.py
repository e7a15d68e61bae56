"""Write an event, change it, link its replay."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.learning.events import access, events
from balise.awareness.learning.events.access.rows import COUNTERS, locked
from balise.awareness.learning.events.actions.registering import promote
from balise.awareness.learning.events.events import SpeakersCounted
from balise.awareness.learning.events.models import Event, Places
from balise.awareness.learning.events.rules.facts import (
    TELLING,
    EditionTaken,
    EventState,
    Facts,
    NotNow,
    check,
    check_capacity,
    check_public,
    is_told,
)
from balise.awareness.learning.events.rules.speaking import Speaking, changed
from balise.awareness.partnership.campaigns import queries as campaigns
from balise.awareness.places.structures import queries as structures
from balise.awareness.usage.queries import views
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code

# Tell the journal how many speak at an event, within the action that changes it.


def tell_speakers(*, event: Event, before: Speaking | None, by: Actor) -> None:
    """Record what changed of who speaks at an event since before."""
    record_many(
        (
            SpeakersCounted(subject=event.id, kind=Code(kind), day=day, more=more)
            for (kind, day), more in changed(before, event.speaking).items()
        ),
        by=by,
    )


def draft(*, facts: Facts, by: Actor) -> UUID:
    """Return a new event that nobody else sees."""
    access.require(by, access.WRITE)
    facts = _checked(facts)
    with transaction.atomic():
        _check_edition(facts)
        event = Event(**facts.columns(), is_online=bool(facts.link), changed_at=now())
        event.save(force_insert=True)
        Places(event=event, capacity=facts.capacity).save(force_insert=True)
        record(events.EventDrafted(subject=event.id, kind=Code(facts.kind)), by=by)
    return event.id


def change(*, event_id: UUID, facts: Facts, by: Actor) -> bool:
    """Change an event that is not over; return whether those who registered are told.

    They are where its time, place or link changes once it is public: that is one more SEQUENCE.
    """
    access.require(by, access.WRITE)
    facts = _checked(facts)
    with transaction.atomic():
        _check_edition(facts, but=[event_id])
        event, places = locked(event_id)
        _check_change(event, places, facts)
        before = {name: getattr(event, name) for name in TELLING}
        spoke = event.speaking
        for name, value in facts.columns().items():
            setattr(event, name, value)
        is_moved = event.stands is EventState.PUBLISHED and is_told(before, facts.columns())
        event.is_online, event.changed_at = bool(facts.link), now()
        places.capacity = facts.capacity
        if is_moved:
            event.sequence += 1
            event.reminded = 0
        if event.stands is EventState.PUBLISHED:
            places.closes_at = event.ends_at if facts.capacity else None
        event.save()
        promote(places=places, kind=event.what, by=by)
        places.save(update_fields=("capacity", "closes_at", *COUNTERS))
        record(_changed(event, is_moved=is_moved), by=by)
        tell_speakers(event=event, before=spoke, by=by)
    return is_moved


def link_replay(*, event_id: UUID, page: UUID | None, by: Actor) -> None:
    """Show a published film on the page of an event that took place; None shows it no more."""
    access.require(by, access.WRITE)
    with transaction.atomic():
        event, places = locked(event_id)
        if event.stands is not EventState.PUBLISHED or event.ends_at > now():
            raise NotNow(_("A replay is linked once the event is over."))
        event.replay, event.changed_at = page, now()
        event.save(update_fields=("replay", "changed_at"))
        places.views_told = views(str(page)) if page else 0  # what was viewed before is not of it
        places.save(update_fields=("views_told",))
        record(events.ReplayLinked(subject=event.id, page=page), by=by)


def _check_change(event: Event, places: Places, facts: Facts) -> None:
    if event.stands is EventState.CANCELLED:
        raise NotNow(_("A cancelled event does not change."))
    if event.stands is EventState.PUBLISHED:
        if event.ends_at <= now():
            raise NotNow(_("This event is over."))
        check_public(place=facts.place.strip(), link=facts.link.strip())
    check_capacity(facts.capacity, taken=places.confirmed)


def _changed(event: Event, *, is_moved: bool) -> events.EventMoved | events.EventChanged:
    if is_moved:
        kind = Code(event.kind)
        return events.EventMoved(subject=event.id, kind=kind, sequence=event.sequence)
    return events.EventChanged(subject=event.id)


def _checked(facts: Facts) -> Facts:
    """Return facts with the campaign's code as it is kept; refuse what no event can be."""
    check(facts)
    if facts.structure is not None:
        structures.card(facts.structure)
    return replace(facts, campaign=campaigns.require_known(facts.campaign))


def _check_edition(facts: Facts, *, but: Sequence[UUID] = ()) -> None:
    """Refuse a number that another event of the series has; a constraint holds it too."""
    same = Event.objects.filter(series=facts.series, edition=facts.edition).exclude(id__in=but)
    if facts.series and facts.edition is not None and same.exists():
        raise EditionTaken(
            _("Another event is edition %(edition)s of this series.") % {"edition": facts.edition}
        )


# Publish an event, or cancel it; one that was published is never deleted.


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
