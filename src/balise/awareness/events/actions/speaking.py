"""Tell the journal how many speak at an event, within the action that changes it."""

from balise.awareness.events.events import SpeakersCounted
from balise.awareness.events.models import Event
from balise.awareness.events.rules.speaking import Speaking, changed
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code


def tell_speakers(*, event: Event, before: Speaking | None, by: Actor) -> None:
    """Record what changed of who speaks at an event since before."""
    record_many(
        (
            SpeakersCounted(subject=event.id, kind=Code(kind), day=day, more=more)
            for (kind, day), more in changed(before, event.speaking).items()
        ),
        by=by,
    )
