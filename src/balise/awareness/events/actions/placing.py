"""Give the places that are free to the first who wait."""

from balise.awareness.events import events
from balise.awareness.events.access.rows import put
from balise.awareness.events.models import Places, Registration
from balise.awareness.events.rules.places import with_promoted
from balise.awareness.events.rules.words import EventKind, Standing
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code


def promote(*, places: Places, kind: EventKind, by: Actor) -> int:
    """Promote who waits, within the caller's lock on the places, which the caller then saves.

    Return how many. Anyone who gives a place back does this: no ability is asked for.
    """
    first = Registration.objects.filter(event=places.event_id, standing=Standing.WAITING)
    ids = first.order_by("number").values_list("id", flat=True)
    chosen = list(ids[: places.tally.to_promote])
    put(places, with_promoted(places.tally, len(chosen)))
    Registration.objects.filter(id__in=chosen).update(standing=Standing.CONFIRMED)
    told = (events.Promoted(subject=one, event=places.event_id, kind=Code(kind)) for one in chosen)
    record_many(told, by=by)
    return len(chosen)
