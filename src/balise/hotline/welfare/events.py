"""What happened about looking. No person's seconds are recorded: only a team's totals."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class ContentRevealed(Event, name="hotline.content.revealed"):
    """What leads to a content was shown to someone."""

    severity: Code


class ExposureCounted(Event, name="hotline.exposure.counted"):
    """What a team of `people` looked at on the days until `ended_on`, of one severity."""

    severity: Code
    seconds: int
    items: int
    people: int
    ended_on: date


class BreaksCounted(Event, name="hotline.breaks.counted"):
    """How many breaks the same team took on the same days."""

    breaks: int
    people: int
    ended_on: date
