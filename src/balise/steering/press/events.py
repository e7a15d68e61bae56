"""What happened to press items: ids, codes, numbers and days. Titles stay in the table."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class PressNoted(Event, name="steering.press.noted"):
    """An item was entered, or came in a file; `is_again` where it was corrected."""

    day: date
    is_again: bool


class PressWithdrawn(Event, name="steering.press.withdrawn"):
    """An item counts no more; the row stays, with the reason."""

    day: date


class PressCounted(Event, name="steering.press.counted"):
    """What an item adds to the figures of its day, or takes where it changed or was withdrawn.

    `articles` counts an article that several outlets print once, with the first of its items.
    """

    day: date
    medium: Code
    topic: Code
    sequence: Code
    campaign: Code
    items: int
    audience: int
    articles: int


class PressGrouped(Event, name="steering.press.grouped"):
    """Items were confirmed to be one article of several outlets."""

    items: int


class PressUngrouped(Event, name="steering.press.ungrouped"):
    """Items of a group are articles of their own."""

    items: int


class PressApart(Event, name="steering.press.apart"):
    """Items that look alike were said to be articles of their own."""

    items: int


class HeadingAdded(Event, name="steering.heading.added"):
    """A topic or a sequence has a code that figures carry."""

    kind: Code
    code: Code
