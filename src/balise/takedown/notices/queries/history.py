"""What happened to a notice, from the journal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Entry
from balise.takedown.notices import access
from balise.takedown.notices.models import Hold, Notice
from balise.takedown.notices.queries.values import NoticeRow

# Readings are in the audit log for those who oversee it; here they would hide the rest.
_LEFT_OUT = ("takedown.notice.read", "takedown.notice.contest-read")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, what (an event's name), its codes, by whom, and to what."""

    at: datetime
    event: str
    facts: dict[str, Any]
    actor_kind: str
    actor_key: str
    subject: UUID


def history(notice: Notice, *, seen_by: Actor) -> list[Moment]:
    """Return what happened to a notice and to what held it back, the first thing first."""
    access.require(seen_by, access.READ, line=notice.line)
    holds = Hold.objects.filter(line=notice.line, subject=notice.subject).filter(
        Q(notice__isnull=True) | Q(notice=notice)
    )
    subjects = [notice.id, *holds.values_list("id", flat=True)]
    entries = Entry.objects.filter(subject__in=subjects).exclude(event__in=_LEFT_OUT)
    return [_moment(entry) for entry in entries.order_by("id")[:_LONGEST]]


def history_of(
    found: Collection[NoticeRow], *, events: Collection[type[Event]], seen_by: Actor
) -> list[Moment]:
    """Return which of these events happened to some notices, the first first, in one question."""
    for line in {one.line for one in found}:
        access.require(seen_by, access.READ, line=line)
    if not found:
        return []
    entries = Entry.objects.filter(
        subject__in=[one.id for one in found], event__in=[event.name for event in events]
    )
    return [_moment(entry) for entry in entries.order_by("id")[:_LONGEST]]


def _moment(entry: Entry) -> Moment:
    return Moment(
        entry.at, entry.event, entry.facts, entry.actor_kind, entry.actor_key, entry.subject
    )
