"""What would become of each reading of a file: nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.foundation.clock import today
from balise.foundation.refusals import Refused
from balise.steering.imports.queries import Opened
from balise.steering.readings.models import Followed
from balise.steering.readings.queries.desk import standing, things
from balise.steering.readings.rules.files import Line, check, read
from balise.steering.readings.rules.judging import ReadingTold, Standing, check_one, whole
from balise.steering.readings.rules.series import Series


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
