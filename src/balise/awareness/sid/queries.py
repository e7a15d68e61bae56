"""What is declared for the day, and by whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from balise.awareness.partnership.campaigns import queries as campaigns
from balise.awareness.places.fieldwork.queries import lessons as of_field
from balise.awareness.places.fieldwork.queries.lessons import Lesson
from balise.awareness.sid import access
from balise.awareness.sid.events import EditionChanged, EditionPlanned
from balise.awareness.sid.models import CONTACT, LINE, Activity, Edition
from balise.awareness.sid.rules import (
    Band,
    Beside,
    Report,
    Sort,
    Wall,
    current,
    days_left,
    number_of,
    reach,
    read_frozen,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import NotHere, find, there
from balise.foundation.journal.book import told
from balise.foundation.statistics.indicators import Said

ON_A_PAGE: Final = 24
_SHOWN: Final = ("name", "says", "area", "language", "declared_at")


@dataclass(frozen=True, slots=True)
class Counters:
    """The numbers of the moment; someone at two activities is expected twice."""

    activities: int
    expected: int
    areas: int
    days: int


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who declared an activity, to be written to."""

    address: str
    language: str
    name: str
    year: int


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in the list of staff."""

    edition: Edition
    activities: int
    waiting: int


def edition_on(_first: date, last: date, /, *, until: datetime) -> Said | None:
    """Return which edition the last one until a day is, as it was planned before a moment.

    None before the first that is planned here.
    """
    days: dict[UUID, tuple[str, int]] = {}
    for _event, subject, facts in told(EditionPlanned, EditionChanged, until=until):
        days[subject] = (facts["day"], facts["year"])
    held = [(day, year) for day, year in days.values() if day <= last.isoformat()]
    return Said(number_of(max(held)[1])) if held else None


def now_current() -> Edition:
    """Return the edition that is spoken of now. Raises NotHere where none has a date."""
    return there(current(Edition.objects.all(), today=today()))


def of_year(year: int) -> Edition | None:
    """Return a year's edition; None where it has no date yet."""
    return Edition.objects.filter(year=year).first()


def day_of(year: int) -> date | None:
    """Return the day of a year's edition; None where it has none yet."""
    return Edition.objects.filter(year=year).values_list("day", flat=True).first()


def edition(edition_id: UUID, *, seen_by: Actor) -> Edition:
    """Return an edition. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Edition, id=edition_id)


def editions(*, seen_by: Actor) -> Sequence[EditionRow]:
    """Return every edition, the last first, with what is declared and what waits to be read."""
    access.require(seen_by, access.READ)
    counts = Edition.objects.annotate(
        many=Count("activities", filter=_COUNTED),
        waiting=Count("activities", filter=_COUNTED & Q(activities__wall=Wall.WAITING)),
    )
    return [EditionRow(each, each.many, each.waiting) for each in counts]


def counted(of: Edition) -> QuerySet[Activity]:
    """Return the activities of an edition that count."""
    return Activity.objects.filter(edition=of, withdrawn_at=None, voided="")


def counters(of: Edition) -> Counters:
    """Return the numbers of the moment, in one query."""
    found: dict[str, Any] = counted(of).aggregate(
        activities=Count("id"),
        expected=Sum("expected"),
        areas=Count("area", distinct=True, filter=~Q(area="")),
    )
    return Counters(
        found["activities"],
        found["expected"] or 0,
        found["areas"],
        days_left(of.day, today=today()),
    )


def wall(of: Edition, *, page: int = 1) -> tuple[Sequence[Activity], bool]:
    """Return the messages of a page of the wall, the newest first, and whether there are more."""
    shown = counted(of).filter(wall=Wall.SHOWN).only(*_SHOWN).order_by("-declared_at", "id")
    begin = (max(page, 1) - 1) * ON_A_PAGE
    found = list(shown[begin : begin + ON_A_PAGE + 1])
    return found[:ON_A_PAGE], len(found) > ON_A_PAGE


def own(activity_id: UUID) -> Activity:
    """Return an activity for who declared it. Raises NotHere."""
    rows = Activity.objects.defer("contact").select_related("edition")
    return find(rows, id=activity_id)


def edition_of(activity_id: UUID, *, seen_by: Actor) -> UUID:
    """Return the id of an activity's edition. Raises NotHere."""
    access.require(seen_by, access.READ)
    found: UUID = find(Activity.objects.only("edition_id"), id=activity_id).edition_id
    return found


