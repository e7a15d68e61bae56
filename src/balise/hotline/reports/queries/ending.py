"""How the removal of a content was ended by hand, for its page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.hotline.reports import access
from balise.hotline.reports.events import RemovalGivenUp
from balise.hotline.reports.rules.ending import ToldParty


@dataclass(frozen=True, slots=True)
class GivenUp:
    """When the removal of a content was given up last, and who had been told of it."""

    at: datetime
    told: tuple[ToldParty, ...]


def given_up(*, content_id: UUID, seen_by: Actor) -> GivenUp | None:
    """Return how a content was given up last, as the journal has it; None if it never was."""
    access.require(seen_by, access.READ)
    facts = Entry.objects.filter(subject=content_id, event=RemovalGivenUp.name)
    last = facts.order_by("id").last()
    if last is None:
        return None
    told = tuple(one for one in ToldParty if last.facts.get(f"{one.value}_told"))
    return GivenUp(last.at, told or (ToldParty.NOBODY,))
