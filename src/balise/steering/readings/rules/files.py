"""Rows of a file of readings, read by columns that someone named: each reading, or why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.indicators import Method
from balise.steering.imports.rules.cells import day_of, number_of, span_of
from balise.steering.readings.rules.judging import (
    SHAPES,
    ColumnsFaulty,
    ReadingTold,
    Series,
    ThingUnknown,
)

DAY: Final = "day"
THING: Final = "thing"
ROLES: Final = (DAY, THING, *Series.values)
# How exports of audience tools and networks name their columns, in small letters.
_NAMES: Final[Mapping[str, str]] = {
    DAY: "date, day, jour, période, periode, period, semaine, mois",
    THING: "compte, account, site, page, vidéo, video, application, thing, code",
    Series.VISITS: "visits, visites, nb_visits",
    Series.VISITORS: "visitors, visiteurs, visiteurs uniques, unique visitors, nb_uniq_visitors",
    Series.FOLLOWERS: "followers, abonnés, abonnes, total followers, lifetime total likes",
    Series.VIEWS: "views, vues, nombre de vues, total views",
    Series.DOWNLOADS: "downloads, téléchargements, telechargements, total downloads, installs",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A reading of a row, of the thing with this code; or why the row is refused."""

    number: int
    thing: str = ""
    told: ReadingTold | None = None
    refused: str = ""


def guess(head: Sequence[str]) -> list[str]:
    """Return what each column seems to hold: a role, or "" for one that is not read."""
    found: list[str] = []
    for name in head:
        said = name.strip().lower()
        role = next((role for role, names in _NAMES.items() if said in names.split(", ")), "")
        found.append("" if role in found else role)
    return found


def check(columns: Sequence[str], *, thing: str) -> None:
    """Raise ColumnsFaulty for columns that say no reading: a day, a thing and a number are needed.

    `thing` is the code that all rows are of, "" where a column names it.
    """
    used = [role for role in columns if role]
    if DAY not in used or not set(used) & set(Series.values):
        raise ColumnsFaulty(_("Choose the column of the day and at least one of a number."))
    if len(used) != len(set(used)):
        raise ColumnsFaulty(_("Two columns have the same meaning."))
    if bool(thing) == (THING in used):
        raise ColumnsFaulty(_("Choose what all rows are of, or the column that names it."))


def read(
    lines: Iterable[tuple[int, Sequence[str]]],
    *,
    columns: Sequence[str],
    thing: str,
    things: Mapping[str, str],
    source: str,
) -> list[Line]:
    """Return the readings of each row, by day, or why the row is refused.

    `things` are codes by what rows may call them, in small letters. An empty number is no reading.
    """
    found: list[Line] = []
    for number, cells in lines:
        row = {role: _cell(cells, at) for at, role in enumerate(columns) if role}
        try:
            of = thing or _named(row[THING], things)
            found += [
                Line(number, of, _told(Series(role), row[DAY], text, source))
                for role, text in row.items()
                if role in Series.values and text
            ]
        except Refused as refusal:
            found.append(Line(number, refused=refusal.message))
    return sorted(found, key=lambda line: line.told.day.toordinal() if line.told else 0)


def _told(series: Series, day: str, number: str, source: str) -> ReadingTold:
    has_span = SHAPES[series].has_span
    since, last = span_of(day) if has_span else (None, day_of(day))
    return ReadingTold(
        series=series,
        day=last,
        since=since,
        quantity=number_of(number),
        source=source,
        method=Method.IMPORTED,
    )


def _named(text: str, things: Mapping[str, str]) -> str:
    code = things.get(text.strip().lower())
    if code is None:
        raise ThingUnknown(
            _("Nothing that is followed is called “%(name)s”.") % {"name": text[:40]}
        )
    return code


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
