"""What happened to a notice, from the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.takedown.notices import access
from balise.takedown.notices.models import Hold, Notice

# Readings are in the audit log for those who oversee it; here they would hide the rest.
_LEFT_OUT = ("takedown.notice.read", "takedown.notice.contest-read")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, what (an event's name), its codes, and by whom."""

    at: datetime
    event: str
    facts: dict[str, Any]
    actor_kind: str
    actor_key: str


def history(notice: Notice, *, seen_by: Actor) -> list[Moment]:
    """Return what happened to a notice and to what held it back, the first thing first."""
    access.require(seen_by, access.READ, line=notice.line)
    holds = Hold.objects.filter(line=notice.line, subject=notice.subject).filter(
        Q(notice__isnull=True) | Q(notice=notice)
    )
    subjects = [notice.id, *holds.values_list("id", flat=True)]
    entries = Entry.objects.filter(subject__in=subjects).exclude(event__in=_LEFT_OUT)
    return [
        Moment(entry.at, entry.event, entry.facts, entry.actor_kind, entry.actor_key)
        for entry in entries.order_by("id")[:_LONGEST]
    ]
