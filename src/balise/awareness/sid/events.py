"""What happened to editions of the day and to what is declared for them."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class EditionPlanned(Event, name="awareness.sid-edition.planned"):
    """An edition has a date."""

    year: int
    day: date


class EditionChanged(Event, name="awareness.sid-edition.changed"):
    """Its date, themes, kit or press release changed."""

    year: int
    day: date


class ReportPublished(Event, name="awareness.sid-edition.reported"):
    """What came of an edition is public, and stays as it is."""

    year: int


class ActivityDeclared(Event, name="awareness.sid-activity.declared"):
    """A school or a structure takes part."""

    year: int
    sort: Code
    channel: Code
    area: Code
    expected: int


class ActivityCorrected(Event, name="awareness.sid-activity.corrected"):
    """Who declared it changed what it says."""


class PeopleMet(Event, name="awareness.sid-activity.met"):
    """How many of a band came to an activity; a correction is the difference, below zero too."""

    day: date
    band: Code
    channel: Code
    amount: int


class ActivityWithdrawn(Event, name="awareness.sid-activity.withdrawn"):
    """Who declared it takes it back."""


class ActivityVoided(Event, name="awareness.sid-activity.voided"):
    """We do not count it."""

    reason: Code


class MessageShown(Event, name="awareness.sid-message.shown"):
    """A message was read and is on the wall."""


class MessageRefused(Event, name="awareness.sid-message.refused"):
    """A message was read and is not shown."""

    reason: Code
