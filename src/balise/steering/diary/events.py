"""What happened to the diary: ids, codes and days. Titles stay in the table."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class DiaryNoted(Event, name="steering.diary.noted"):
    """Something that the centre did was entered; `is_again` where it was corrected."""

    kind: Code
    first: date
    last: date
    campaign: Code
    is_again: bool


class DiaryWithdrawn(Event, name="steering.diary.withdrawn"):
    """An entry was none; the row stays, with the reason."""

    first: date


class DiaryMarked(Event, name="steering.diary.marked"):
    """Series of these lines mean something else from the day of an entry on."""

    on: date
    lines: tuple[Code, ...]
