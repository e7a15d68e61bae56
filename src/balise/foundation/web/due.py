"""What waits for one person, as their home shows it: numbers and days, never a bare link.

Each module tells its own (`due` of a `StaffEntry`); what has neither a number nor a day is left
out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import npgettext, pgettext, pgettext_lazy

AHEAD = timedelta(days=30)
_HOURS_TOLD = 48


class Part(TextChoices):
    """The parts of the home, in their order."""

    LATE = "late", pgettext_lazy("home", "Overdue")
    MINE = "mine", pgettext_lazy("home", "Yours")
    WAITS = "waits", pgettext_lazy("home", "Waiting")
    TODAY = "today", pgettext_lazy("home", "Today")
    SOON = "soon", pgettext_lazy("home", "In the next 30 days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One line of a home: a number of things (`count`), or the day of one (`on`).

    `since` is since when the oldest waits: a moment, or a day. `url` is where it is, if that is not
    the page of its entry.
    """

    says: str | Promise
    part: Part = Part.WAITS
    count: int = 0
    since: datetime | date | None = None
    on: datetime | date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a home, with the place that it leads to and the line of work that it is of."""

    due: Due
    line: str
    icon: str
    url: str


def age(since: datetime | date, *, now: datetime, today: date) -> str:
    """Return how long something has waited, in its largest unit: minutes, hours, or days from two.

    What waits since a day, and not a moment, is told in days.
    """
    if not isinstance(since, datetime):
        return _days(max((today - since).days, 0))
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    hours = minutes // 60
    if hours >= _HOURS_TOLD:
        return _days(hours // 24)
    if hours:
        return npgettext("age", "%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if not minutes:
        return pgettext("age", "less than a minute")
    return npgettext("age", "%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _days(count: int) -> str:
    return npgettext("age", "%(count)s day", "%(count)s days", count) % {"count": count}


def parts(
    lines: Iterable[Line], *, today: date, day_of: Callable[[datetime], date]
) -> Sequence[tuple[Part, Sequence[Line]]]:
    """Return the parts that have lines, each with its own.

    What is dated stands by its day, up to AHEAD from today, and not at all once it is past. What is
    overdue stands by age, the oldest first; the others stay in the order of the modules.
    """

    def on(moment: datetime | date) -> date:
        return day_of(moment) if isinstance(moment, datetime) else moment

    found: dict[Part, list[Line]] = {part: [] for part in Part}
    for each in lines:
        if each.due.on is not None:
            day = on(each.due.on)
            if today <= day <= today + AHEAD:
                found[Part.TODAY if day == today else Part.SOON].append(each)
        elif each.due.count > 0:
            found[each.due.part].append(each)
    found[Part.LATE].sort(key=lambda each: on(each.due.since) if each.due.since else today)
    for part in (Part.TODAY, Part.SOON):
        found[part].sort(key=lambda each: on(each.due.on) if each.due.on else today)
    return [(part, rows) for part, rows in found.items() if rows]
