"""What stood on a day, of what was recorded by then: numbers for steering, from the journal alone.

The tables say what stands now; the facts say what was known when.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from balise.awareness.partnership.partners.events import (
    AgreementEnded,
    AgreementSigned,
    MandateEnded,
    MandateNoted,
)
from balise.awareness.partnership.partners.rules.mandates import AgreementKind, Role
from balise.foundation.journal.book import told
from balise.foundation.journal.events import Event
from balise.foundation.statistics.indicators import Said


def countries(_first: date, last: date, *, until: datetime) -> Said:
    """Return how many countries were members of a network on a day, each once."""
    held = _standing(MandateNoted, MandateEnded, "since", last, until)
    found = {facts.get("country") for facts in held if facts["role"] == Role.MEMBER}
    return Said(len(found - {None, ""}))


def with_removals(_first: date, last: date, *, until: datetime) -> Said:
    """Return how many organisations had an agreement on removals on a day, each once."""
    held = _standing(AgreementSigned, AgreementEnded, "day", last, until)
    return Said(
        len({each["organisation"] for each in held if each["kind"] == AgreementKind.REMOVALS})
    )


def _standing(
    began: type[Event], ended: type[Event], since: str, on: date, until: datetime
) -> Iterator[Mapping[str, Any]]:
    """Yield the facts of what stood on a day; its last day is the one that was told last.

    Facts of before a version that tells the days are not counted.
    """
    noted: dict[UUID, Mapping[str, Any]] = {}
    last: dict[UUID, str | None] = {}
    for event, subject, facts in told(began, ended, until=until):
        if event is began:
            noted[subject], last[subject] = facts, facts.get("until")
        else:
            last[subject] = facts.get("until") or facts.get("day") or last.get(subject)
    day = on.isoformat()
    for subject, facts in noted.items():
        begins, ends = facts.get(since), last[subject]
        if begins and begins <= day and (ends is None or ends >= day):
            yield facts
