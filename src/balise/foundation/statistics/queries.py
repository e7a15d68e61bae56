"""The figures, from the tallies alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from balise.foundation.statistics.measures import MEASURES, codes_text, read_codes
from balise.foundation.statistics.models import Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: the codes it is for, how often, and how much in total."""

    codes: dict[str, str]
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """One figure of one day."""

    day: date
    codes: dict[str, str]
    count: int
    total: int


def totals(measure: str, since: date, until: date, by: tuple[str, ...] = ()) -> list[Row]:
    """Return a measure's figures over a period, both days included, the largest count first.

    Grouped by some of its codes; with none, one row, even when nothing was counted.
    """
    _check(measure, by)
    found = (
        Tally.objects.filter(measure=measure, day__gte=since, day__lte=until)
        .values_list("codes")
        .annotate(Sum("count"), Sum("total"))
        .order_by()
    )
    sums: dict[str, tuple[int, int]] = {} if by else {"": (0, 0)}
    for text, count, total in found:
        group = _group(text, by)
        before = sums.get(group, (0, 0))
        sums[group] = (before[0] + count, before[1] + total)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return [Row(read_codes(group), *figures) for group, figures in ordered]


def by_day(measure: str, since: date, until: date, by: tuple[str, ...] = ()) -> list[DayRow]:
    """Return a measure's figures for each day of a period that has any, both days included."""
    _check(measure, by)
    tallies = Tally.objects.filter(measure=measure, day__gte=since, day__lte=until)
    if not by:
        summed = tallies.values_list("day").annotate(Sum("count"), Sum("total")).order_by("day")
        return [DayRow(day, {}, count, total) for day, count, total in summed]
    groups: dict[str, str] = {}
    sums: dict[tuple[date, str], tuple[int, int]] = {}
    for day, text, count, total in tallies.values_list("day", "codes", "count", "total"):
        group = groups.get(text)
        if group is None:
            group = groups[text] = _group(text, by)
        before = sums.get((day, group), (0, 0))
        sums[day, group] = (before[0] + count, before[1] + total)
    codes = {group: read_codes(group) for group in groups.values()}
    return [DayRow(day, codes[group], *sums[day, group]) for day, group in sorted(sums)]


def first_and_last_day(measure: str) -> tuple[date, date] | None:
    """Return the days of the first and the last figure of a measure, or None without any."""
    ends = Tally.objects.filter(measure=measure).aggregate(first=Min("day"), last=Max("day"))
    return (ends["first"], ends["last"]) if ends["first"] else None


def _group(text: str, by: tuple[str, ...]) -> str:
    if not by:
        return ""
    codes = read_codes(text)
    return codes_text({code: codes.get(code, "") for code in by})


def _check(measure: str, by: tuple[str, ...]) -> None:
    known = MEASURES.get(measure)
    if known is None:
        raise LookupError(f"no measure is called {measure}")
    unknown = set(by) - set(known.by)
    if unknown:
        raise LookupError(f"{measure} is not counted by {', '.join(sorted(unknown))}")
