"""What is decided about the diary, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy
from icalendar import Calendar, Event

from balise.foundation.refusals import Refused

# The diary as a calendar file (RFC 5545): days, without hours.


TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Balise//Diary//EN"


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry for a calendar."""

    uid: str
    first: date
    last: date
    title: str
    place: str
    changed_at: datetime


def write(entries: Sequence[Dated]) -> bytes:
    """Return a calendar; the same entries give the same octets."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.changed_at)
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))  # the day after, by the standard
        event.add("summary", entry.title)
        if entry.place:
            event.add("location", entry.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


# Why an entry of the diary is refused.


class DaysFaulty(Refused, code="diary-days-faulty"):
    """It ends before it begins."""

    field = "last"


class EditionFaulty(Refused, code="diary-edition-faulty"):
    """An edition is of a series, and each number and year is one's."""

    field = "edition"


class EntryWithdrawn(Refused, code="diary-entry-withdrawn"):
    """It was withdrawn."""


# What the centre did on a day, as someone tells it.


LONGEST: Final = 160
_LONGEST_STAY: Final = timedelta(days=731)
_FOUNDED: Final = 1900


class EntryKind(TextChoices):
    """What it was."""

    MEETING = "meeting", pgettext_lazy("diary", "Meeting")
    PARTNERSHIP = "partnership", pgettext_lazy("diary", "Partnership")
    FESTIVAL = "festival", pgettext_lazy("diary", "Festival or fair")
    MATCH = "match", pgettext_lazy("diary", "Match")
    VISIT = "visit", pgettext_lazy("diary", "Official visit")
    MANDATE = "mandate", pgettext_lazy("diary", "Mandate")
    CAMPAIGN = "campaign", pgettext_lazy("diary", "Campaign")
    HOURS = "hours", pgettext_lazy("diary", "Opening hours or number")
    OTHER = "other", pgettext_lazy("diary", "Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTold:
    """An entry: `titles` by language; `series` is what it is an edition of, since a year."""

    kind: EntryKind
    first: date
    last: date
    titles: Mapping[str, str]
    place: str = ""
    series: str = ""
    edition: int | None = None
    since_year: int | None = None
    campaign: str = ""


def check(told: EntryTold, *, others: Mapping[int, date]) -> None:
    """Raise DaysFaulty, or EditionFaulty for an edition that another entry of its series is.

    `others` are the days of the other editions of its series, by number: a later number is later.
    """
    if told.last < told.first:
        raise DaysFaulty(_("The last day is before the first."))
    if told.last - told.first > _LONGEST_STAY:
        raise DaysFaulty(_("This is longer than two years."))
    if told.edition is None and told.since_year is None:
        return
    if not told.series:
        raise EditionFaulty(_("Enter what it is an edition of."))
    if told.since_year is not None and not _FOUNDED <= told.since_year <= told.first.year:
        raise EditionFaulty(_("The first year is not after this one."))
    if told.edition is None:
        return
    if told.edition in others:
        raise EditionFaulty(_("Another entry is this edition."))
    is_out = any((number < told.edition) != (day < told.first) for number, day in others.items())
    if is_out:
        raise EditionFaulty(_("A later edition has a higher number."))


def title_in(titles: Mapping[str, str], language: str) -> str:
    """Return a title in a language, in another where it is not written."""
    return titles.get(language) or next((text for text in titles.values() if text), "")
