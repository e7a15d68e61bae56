"""The figures, from the tallies alone; a period of any length in a few milliseconds."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Max, Min

from balise.foundation.statistics.measures import MEASURES, codes_text, read_codes
from balise.foundation.statistics.models import LateMonthTally, LateTally, MonthTally, Tally


@dataclass(slots=True)
class FigureRow:
    """One figure of a period: the codes it is for, how often, and how much in total.

    `keys` is the sum of the record keys of its units, where the measure has them.
    """

    codes: dict[str, str]
    count: int
    total: int
    keys: int = 0


@dataclass(slots=True)
class DayRow:
    """One figure of one day, or of the month that begins on that day."""

    day: date
    codes: dict[str, str]
    count: int
    total: int


def totals(
    measure: str,
    since: date,
    until: date,
    by: tuple[str, ...] = (),
    *,
    known_by: date | None = None,
) -> list[FigureRow]:
    """Return a measure's figures over a period, both days included, the largest count first.

    Grouped by some of its codes; with none, one row, even when nothing was counted. `known_by`: as
    they were known at the end of that day, which is not before the period's last.
    """
    return totals_of({measure: by}, since, until, known_by=known_by)[measure]


def totals_of(
    measures: Mapping[str, tuple[str, ...]],
    since: date,
    until: date,
    *,
    known_by: date | None = None,
) -> dict[str, list[FigureRow]]:
    """Return the totals of several measures at once: a few queries, however many they are.

    `measures` says by which of its codes each is grouped; `known_by` is as in `totals`.
    """
    sums: dict[str, dict[str, tuple[int, int, int]]] = {}
    for measure, by in measures.items():
        _check(measure, by)
        sums[measure] = {} if by else {"": (0, 0, 0)}
    groups = {by: _Groups(by) for by in measures.values()}
    for sign, found in _sums(measures, since, until, known_by):
        for measure, text, count, total, keys in found:
            group = groups[measures[measure]][text]
            before = sums[measure].get(group, (0, 0, 0))
            sums[measure][group] = (
                before[0] + sign * count,
                before[1] + sign * total,
                before[2] + sign * keys,
            )
    return {measure: _rows(each) for measure, each in sums.items()}


def _sums(
    measures: Mapping[str, tuple[str, ...]], since: date, until: date, known_by: date | None
) -> Iterator[tuple[int, list[tuple[str, str, int, int, int]]]]:
    """Yield what adds up to a period, with 1, and what was recorded too late for it, with -1."""
    if known_by is not None and known_by < until:
        raise ValueError("what is known on a day does not go beyond it")
    for model, first, last in _parts(since, until):
        yield 1, _summed(model, measures, first, last)
        if known_by is None:
            continue
        if model is Tally:
            yield -1, _summed(LateTally, measures, first, last, (known_by, date.max))
        else:
            ends = _next_month(known_by) - timedelta(days=1)
            yield -1, _summed(LateTally, measures, first, last, (known_by, ends))
            yield -1, _summed(LateMonthTally, measures, first, last, (ends, date.max))


def _rows(sums: dict[str, tuple[int, int, int]]) -> list[FigureRow]:
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return [FigureRow(dict(_codes(group)), *figures) for group, figures in ordered]


def by_day(measure: str, since: date, until: date, by: tuple[str, ...] = ()) -> list[DayRow]:
    """Return a measure's figures for each day of a period that has any, both days included."""
    _check(measure, by)
    return _fold(_read(Tally, measure, since, until), by)


def first_and_last_day(measure: str) -> tuple[date, date] | None:
    """Return the days of the first and the last figure of a measure, or None without any."""
    ends = Tally.objects.filter(measure=measure).aggregate(first=Min("day"), last=Max("day"))
    return (ends["first"], ends["last"]) if ends["first"] else None


class _Groups(dict[str, str]):
    """The group that each text of codes belongs to, worked out once for each."""

    def __init__(self, by: tuple[str, ...]) -> None:
        self.by = by

    def __missing__(self, text: str) -> str:
        group = self[text] = _group(text, self.by)
        return group


