"""How recipients answer: how many notices, their outcomes, how long it took. From the journal.

Percentiles cannot be added up from tallies: they are computed from the events themselves, exactly.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import orjson

from balise.foundation.actors import Actor
from balise.foundation.clock import zone
from balise.foundation.journal.models import Entry
from balise.takedown.directory.queries import named
from balise.takedown.notices import access
from balise.takedown.notices.events import (
    NoticeAcknowledged,
    NoticeContested,
    NoticeReminded,
    NoticeSent,
    OutcomeRecorded,
)
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.percentiles import Times, times


@dataclass(slots=True)
class _Seen:
    sent: int = 0
    reminded: int = 0
    contested: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    acknowledged: list[int] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One organisation over a period; times are seconds since a notice was sent."""

    name: str
    sent: int
    reminded: int
    contested: int
    outcomes: tuple[tuple[Outcome, int], ...]
    acknowledged: Times | None
    decided: Times | None
    gone: Times | None


def by_recipient(*, since: date, until: date, seen_by: Actor) -> list[Recipient]:
    """Return what each organisation did with the notices of one's lines, the most notified first.

    Both days are counted, in the centre's zone, by the day on which each thing happened. A removal
    that the watch saw counts for how long it took, as one that the recipient told.
    """
    lines = set(access.lines_read_by(seen_by))
    seen: dict[UUID, _Seen] = {}
    for event, facts in _facts(since, until):
        if facts["for_line"] in lines:
            _count(seen.setdefault(UUID(facts["host"]), _Seen()), event, facts)
    organisations = named(seen)
    found = [
        Recipient(
            name=organisations[host][0],
            sent=one.sent,
            reminded=one.reminded,
            contested=one.contested,
            outcomes=tuple(one.outcomes.most_common()),
            acknowledged=times(one.acknowledged),
            decided=times(one.decided),
            gone=times(one.gone),
        )
        for host, one in seen.items()
        if host in organisations
    ]
    return sorted(found, key=lambda one: (-one.sent, one.name))


def _count(one: _Seen, event: str, facts: dict[str, Any]) -> None:
    match event:
        case NoticeSent.name:
            one.sent += 1
        case NoticeReminded.name:
            one.reminded += 1
        case NoticeContested.name:
            one.contested += 1
        case NoticeAcknowledged.name:
            one.acknowledged.append(facts["seconds"])
        case OutcomeRecorded.name:
            outcome = Outcome(facts["outcome"])
            one.outcomes[outcome] += 1
            if outcome.is_decision:
                one.decided.append(facts["seconds"])
            if outcome.is_gone:
                one.gone.append(facts["seconds"])


def _facts(since: date, until: date) -> Iterator[tuple[str, dict[str, Any]]]:
    events = (NoticeSent, NoticeReminded, NoticeContested, NoticeAcknowledged, OutcomeRecorded)
    entries = Entry.objects.filter(
        event__in=[event.name for event in events],
        at__gte=_midnight(since),
        at__lt=_midnight(until + timedelta(days=1)),
    )
    for event, text in entries.values_list("event", "facts_text").iterator(chunk_size=2_000):
        yield event, orjson.loads(text)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone())
