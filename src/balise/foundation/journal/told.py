"""What the journal was told, read again by the kind of fact: for registers that are asked of a day.

For facts of which there are thousands, not millions: each is parsed.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Entry


def told(
    *events: type[Event], until: datetime
) -> Iterator[tuple[type[Event], UUID, Mapping[str, Any]]]:
    """Yield what was recorded of these events before a moment, in order: subject and facts."""
    by_name = {event.name: event for event in events}
    rows = Entry.objects.filter(event__in=by_name, at__lt=until).order_by("id")
    for row in rows.only("event", "subject", "facts_text").iterator():
        yield by_name[row.event], row.subject, row.facts


def has_done(*events: type[Event], subject: UUID, by: Actor) -> bool:
    """Return whether someone has done one of these to a subject."""
    names = [event.name for event in events]
    return Entry.objects.filter(subject=subject, event__in=names, actor_key=by.key).exists()
