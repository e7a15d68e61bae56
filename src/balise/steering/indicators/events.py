"""What happened to breaks and targets. `lines` are codes, between slashes."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class BreakNoted(Event, name="steering.break.noted"):
    """A day was named from which some series mean something else."""

    on: date
    lines: Code
    figures: int


class BreakChanged(Event, name="steering.break.changed"):
    """A break has another day, another name, or concerns other series."""

    was_on: date
    on: date
    lines: Code
    figures: int


class BreakRemoved(Event, name="steering.break.removed"):
    """A break was none."""

    on: date


class TargetSet(Event, name="steering.target.set"):
    """An objective sets a number for an indicator and a year, or another than before."""

    indicator: Code
    year: int
    value: int


class TargetRemoved(Event, name="steering.target.removed"):
    """An objective sets no number any more."""

    indicator: Code
    year: int
