"""What happened about looking. No person's seconds are recorded: only a team's totals."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class ContentRevealed(Event):
    """What leads to a content was shown to someone."""

    name = "hotline.content.revealed"

    severity: Code


class ExposureCounted(Event):
    """What a team of `people` looked at on the days until `ended_on`, of one severity."""

    name = "hotline.exposure.counted"

    severity: Code
    seconds: int
    items: int
    people: int
    ended_on: date


class BreaksCounted(Event):
    """How many breaks the same team took on the same days."""

    name = "hotline.breaks.counted"

    breaks: int
    people: int
    ended_on: date
