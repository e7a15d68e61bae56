"""What is declared for the day, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from balise.awareness.sid import access
from balise.awareness.sid.events import EditionChanged, EditionPlanned
from balise.awareness.sid.models import CONTACT, LINE, Activity, Edition
from balise.awareness.sid.rules.editions import current, days_left, number_of
from balise.awareness.sid.rules.words import Wall
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find, there
from balise.foundation.journal.told import told
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
