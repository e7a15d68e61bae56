"""Count how often the films of events were viewed: the count outlives the tallies of days."""

from django.db import transaction

from balise.awareness.events import access, events
from balise.awareness.events.access.rows import locked
from balise.awareness.events.models import Event
from balise.awareness.usage.queries import views
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


def tell_views(*, by: Actor) -> int:
    """Add what was viewed since the last time to each event; return to how many it was added."""
    access.require(by, access.WRITE)
    with_film = Event.objects.exclude(replay=None).order_by("id").values_list("id", flat=True)
    added = 0
    for event_id in with_film:
        with transaction.atomic():
            event, places = locked(event_id)
            now = views(str(event.replay))
            more = now - places.views_told
            if more <= 0:
                continue
            places.views, places.views_told = places.views + more, now
            places.save(update_fields=("views", "views_told"))
            told = events.ReplayViewed(subject=event.id, kind=Code(event.kind), more=more)
            record(told, by=by)
            added += 1
    return added
