"""What was forgotten, in the journal of the line that forgot it."""

from functools import cache

from balise.foundation.journal.events import Code, Event


class RetentionErased(Event):
    """A rule erased records; the subject is the rule's own id. `in_line` gives a line's own."""

    rule: Code
    count: int

    @staticmethod
    @cache
    def in_line(line: str) -> "type[RetentionErased]":
        """Return the event as it is written in one line's chain."""
        return type("RetentionErased", (RetentionErased,), {}, name=f"{line}.retention.erased")


class RunEnded(Event, name="retention.run.ended"):
    """The nightly forgetting ran over all rules."""

    outcome: Code


class ClockNoted(Event, name="retention.clock.noted"):
    """The journal was alive at this moment: a leap of the clock shows between two of these."""
