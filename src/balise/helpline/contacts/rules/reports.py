"""The files for others, as data says: which dimensions, under which codes, with what withheld."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from balise.foundation import tables
from balise.foundation.packs import Words, load
from balise.foundation.refusals import Refused
from balise.foundation.statistics.measures import CHILDREN, TOPICS, Table, Threshold, mask
from balise.helpline.contacts.rules.forms import Span, band_around, band_of

QUARTERS = (1, 2, 3, 4)


class PeriodWrong(Refused, code="period-wrong"):
    pass


_YOUNG = frozenset({"", "child", "friend", "sibling", "partner"})
# We know a band of ours, and cannot say which of theirs it is.
NOT_DERIVED = "not-derived"


@dataclass(frozen=True, slots=True)
class TheirBand:
    """A band of ages of a file."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactTold:
    """What a fact tells to the files: codes only."""

    day: date
    channel: str
    # The first and last year that they may be: the same where the age is known; None for not said.
    age: Span | None
    gender: str
    caller: str
    place: str
    topics: tuple[str, ...]
    actions_taken: tuple[str, ...]

    def codes(self, of: str) -> tuple[str, ...]:
        """Return our codes for what a dimension is of.

        `who` is the grown-up who contacts us, else nothing: then the young person's age counts.
        """
        if of == "who":
            return ("" if self.caller in _YOUNG else self.caller,)
        found = getattr(self, of)
        return found if isinstance(found, tuple) else (found,)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One breakdown of a file: from what a fact holds, or by a taxonomy."""

    code: str
    of: str
    taxonomy: str
    codes: Mapping[str, str]
    rest: str
    since: date
    ages: tuple[TheirBand, ...] = ()

    @property
    def threshold(self) -> Threshold:
        return TOPICS if self.taxonomy else CHILDREN


@dataclass(frozen=True, slots=True)
class Layout:
    """The breakdowns of a file, and what is not official yet."""

    name: str
    dimensions: tuple[Dimension, ...]
    to_verify: Words


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; `count` is None where it is withheld."""

    dimension: str
    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A file for others: a table of all contacts, then one for each dimension.

    It has what was wrapped up until `counted_until`: it is counted from the contacts' own facts.
    """

    name: str
    first: date
    last: date
    tables: tuple[Table, ...]
    to_verify: Words
    counted_until: datetime

    @property
    def total(self) -> int | None:
        """How many contacts; None where that is withheld."""
        return self.tables[0].total

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(table.by, code, number)
            for table in self.tables
            for code, number in sorted(table.parts.items())
        )


type Mapper = Callable[[date, str, str], str]  # (day, our topic, taxonomy) → their code
type CodesOf = Callable[[str], Iterable[str]]  # taxonomy → all its codes


@cache
def layout(country: str, name: str) -> Layout:
    """Return the layout of a file, `insafe` or `chi`."""
    pack = load("balise.helpline.contacts", country=country, name="reports")[name]
    return Layout(
        name=name,
        dimensions=tuple(
            Dimension(
                code=str(entry["code"]),
                of=str(entry.get("of", "topics")),
                taxonomy=str(entry.get("taxonomy", "")),
                codes=dict(entry.get("codes", {})),
                rest=str(entry.get("rest", "")),
                since=entry.get("since", date.min),
                ages=tuple(
                    TheirBand(str(one["code"]), (int(one["first"]), int(one["last"])))
                    for one in entry.get("ages", ())
                ),
            )
            for entry in pack["dimensions"]
        ),
        to_verify=Words.read(pack["to_verify"], where=f"reports.{name}"),
    )


def quarter(year: int, number: int) -> tuple[date, date]:
    """Return the first and last day of a quarter, or refuse."""
    if number not in QUARTERS:
        raise PeriodWrong(_("A year has quarters 1 to 4."))
    first, _last = whole_year(year)
    start = first.replace(month=3 * number - 2)
    return start, (start + timedelta(days=95)).replace(day=1) - timedelta(days=1)


def whole_year(year: int) -> tuple[date, date]:
    """Return the first and last day of a year, or refuse."""
    if not 2000 <= year <= 2200:  # noqa: PLR2004 - any year that a centre has figures of
        raise PeriodWrong(_("No figures for this year."))
    return date(year, 1, 1), date(year, 12, 31)


def quarters_over(first: date, today: date) -> list[tuple[int, int]]:
    """Return the (year, quarter) since a day that are over today, the latest first."""
    begins, goes_on = (4 * day.year + (day.month - 1) // 3 for day in (first, today))
    return [(place // 4, place % 4 + 1) for place in range(goes_on - 1, begins - 1, -1)]


def years_over(first: date, today: date) -> list[int]:
    """Return the years since a day that are over today, the latest first."""
    return list(range(today.year - 1, first.year - 1, -1))


def check_was_counted(last: date, *, since: date) -> None:
    """Refuse a period that was over before the first contact was counted: no zero is true of it."""
    if last < since:
        raise PeriodWrong(
            _("No data for that period: the first contact is of %(day)s.")
            % {"day": formats.date_format(since, "DATE_FORMAT")}
        )


def count(
    facts: Iterable[FactTold],
    plan: Layout,
    *,
    first: date,
    last: date,
    mapper: Mapper,
    codes_of: CodesOf,
    counted_until: datetime,
) -> Report:
    """Return a file; small numbers are withheld, and with them whatever gives them back."""
    cells = {
        each.code: Counter(dict.fromkeys(codes_of(each.taxonomy) if each.taxonomy else (), 0))
        for each in plan.dimensions
    }
    total = 0
    for fact in facts:
        total += 1
        for dimension in plan.dimensions:
            if fact.day >= dimension.since:
                cells[dimension.code].update(_theirs(fact, dimension, mapper))
    shown = None if CHILDREN.is_small(total) else total
    tables = [Table("", shown, threshold=CHILDREN, counted_until=counted_until)]
    for dimension in plan.dimensions:
        numbers = cells[dimension.code]
        # A contact may have several codes of a dimension, or be of before it.
        tables.append(
            Table(
                dimension.code,
                shown if numbers.total() == total else None,
                mask(numbers, dimension.threshold),
                threshold=dimension.threshold,
                counted_until=counted_until,
            )
        )
    return Report(plan.name, first, last, tuple(tables), plan.to_verify, counted_until)


def _theirs(fact: FactTold, dimension: Dimension, mapper: Mapper) -> set[str]:
    if dimension.ages and (dimension.of != "who" or fact.caller in _YOUNG):
        return {_their_age(fact.age, dimension)}
    ours = fact.codes(dimension.of)
    if dimension.taxonomy:
        found = {mapper(fact.day, code, dimension.taxonomy) for code in ours}
    else:
        found = {dimension.codes.get(code, dimension.rest) for code in ours}
    return found - {""}


def _their_age(age: Span | None, dimension: Dimension) -> str:
    """Return their band of an age; the rest for one that is not said or is in none of theirs."""
    if age is None:
        return dimension.rest
    if found := band_around(age, dimension.ages):
        return found
    first, last = (band_of(years, dimension.ages) for years in age)
    return NOT_DERIVED if first or last else dimension.rest


# A file for others as JSON or CSV.


def as_object(report: Report) -> dict[str, Any]:
    """Return a file as one JSON object; null is a number that is withheld."""
    return {
        "report": report.name,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "counted_until": report.counted_until.isoformat(timespec="seconds"),
        "to_verify": report.to_verify.in_language("en"),
        "contacts": report.total,
        "lines": [
            {"dimension": line.dimension, "code": line.code, "count": line.count}
            for line in report.lines
        ],
    }


def as_csv(report: Report) -> str:
    """Return a file as CSV; an empty count is a number that is withheld.

    The end of counting is the last column, so that programs which read columns by position still
    work.
    """
    names = ("report", "first", "last", "dimension", "code", "count", "counted_until")
    rows: list[tuple[object, ...]] = [names]
    head = (report.name, report.first, report.last)
    until = report.counted_until.isoformat(timespec="seconds")
    rows.append((*head, "contacts", "all", report.total, until))
    rows += ((*head, line.dimension, line.code, line.count, until) for line in report.lines)
    return tables.as_csv(rows, separator=",", line_end="\n", has_mark=False)