def to_read(of: Edition, *, seen_by: Actor) -> Sequence[Activity]:
    """Return what waits to be read, the oldest first."""
    access.require(seen_by, access.MODERATE)
    waiting = counted(of).filter(wall=Wall.WAITING).order_by("declared_at")
    return list(waiting.defer("contact")[:ON_A_PAGE])


def activities(of: Edition, *, seen_by: Actor) -> Sequence[Activity]:
    """Return the last activities that were declared, those that do not count too."""
    access.require(seen_by, access.READ)
    rows = Activity.objects.filter(edition=of).defer("contact").order_by("-declared_at")
    return list(rows[:200])


def to_write(activity_id: UUID) -> Addressed | None:
    """Return who declared an activity; None where the address is forgotten."""
    row = Activity.objects.select_related("edition").filter(id=activity_id).first()
    if row is None or not row.contact:
        return None
    said = key_of_line(LINE, row.id).open(row.contact, where=CONTACT, row=row.id)
    return Addressed(str(said["mail"]), row.language, row.name, row.edition.year)


_COUNTED: Final = Q(activities__withdrawn_at=None, activities__voided="")


# Pupils met, or to be met: what is declared for the day beside what is done in the field.


def planned_lessons(*, since: date, until: date) -> list[Lesson]:
    """Return the lessons of days, both included: those of the field, and of the day's schools.

    Of the day they are as met where that is known, else as expected.
    """
    declared = Activity.objects.filter(
        sort=Sort.SCHOOL, on__range=(since, until), withdrawn_at=None, voided=""
    ).values_list("on", "area", "expected", "met")
    found = [
        Lesson(day, area, sum(heads for band, heads in met.items() if band != Band.ADULTS))
        if met
        else Lesson(day, area, expected)
        for day, area, expected, met in declared
    ]
    return sorted([*of_field.planned_lessons(since=since, until=until), *found])


# The report of an edition: as it stands, or as it was published.


def report_of(edition: Edition) -> Report:
    """Return the figures of an edition as they are now."""
    rows = list(counted(edition).defer("contact", "says"))
    met = [row.met for row in rows if row.met]
    heads = {band.value: sum(each.get(band, 0) for each in met) for band in Band}
    known = campaigns.carried(edition.campaign) if edition.campaign else ()
    return Report(
        activities=len(rows),
        expected=sum(row.expected for row in rows),
        areas=dict(sorted(Counter(row.area for row in rows if row.area).items())),
        channels=dict(Counter(row.channel for row in rows)),
        sorts=dict(Counter(row.sort for row in rows)),
        told=len(met),
        reach=reach(met),
        bands=heads if met else {},
        methods=dict(Counter(row.method for row in rows if row.met)),
        messages=sum(row.wall == Wall.SHOWN for row in rows),
        beside=[Beside(each.label, each.number, each.unit) for each in known],
    )


def published(edition: Edition) -> Report:
    """Return the report as it was published. Raises NotHere before it is."""
    if not edition.reported_at:
        raise NotHere(Edition.__name__)
    return read_frozen(edition.report or {})


def report(edition: Edition, *, seen_by: Actor) -> Report:
    """Return the report for staff: as it was published, else as it stands."""
    access.require(seen_by, access.READ)
    return published(edition) if edition.reported_at else report_of(edition)
