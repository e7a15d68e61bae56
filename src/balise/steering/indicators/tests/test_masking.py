"""No withheld number can be worked out, from a table and the editions before it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import product

from hypothesis import given, settings, strategies

from balise.foundation.statistics.auditor import audit
from balise.foundation.statistics.suppression import Table, Threshold
from balise.steering.indicators.rules.masking import Column, Spread, atoms, problem, withheld
from balise.steering.rules.periods import Period

FEW = Threshold(3)
PARTS = ("a", "b", "c")
JUNE = Period(date(2023, 6, 1), date(2023, 6, 30))
SUMMER = Period(date(2023, 6, 1), date(2023, 7, 31))
JULY = Period(date(2023, 7, 1), date(2023, 7, 31))
numbers = strategies.tuples(*[strategies.integers(0, 6)] * 3)

type Row = tuple[int, ...]


def leaves(month: Row, more: Row | None, before: Table | None) -> Table:
    """Return a table of June, or of June and July, as it leaves beside one of June."""
    period = SUMMER if more else JUNE
    whole = tuple(one + other for one, other in zip(month, more or (0, 0, 0), strict=True))
    column = Column(period, sum(whole), dict(zip(PARTS, whole, strict=True)))
    gone = withheld([column], FEW, overlaps=False)
    left = [(JUNE.first, JUNE.last, before)] if before else []
    spread = Spread(atoms([period, *([JUNE] if before else [])]))
    rows = [month, more] if more and before else [whole]
    known = [(sum(row), dict(zip(PARTS, row, strict=True))) for row in rows if row]
    asked, codes = problem(
        [column], gone, spread, known, left, by="part", threshold=FEW, overlaps=False
    )
    gone |= {codes[row] for row in audit(asdict(asked))}
    return Table(
        "part",
        None if "" in gone else column.total,
        {code: None if code in gone else many for code, many in column.parts.items()},
        threshold=FEW,
    )


def fits(table: Table, row: Row) -> bool:
    """Return whether true numbers agree with all that a table shows."""
    shown = all(
        many is None or many == mine for many, mine in zip(table.parts.values(), row, strict=True)
    )
    return shown and table.total in {None, sum(row)}


def rows(table: Table, most: int) -> Iterator[Row]:
    """Yield every row of numbers that agrees with a table."""
    free = [range(most + 1) if many is None else (many,) for many in table.parts.values()]
    return (row for row in product(*free) if fits(table, row))


@settings(max_examples=40, deadline=None)
@given(numbers)
def test_a_small_number_could_be_another(month: Row) -> None:
    table = leaves(month, None, None)
    found = list(rows(table, 12))
    for place, many in enumerate(month):
        if FEW.is_small(many):
            assert len({row[place] for row in found}) > FEW.fewest


@settings(max_examples=15, deadline=None)
@given(numbers, numbers)
def test_nor_can_what_came_between_two_editions_be_worked_out(june: Row, july: Row) -> None:
    first = leaves(june, None, None)
    second = leaves(june, july, first)
    if not any(many is not None for many in (second.total, *second.parts.values())):
        return
    begun = list(rows(first, 8))
    between: Mapping[int, set[int]] = {place: set() for place in range(3)}
    for row in rows(second, 14):
        for earlier in begun:
            if all(now >= then for now, then in zip(row, earlier, strict=True)):
                for place in range(3):
                    between[place].add(row[place] - earlier[place])
    for place, many in enumerate(july):
        if FEW.is_small(many):
            assert len(between[place]) > 1


def test_the_total_goes_where_nothing_else_would_hide_a_small_number() -> None:
    column = Column(JUNE, 4, {"a": 4, "b": 0})
    assert withheld([column], FEW, overlaps=False) == set()
    small = Column(JUNE, 2, {"a": 2, "b": 0})
    assert withheld([small], FEW, overlaps=False) == {"", "a", "b"}


def test_a_row_is_withheld_in_all_columns_and_few_facts_are_small_too() -> None:
    now = Column(JUNE, 30, {"a": 10, "b": 20})
    before = Column(JULY, 1_030, {"a": 1_000, "b": 30}, frozenset({"a"}))
    assert "a" in withheld([now, before], FEW, overlaps=False)


def test_days_are_cut_where_any_period_ends() -> None:
    assert atoms([SUMMER, JUNE]) == (JUNE, JULY)
