"""Entries of the diary, made the way the steering office makes them."""

from datetime import date
from typing import Any
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.steering.diary import actions
from balise.steering.diary.rules import EntryKind, EntryTold


def told(first: date | None = None, **more: Any) -> EntryTold:
    """Return an entry as it is told: a meeting today."""
    day = first or today()
    titles = {"fr": "Une rencontre", "en": "A meeting"}
    said: dict[str, Any] = {"kind": EntryKind.MEETING, "last": day, "titles": titles, **more}
    return EntryTold(first=day, **said)


def make_entry(first: date | None = None, **more: Any) -> UUID:
    """Return an entry."""
    breaks = more.pop("breaks", ())
    return actions.note(told=told(first, **more), breaks=breaks, by=make_actor("steering_office"))
