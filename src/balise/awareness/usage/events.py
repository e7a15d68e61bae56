"""What happened to figures of use, and to short links. No event tells of one use."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class UseCounted(Event):
    """How many uses of one kind a day had; what was written later comes as another. Its subject
    stands for the day.
    """

    name = "awareness.usage.counted"

    day: date
    kind: Code
    amount: int


class LinkOpened(Event):
    """A short link leads to a page of ours."""

    name = "awareness.link.opened"


class LinkClosed(Event):
    """A short link leads nowhere any more."""

    name = "awareness.link.closed"


class UseExported(Event):
    """Figures of use left the house as a file."""

    name = "awareness.usage.exported"

    first: date
    last: date
