"""Enter readings, correct one, withdraw one. A number that was entered is never changed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.quantities import Quantity
from balise.steering.readings import access
from balise.steering.readings.events import (
    ReadingCorrected,
    ReadingNoted,
    ReadingWithdrawn,
    VisitsCounted,
)
from balise.steering.readings.models import Followed, Reading
from balise.steering.readings.rules.judging import ReadingTold, Standing, Why, check_one
from balise.steering.readings.rules.refusals import ReadingReplaced
from balise.steering.readings.rules.series import Series

_COLUMNS = (
    *("id", "followed", "series", "since", "day", "value", "bound", "method", "source"),
    *("why", "note", "brought", "entered_by", "recorded_at", "replaces", "stands"),
    "withdrawn_why",
)


def note(*, followed_id: UUID, told: ReadingTold, by: Actor) -> UUID:
    """Enter one reading; return its id. Raises what `note_all` raises."""
    return note_all(followed_id=followed_id, told=(told,), by=by)[0]


@transaction.atomic
def note_all(
    *, followed_id: UUID, told: Sequence[ReadingTold], by: Actor, brought: UUID | None = None
) -> Sequence[UUID]:
    """Enter readings of one thing, all or none; return their ids. `brought` is their file.

    Raises SeriesForeign, NumberFaulty, DayFaulty, DayTaken and WhyNeeded.
    """
    access.require(by, access.WRITE)
    followed = Followed.locked(followed_id)
    standing = _standing_of(followed)
    made: list[Reading] = []
    for one in told:
        value = _checked(followed, one, standing[one.series])
        standing[one.series].append(Standing(one.since, one.day, value))
        made.append(_row(followed, one, value, brought=brought, by=by))
    _insert(made)
    facts: list[Event] = [fact for row in made for fact in _noted(row)]
    record_many(facts, by=by)
    return [row.id for row in made]


@transaction.atomic
def correct(*, reading_id: UUID, quantity: Quantity, why: Why | None, note: str, by: Actor) -> UUID:
    """Put a reading in the place of another, which is kept; return its id.

    Raises ReadingReplaced, NumberFaulty, and WhyNeeded as for a first reading.
    """
    access.require(by, access.WRITE)
    was = _locked(reading_id)
    told = ReadingTold(
        series=was.is_of,
        day=was.day,
        since=was.since,
        quantity=quantity,
        source=was.source,
        method=was.came_by,
        why=why,
        note=note,
    )
    others = [one for one in _rows(was.followed, was.is_of) if one.id != was.id]
    value = _checked(was.followed, told, [_standing(one) for one in others])
    was.stands = False
    was.save(update_fields=("stands",))
    row = _row(was.followed, told, value, brought=None, by=by)
    row.replaces = was
    row.save(force_insert=True)
    record(
        ReadingCorrected(
            subject=row.id,
            was=was.value,
            value=value,
            bound=Code(row.bound),
            why=Code(row.why),
        ),
        by=by,
    )
    record_many(_counted(row, value - was.value), by=by)
    return row.id


@transaction.atomic
def withdraw(*, reading_id: UUID, why: str, by: Actor) -> None:
    """Say that a reading counts no more, and why; the row stays. Raises ReadingReplaced."""
    access.require(by, access.WRITE)
    row = _locked(reading_id)
    row.stands, row.withdrawn_at, row.withdrawn_why = False, clock.now(), why
    row.save(update_fields=("stands", "withdrawn_at", "withdrawn_why"))
    record(ReadingWithdrawn(subject=row.id, value=row.value), by=by)
    record_many(_counted(row, -row.value), by=by)


def _checked(followed: Followed, told: ReadingTold, standing: Sequence[Standing]) -> int:
    kind, until = followed.is_a, followed.until
    return check_one(told, standing, kind=kind, until=until, today=clock.today())


def _standing_of(followed: Followed) -> defaultdict[Series, list[Standing]]:
    """Return what stands of a thing, by series."""
    found: defaultdict[Series, list[Standing]] = defaultdict(list)
    for row in followed.readings.filter(stands=True):
        found[row.is_of].append(_standing(row))
    return found


def _rows(followed: Followed, series: Series) -> Sequence[Reading]:
    return list(followed.readings.filter(series=series.value, stands=True))


def _standing(row: Reading) -> Standing:
    return Standing(row.since, row.day, row.value)


def _locked(reading_id: UUID) -> Reading:
    """Return a reading that stands, its thing locked: whatever changes one locks its thing."""
    Followed.locked(find(Reading, id=reading_id).followed_id)
    row = Reading.objects.select_related("followed").get(id=reading_id)
    if not row.stands:
        raise ReadingReplaced(_("This reading was already corrected or withdrawn."))
    return row


def _row(
    followed: Followed, told: ReadingTold, value: int, *, brought: UUID | None, by: Actor
) -> Reading:
    return Reading(
        id=uuid4(),
        followed=followed,
        series=told.series.value,
        since=told.since,
        day=told.day,
        value=value,
        bound=told.quantity.bound.value,
        method=told.method.value,
        source=told.source,
        why=told.why.value if told.why else "",
        note=told.note,
        brought=brought,
        entered_by=by.key,
        recorded_at=clock.now(),
    )


def _insert(made: Sequence[Reading]) -> None:
    values = [[_value(row, name) for name in _COLUMNS] for row in made]
    rows.insert(Reading, _COLUMNS, values)


def _value(row: Reading, name: str) -> object:
    return getattr(row, f"{name}_id" if name in {"followed", "replaces"} else name)


def _noted(row: Reading) -> Iterator[Event]:
    yield ReadingNoted(
        subject=row.id,
        thing=Code(row.followed.code),
        series=Code(row.series),
        since=row.since,
        day=row.day,
        value=row.value,
        bound=Code(row.bound),
        method=Code(row.method),
        why=Code(row.why),
    )
    yield from _counted(row, row.value)


def _counted(row: Reading, amount: int) -> Iterator[Event]:
    """Yield what a reading of visits adds to the tallies; others are asked for as they stand."""
    if row.is_of is Series.VISITS and amount:
        day: date = row.day
        yield VisitsCounted(subject=row.id, thing=Code(row.followed.code), day=day, amount=amount)
