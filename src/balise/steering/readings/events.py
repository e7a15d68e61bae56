"""What happened to readings: numbers that others count, entered on a day."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class ThingFollowed(Event, name="steering.thing.followed"):
    """An account, a video, a store or a site is followed under a code."""

    kind: Code
    code: Code


class ThingChanged(Event, name="steering.thing.changed"):
    """Its name, owner or address is another, or it is followed until a day."""

    code: Code
    until: date | None


class ReadingNoted(Event, name="steering.reading.noted"):
    """A number was entered. `why` is there where it is lower than the one before."""

    thing: Code
    series: Code
    since: date | None
    day: date
    value: int
    bound: Code
    method: Code
    why: Code


class ReadingCorrected(Event, name="steering.reading.corrected"):
    """A number takes the place of an earlier one, `was`, which is kept."""

    was: int
    value: int
    bound: Code
    why: Code


class ReadingWithdrawn(Event, name="steering.reading.withdrawn"):
    """A number counts no more; the row stays."""

    value: int


class VisitsCounted(Event, name="steering.visits.counted"):
    """What a reading of visits adds to their last day, or takes."""

    thing: Code
    day: date
    amount: int
