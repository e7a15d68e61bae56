"""What waits for an analyst, in numbers: how many, and since when the oldest waits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.hotline.reports import access
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.queries.reviews import differed, for_next_look
from balise.hotline.reports.rules.assessing import CLAIM_LASTS
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState, ToRead


@dataclass(frozen=True, slots=True)
class Pile:
    """How many wait, and since when the oldest does: None where nothing waits."""

    count: int
    since: datetime | None


def mine(*, seen_by: Actor) -> Pile:
    """Return the content that one has taken, and still has."""
    access.require(seen_by, access.READ)
    # Repeats what the index of claims leaves out: SQLite uses a partial index only then.
    taken = Content.objects.filter(claimed_by=seen_by.key).exclude(claimed_by="")
    held = taken.filter(claimed_at__gt=now() - CLAIM_LASTS, state__in=LOOKED_AT)
    found = held.aggregate(count=Count("id"), since=Min("claimed_at"))
    return Pile(found["count"], found["since"])


def in_danger(*, seen_by: Actor) -> Pile:
    """Return the content to examine about which someone may be in danger."""
    access.require(seen_by, access.READ)
    return _pile(Content.objects.filter(state=ContentState.WAITING, danger=True))


def to_examine(*, seen_by: Actor) -> Pile:
    """Return the content that waits for a first review."""
    access.require(seen_by, access.READ)
    return _pile(Content.objects.filter(state=ContentState.WAITING))


def to_confirm(*, seen_by: Actor) -> Pile:
    """Return the content that others examined, and that one may examine a second time."""
    access.require(seen_by, access.READ)
    return _pile(for_next_look(Content.objects.all(), by=seen_by))


def to_learn(*, seen_by: Actor) -> Pile:
    """Return the content that someone reviewed otherwise than one did, until one has read it."""
    found = differed(seen_by=seen_by)
    return Pile(len(found), found[0].at if found else None)


def to_read(*, seen_by: Actor) -> Pile:
    """Return the reports with something to read that the queue does not bring."""
    access.require(seen_by, access.ANSWER)
    waiting = Report.objects.filter(to_read__gt=ToRead.NOTHING)
    found = waiting.aggregate(count=Count("id"), since=Min("received_at"))
    return Pile(found["count"], found["since"])


def _pile(contents: QuerySet[Content]) -> Pile:
    since = Min(Coalesce("reopened_at", "first_reported_at"))
    found = contents.aggregate(count=Count("id"), since=since)
    return Pile(found["count"], found["since"])
