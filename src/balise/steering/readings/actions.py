"""Changes of what is followed, and of its readings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.quantities import Quantity
from balise.steering.imports.actions import choose, taking
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.readings import access
from balise.steering.readings.events import (
    ReadingCorrected,
    ReadingNoted,
    ReadingWithdrawn,
    ThingChanged,
    ThingFollowed,
    VisitsCounted,
)
from balise.steering.readings.models import Followed, Reading
from balise.steering.readings.queries.desk import verdict
from balise.steering.readings.rules.files import check
from balise.steering.readings.rules.judging import (
    Facts,
    ReadingReplaced,
    ReadingTold,
    Series,
    Standing,
    Thing,
    ThingTaken,
    Why,
    check_one,
    check_until,
    cleaned,
    needs_network,
)

# Enter readings, correct one, withdraw one. A number that was entered is never changed.


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


# Say how a file of readings is read, and take it in: what is right and new, once.


_TURN: Final = "steering.readings"


def read_as(
    *, brought_id: UUID, columns: Sequence[str], thing: str, source: str, by: Actor
) -> None:
    """Say what the columns of a file hold. Raises ColumnsFaulty, AlreadyImported."""
    access.require(by, access.WRITE)
    check(columns, thing=thing)
    choices = {"columns": list(columns), "thing": thing, "source": source}
    choose(brought_id=brought_id, kind=ImportKind.READINGS, choices=choices, by=by)


def take_in(*, brought_id: UUID, by: Actor) -> None:
    """Enter the readings of a file that are right and new. Raises AlreadyImported, ColumnsFaulty.

    One that is lower than expected is refused: it is entered by hand, with the reason.
    """
    access.require(by, access.WRITE)
    with taking(brought_id=brought_id, kind=ImportKind.READINGS, by=by) as done:
        rows.in_turn(_TURN)  # what another takes in is known before it is looked at
        found = verdict(done.file)
        by_thing: defaultdict[str, list[ReadingTold]] = defaultdict(list)
        for line in found.new:
            if line.told:
                by_thing[line.thing].append(line.told)
        ids = dict(Followed.objects.filter(code__in=by_thing).values_list("code", "id"))
        for code, told in by_thing.items():
            note_all(followed_id=ids[code], told=told, by=by, brought=brought_id)
        done.taken, done.known = len(found.new), len(found.known)
        done.refused = [(line.number, line.refused) for line in found.refused]


# Follow an account, a video, a store or a site; change what is said of it.


def follow(*, kind: Thing, code: str, facts: Facts, by: Actor) -> UUID:
    """Follow a thing; return its id. Raises CodeFaulty and ThingTaken."""
    access.require(by, access.WRITE)
    row = Followed(kind=kind.value, code=cleaned(code))
    _fill(row, facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(ThingFollowed(subject=row.id, kind=Code(kind.value), code=Code(row.code)), by=by)
    except IntegrityError:
        taken = _("Another thing has the code %(code)s.") % {"code": row.code}
        raise ThingTaken(taken) from None
    return row.id


@transaction.atomic
def change(*, followed_id: UUID, facts: Facts, by: Actor) -> None:
    """Change what is said of a thing. Raises SpanFaulty where it has a later reading."""
    access.require(by, access.WRITE)
    row = Followed.locked(followed_id)
    last = row.readings.filter(stands=True).aggregate(last=Max("day"))["last"]
    check_until(facts.until, last=last)
    _fill(row, facts)
    row.save()
    record(ThingChanged(subject=row.id, code=Code(row.code), until=facts.until), by=by)


def _fill(row: Followed, facts: Facts) -> None:
    is_somewhere = needs_network(row.is_a) and facts.network is not None
    row.network = facts.network.value if is_somewhere and facts.network else ""
    row.name, row.owner, row.address = facts.name, facts.owner, facts.address
    row.until = facts.until
