"""Rules of the day: editions by their own dates, declared activities, bounds of who was met."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.packs import Words, load
from balise.foundation.refusals import Refused

# The words of an activity.


PACKAGE: Final = "balise.awareness.sid"


class Sort(TextChoices):
    """Who declares."""

    SCHOOL = "school", gettext_lazy("School or class")
    STRUCTURE = "structure", gettext_lazy("Association, library or other structure")


class Band(TextChoices):
    """Ages of people met, in the order of a form."""

    CHILDREN = "3-10", gettext_lazy("3 to 10")
    TEENAGERS = "11-14", gettext_lazy("11 to 14")
    YOUTH = "15-17", gettext_lazy("15 to 17")
    ADULTS = "adults", gettext_lazy("Adults")


class Method(TextChoices):
    """How heads were counted."""

    COUNTED = "counted", gettext_lazy("Counted, one by one")
    LISTED = "listed", gettext_lazy("From a list of the class or group")
    ESTIMATED = "estimated", gettext_lazy("Estimated")


class Wall(TextChoices):
    """Where a message of the wall stands."""

    NONE = "none", gettext_lazy("No message")
    WAITING = "waiting", gettext_lazy("Waits to be read")
    SHOWN = "shown", gettext_lazy("On the wall")
    REFUSED = "refused", pgettext_lazy("message", "Not shown")


class Reason(TextChoices):
    """Why a message is not shown, or an activity is not counted."""

    PERSON = "person", gettext_lazy("It names or shows someone")
    ADVERT = "advert", gettext_lazy("It advertises something")
    HARM = "harm", gettext_lazy("It could hurt someone")
    TWICE = "twice", gettext_lazy("It is declared twice")
    OTHER = "other", gettext_lazy("Another reason")


@cache
def channels(country: str) -> Mapping[str, Words]:
    """Return by which programmes an activity comes, by their codes. Raises PackFaulty."""
    return {
        str(row["code"]): Words.read(row["label"], where=f"channels: {row['code']}")
        for row in load(PACKAGE, country=country, name="channels")["channels"]
    }


# What an activity and its message must be, and how many were met. Pure.


MOST: Final = 5_000  # people at one activity
LONGEST_NAME: Final = 120
LONGEST_MESSAGE: Final = 280
# An address or a number on a wall that classes read would lead to someone.
_LEADS_TO_SOMEONE: Final = re.compile(r"@|https?:|www\.|(?:\d[ .-]?){9,}")


class MessageFaulty(Refused, code="message-faulty"):
    field = "says"


class TooMany(Refused, code="too-many"):
    pass


class TooSoon(Refused, code="too-soon"):
    pass


class EditionOver(Refused, code="edition-over"):
    pass


class ActivityGone(Refused, code="activity-gone"):
    pass


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people were met, as far as declarations tell: bounds, never a number of persons.

    Someone at two activities is in `attendances` twice; `at_least` were one and the same group at
    most. None where nothing was declared as met.
    """

    attendances: int
    at_least: int


def check_message(says: str) -> None:
    """Refuse a message that leads to someone: an address, a link, a telephone number."""
    if _LEADS_TO_SOMEONE.search(says):
        raise MessageFaulty(_("Leave out addresses, links and telephone numbers."))


def check_met(met: Mapping[Band, int], *, on: date, today: date) -> None:
    """Refuse people met before the day of the activity, and more than a place holds."""
    if today < on:
        raise TooSoon(_("Say how many came once the activity has taken place."))
    if sum(met.values()) > MOST:
        raise TooMany(_("That is more than %(most)s people.") % {"most": MOST})


def reach(activities: Iterable[Mapping[str, int]]) -> Reach | None:
    """Return the bounds of who was met; each activity has its heads by band."""
    sums = [sum(met.values()) for met in activities if met]
    return Reach(sum(sums), max(sums)) if sums else None


# Editions of the day: each has a date of its own, as no rule gives it. Pure.


# What is declared for a day may still be declared, and corrected, so long after it.
OPEN_AFTER: Final = timedelta(days=45)
ANNOUNCED_BEFORE: Final = timedelta(days=90)
FIRST_YEAR: Final = 2004


class DateFaulty(Refused, code="date-faulty"):
    field = "day"


class EmbargoFaulty(Refused, code="embargo-faulty"):
    field = "embargo_until"


class Dated(Protocol):
    """An edition, as these rules read it."""

    @property
    def day(self) -> Any: ...


def check_day(year: int, day: date) -> None:
    """Refuse a date outside of the edition's year."""
    if day.year != year:
        raise DateFaulty(_("The date is not in the year of the edition."))


def check_embargo(embargo_until: datetime | None, day: date) -> None:
    """Refuse an embargo that outlasts the day: nobody could write about it."""
    if embargo_until is not None and embargo_until.date() > day:
        raise EmbargoFaulty(_("The embargo ends after the day itself."))


def current[Edition: Dated](editions: Iterable[Edition], *, today: date) -> Edition | None:
    """Return the edition that is spoken of: while one is open, that one; else the next, the last.

    The day that is over stays the current one until nothing more can be declared for it.
    """
    known = sorted(editions, key=lambda one: one.day)
    ahead = [one for one in known if one.day + OPEN_AFTER >= today]
    return next(iter(ahead), known[-1] if known else None)


def is_announced(day: date, *, today: date) -> bool:
    """Return whether the first page speaks of a day."""
    return timedelta() <= day - today <= ANNOUNCED_BEFORE


def is_open(day: date, *, today: date) -> bool:
    """Return whether activities may be declared and corrected."""
    return today <= day + OPEN_AFTER


def days_left(day: date, *, today: date) -> int:
    """Return how many days there are until a day; 0 from the day on."""
    return max((day - today).days, 0)


def number_of(year: int) -> int:
    """Return which edition of Safer Internet Day a year's is: the first was in 2004."""
    return year - FIRST_YEAR + 1


# What is told of an edition: its own numbers, their bounds, and those of others beside. Pure.


@dataclass(frozen=True, slots=True)
class Beside:
    """A number that another part of the centre counted."""

    label: str
    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of an edition. Codes are those of the pack.

    `told` is of how many activities it is known who came; `reach` is None where it is of none.
    """

    activities: int
    expected: int
    areas: Mapping[str, int]
    channels: Mapping[str, int]
    sorts: Mapping[str, int]
    told: int
    reach: Reach | None
    bands: Mapping[str, int]
    methods: Mapping[str, int]
    messages: int
    beside: Sequence[Beside]


def as_frozen(report: Report) -> dict[str, Any]:
    """Return a report as it is kept once it is public."""
    return asdict(report)


def read_frozen(kept: Mapping[str, Any]) -> Report:
    """Return a report as it was published."""
    reach = kept["reach"]
    return Report(
        **{
            **kept,
            "reach": Reach(**reach) if reach else None,
            "beside": [Beside(**each) for each in kept["beside"]],
        }
    )
