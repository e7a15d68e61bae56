"""What happened in the field: codes, numbers and days, no name of anybody.

`WorkshopCounted`, `PeopleMet` and `GroupMet` are what figures are made of: a correction is told as
what it adds to them, which may be below zero.
"""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class WorkshopDeclared(Event):
    """A structure tells of a workshop, held or planned. `edition` is 0 without a kit."""

    name = "awareness.workshop.declared"

    structure: UUID
    day: date
    is_planned: bool
    kit: UUID | None
    edition: int
    is_kit_withdrawn: bool


class WorkshopCorrected(Event):
    """Staff correct a declaration, or hear of it from the structure."""

    name = "awareness.workshop.corrected"

    day: date


class WorkshopVoided(Event):
    """A declaration counts no more."""

    name = "awareness.workshop.voided"

    why: Code


class WorkshopCounted(Event):
    """So many workshops more on a day, or fewer."""

    name = "awareness.workshop.counted"

    day: date
    kit: Code
    area: Code
    method: Code
    campaign: Code
    amount: int


class PeopleMet(Event):
    """So many people more of a band in a workshop of a day, or fewer."""

    name = "awareness.people.met"

    day: date
    band: Code
    campaign: Code
    amount: int


class InterventionAsked(Event):
    """An intervention is asked for; `is_again` where the same place was met before."""

    name = "awareness.intervention.asked"

    venue: UUID
    audience: Code
    host_line: Code
    area: Code
    expected: int
    is_again: bool


class InterventionPlanned(Event):
    """It has a day, and someone who comes."""

    name = "awareness.intervention.planned"

    day: date
    half_day: Code
    comes: Code
    structure: UUID | None


class InterventionMet(Event):
    """It took place; `amount` people were met."""

    name = "awareness.intervention.met"

    day: date
    audience: Code
    host_line: Code
    amount: int


class GroupMet(Event):
    """So many people of a class level or a profession were met on a day."""

    name = "awareness.group.met"

    day: date
    group: Code
    amount: int


class InterventionClosed(Event):
    """It is declined or cancelled."""

    name = "awareness.intervention.closed"

    outcome: Code


class InterventionRated(Event):
    """The person who asked says how it was, from 1 to 5."""

    name = "awareness.intervention.rated"

    rating: int