# Reading a text takes longer than fetching it, and few different ones ever occur.
@lru_cache(maxsize=8_192)
def _codes(text: str) -> Mapping[str, str]:
    return read_codes(text)


@lru_cache(maxsize=8_192)
def _group(text: str, by: tuple[str, ...]) -> str:
    codes = _codes(text)
    return codes_text({code: codes.get(code, "") for code in by})


def _parts(since: date, until: date) -> Iterator[tuple[type[Tally | MonthTally], date, date]]:
    """Yield what adds up to the period: its whole months, and the days at both ends."""
    first_month = _next_month(since - timedelta(days=1))
    after_months = (until + timedelta(days=1)).replace(day=1)
    if first_month >= after_months:
        yield Tally, since, until
        return
    yield MonthTally, first_month, after_months - timedelta(days=1)
    if since < first_month:
        yield Tally, since, first_month - timedelta(days=1)
    if until >= after_months:
        yield Tally, after_months, until


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _read(
    model: type[Tally | MonthTally], measure: str, since: date, until: date
) -> list[tuple[str, str, int, int]]:
    """Return the rows as the driver gives them: converting each day costs more than the query."""
    table = connection.ops.quote_name(model._meta.db_table)
    adapt = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT CAST(day AS text), codes, count, total FROM {table} "  # noqa: S608 - our own table
            "WHERE measure = %s AND day BETWEEN %s AND %s ORDER BY day",
            [measure, adapt(since), adapt(until)],
        )
        rows: list[tuple[str, str, int, int]] = cursor.fetchall()
    return rows


def _summed(
    model: type[Tally | MonthTally | LateTally | LateMonthTally],
    measures: Mapping[str, tuple[str, ...]],
    since: date,
    until: date,
    recorded: tuple[date, date] | None = None,
) -> list[tuple[str, str, int, int, int]]:
    """Return the sums of each measure and text of codes, as the driver gives them.

    A measure that is not grouped has one, under "": hundreds of rows less to read.

    Of late tallies, those that were `recorded` after the first of two days, until the second.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    adapt = connection.ops.adapt_datefield_value
    whole = [measure for measure, by in measures.items() if not by]
    codes = f"CASE WHEN measure IN ({_holes(whole)}) THEN '' ELSE codes END" if whole else "codes"
    late = "AND recorded > %s AND recorded <= %s " if recorded else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT measure, {codes}, CAST(SUM(count) AS bigint), "  # noqa: S608 - our own table
            "CAST(SUM(total) AS bigint), CAST(SUM(keys) AS bigint) "
            f"FROM {table} WHERE measure IN ({_holes(measures)}) AND day BETWEEN %s AND %s {late}"
            "GROUP BY 1, 2",
            [*whole, *measures, *map(adapt, (since, until, *(recorded or ())))],
        )
        rows: list[tuple[str, str, int, int, int]] = cursor.fetchall()
    return rows


def _holes(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _fold(rows: Iterable[tuple[str, str, int, int]], by: tuple[str, ...]) -> list[DayRow]:
    """Return rows that come in order of days, summed for each day and group."""
    groups = _Groups(by)
    codes: dict[str, dict[str, str]] = {}
    folded: list[DayRow] = []
    today = ""
    sums: dict[str, tuple[int, int]] = {}

    def close() -> None:
        day = date.fromisoformat(today)
        for group in sorted(sums):
            if group not in codes:
                codes[group] = read_codes(group)
            folded.append(DayRow(day, codes[group], *sums[group]))

    for day, text, count, total in rows:
        if day != today:
            if sums:
                close()
            today, sums = day, {}
        group = groups[text]
        before = sums.get(group)
        sums[group] = (before[0] + count, before[1] + total) if before else (count, total)
    if sums:
        close()
    return folded


def _check(measure: str, by: tuple[str, ...]) -> None:
    known = MEASURES.get(measure)
    if known is None:
        raise LookupError(f"no measure is called {measure}")
    unknown = set(by) - set(known.codes)
    if unknown:
        raise LookupError(f"{measure} is not counted by {', '.join(sorted(unknown))}")
