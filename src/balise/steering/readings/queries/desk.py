"""What staff see of what is followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balise.foundation import clock
from balise.foundation.accounts.queries import names_of
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.refusals import Refused
from balise.steering.imports.queries import Opened
from balise.steering.readings import access
from balise.steering.readings.models import Followed, Reading
from balise.steering.readings.rules.files import Line, check, read
from balise.steering.readings.rules.judging import (
    ReadingTold,
    Series,
    Standing,
    check_one,
    gaps,
    quantity_of,
    series_of,
    whole,
)
from balise.steering.rules.leaving import quantity_words


@dataclass(frozen=True, slots=True)
class Last:
    """The last number of a series of a thing; `gap` is since when none was read, too long ago."""

    series: Series
    row: Reading | None
    words: str
    gap: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing with the last number of each of its series."""

    row: Followed
    last: Sequence[Last]


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading in words; `replaced` where it stands no more, with who entered it."""

    row: Reading
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """A thing, its readings of each series, the newest first, and the gaps between them."""

    row: Followed
    readings: Mapping[Series, Sequence[Shown]]
    gaps: Mapping[Series, Sequence[tuple[date, date]]]


def listed(*, seen_by: Actor) -> Sequence[Listed]:
    """Return what is followed, by kind, with the last number of each series."""
    access.require(seen_by, access.READ)
    rows = list(Followed.objects.all())
    last: dict[tuple[UUID, str], Reading] = {}
    for reading in Reading.objects.filter(stands=True).order_by("-day", "since"):
        last.setdefault((reading.followed_id, reading.series), reading)
    return [
        Listed(
            row, [_last(row, series, last.get((row.id, series))) for series in series_of(row.is_a)]
        )
        for row in rows
    ]


def followed(followed_id: UUID, *, seen_by: Actor) -> Followed:
    """Return a thing. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Followed, id=followed_id)


def page(followed_id: UUID, *, seen_by: Actor) -> Page:
    """Return a thing with all its readings, those that were replaced or withdrawn too."""
    row = followed(followed_id, seen_by=seen_by)
    found = list(row.readings.select_related("replaced_by"))
    names = names_of({one.entered_by for one in found})
    readings: dict[Series, list[Shown]] = {series: [] for series in series_of(row.is_a)}
    for one in found:
        words = quantity_words(quantity_of(one.value, one.bound))
        readings[one.is_of].append(Shown(one, words, names.get(one.entered_by, "")))
    return Page(row, readings, {series: _gaps(row, shown) for series, shown in readings.items()})


def reading(reading_id: UUID, *, seen_by: Actor) -> Reading:
    """Return a reading with its thing. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Reading.objects.select_related("followed"), id=reading_id)


def standing() -> Mapping[UUID, Mapping[Series, Sequence[Standing]]]:
    """Return what stands of every thing, by series; for a file that is looked at."""
    found: dict[UUID, dict[Series, list[Standing]]] = {}
    for row in Reading.objects.filter(stands=True):
        of = found.setdefault(row.followed_id, {}).setdefault(row.is_of, [])
        of.append(Standing(row.since, row.day, row.value))
    return found


def things() -> Sequence[Followed]:
    """Return what is followed."""
    return list(Followed.objects.all())


def _last(row: Followed, series: Series, reading: Reading | None) -> Last:
    words = quantity_words(quantity_of(reading.value, reading.bound)) if reading else ""
    days = [reading.day] if reading else []
    late = gaps(days, series, until=_until(row))
    return Last(series, reading, words, late[0][0] if late else None)


def _gaps(row: Followed, shown: Sequence[Shown]) -> Sequence[tuple[date, date]]:
    days = sorted({one.row.day for one in shown if one.row.stands})
    return gaps(days, shown[0].row.is_of, until=_until(row)) if shown else ()


def _until(row: Followed) -> date:
    return min(row.until or clock.today(), clock.today())


# What would become of each reading of a file: nothing is written.


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file's readings: those that are new, known already with the same number, and refused."""

    new: Sequence[Line]
    known: Sequence[Line]
    refused: Sequence[Line]


def named() -> Mapping[str, str]:
    """Return the codes of what is followed by what a row may call it, in small letters."""
    rows = things()
    return {**{row.name.lower(): row.code for row in rows}, **{row.code: row.code for row in rows}}


def verdict(file: Opened) -> Verdict:
    """Return what would become of a file, as its columns were chosen. Raises ColumnsFaulty."""
    columns = file.choices.get("columns", [])
    thing = file.choices.get("thing", "")
    check(columns, thing=thing)
    lines = read(
        file.lines,
        columns=columns,
        thing=thing,
        things=named(),
        source=file.choices.get("source", ""),
    )
    rows = {row.code: row for row in things()}
    stands: dict[tuple[UUID, Series], list[Standing]] = {
        (thing_id, series): list(some)
        for thing_id, by_series in standing().items()
        for series, some in by_series.items()
    }
    new: list[Line] = []
    known: list[Line] = []
    refused: list[Line] = []
    for line in lines:
        if line.told is None:
            refused.append(line)
            continue
        row = rows[line.thing]
        beside = stands.setdefault((row.id, line.told.series), [])
        if _is_known(line.told, beside):
            known.append(line)
            continue
        try:
            value = _checked(row, line.told, beside)
        except Refused as refusal:
            refused.append(Line(line.number, line.thing, line.told, refusal.message))
        else:
            new.append(line)
            beside.append(Standing(line.told.since, line.told.day, value))
    return Verdict(new, known, refused)


def _checked(row: Followed, told: ReadingTold, beside: Sequence[Standing]) -> int:
    return check_one(told, beside, kind=row.is_a, until=row.until, today=today())


def _is_known(told: ReadingTold, beside: Sequence[Standing]) -> bool:
    try:
        mine = Standing(told.since, told.day, whole(told.quantity))
    except Refused:
        return False
    return mine in beside
