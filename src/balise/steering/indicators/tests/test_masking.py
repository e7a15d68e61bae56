"""No withheld number can be worked out, from a table and the editions before it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import product

from hypothesis import given, settings, strategies

from balise.foundation.statistics.audit import Problem
from balise.foundation.statistics.auditor import TOTAL, audit
from balise.foundation.statistics.measures import Table, Threshold
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


def test_days_that_no_period_has_are_no_span() -> None:
    august = Period(date(2023, 8, 1), date(2023, 8, 31))
    assert atoms([JUNE, august]) == (JUNE, august)
    assert atoms([]) == ()


def test_a_period_is_made_of_the_spans_within_it() -> None:
    spread = Spread((JUNE, JULY))
    assert [spread.of(period) for period in (JUNE, JULY, SUMMER)] == [[0], [1], [0, 1]]
    assert Spread((SUMMER,)).of(JULY) == []


class TestWithheld:
    def test_where_rows_overlap_the_small_ones_go_alone(self) -> None:
        column = Column(JUNE, 42, {"a": 2, "b": 3, "c": 0})
        assert withheld([column], FEW, overlaps=True) == {"a"}
        assert withheld([column], FEW, overlaps=False) == {"a", "b"}

    def test_where_a_row_has_few_facts_it_goes_unless_nothing_was_counted(self) -> None:
        few = frozenset({"b", "c", "not-in-it"})
        column = Column(JUNE, 42, {"a": 2, "b": 40, "c": 0}, few)
        assert withheld([column], FEW, overlaps=True) == {"a", "b"}

    def test_where_the_total_has_few_facts_all_goes(self) -> None:
        column = Column(JUNE, 42, {"a": 20, "b": 22}, frozenset({""}))
        assert withheld([column], FEW, overlaps=True) == {"", "a", "b"}

    def test_each_column_takes_its_own_rows(self) -> None:
        columns = [Column(JUNE, 42, {"a": 2, "b": 40}), Column(JULY, 42, {"a": 41, "b": 1})]
        assert withheld(columns, FEW, overlaps=True) == {"a", "b"}
        assert withheld([columns[0], Column(JULY, 1, {"b": 1})], FEW, overlaps=True) == {
            *("", "a", "b"),
        }


class TestWhatTheAuditorIsAsked:
    def test_of_parts_beside_tables_that_left(self) -> None:
        columns = [
            Column(SUMMER, 20, {"a": 15, "b": 2, "c": 3, "d": 0, "z": 0}),
            Column(JUNE, 12, {"a": 10, "b": 2, "z": 0}),
        ]
        spread = Spread((JUNE, JULY))
        known = [(12, {"b": 2, "a": 10}), (8, {"a": 5, "c": 3})]
        left = [
            (JUNE.first, JUNE.last, Table("part", 12, {"a": 10, "b": None})),
            (JULY.first, JULY.last, Table("part", None, {"a": 5, "c": None})),
            (JUNE.first, JULY.last, Table("channel", 20, {"a": 20})),
        ]
        asked, codes = problem(
            *(columns, frozenset({"b"}), spread, known, left),
            by="part",
            threshold=FEW,
            overlaps=True,
        )
        assert codes == ("d", "z", "b", "c", "a", "")
        assert asked == Problem(
            fewest=3,
            parts=3,
            atoms=2,
            overlaps=True,
            given=[
                *((TOTAL, [0], 12), (0, [0], 10), (2, [0], 0)),
                *((0, [1], 5), (1, [1], 0)),
                (TOTAL, [0, 1], 20),
            ],
            shown=[
                *((3, 2, [0, 1], 3), (3, 2, [0], 0)),
                *((4, 0, [0, 1], 15), (4, 0, [0], 10)),
                *((5, TOTAL, [0, 1], 20), (5, TOTAL, [0], 12)),
            ],
            targets=[(1, [0], 2), (1, [0, 1], 2)],
        )

    def test_of_steps_of_time(self) -> None:
        column = Column(SUMMER, 11, {"06": 2, "07": 9, "08": 0})
        spread = Spread((JUNE, JULY), [{"06": JUNE, "07": JULY}])
        left = [(JUNE.first, JUNE.last, Table("month", 2, {"06": 2}))]
        asked, codes = problem(
            *([column], frozenset(), spread, [(2, {"06": 2}), (9, {"07": 9})], left),
            by="month",
            threshold=FEW,
            overlaps=False,
        )
        assert codes == ("08", "06", "07", "")
        assert asked == Problem(
            fewest=3,
            parts=0,
            atoms=2,
            overlaps=False,
            given=[(TOTAL, [0], 2)],
            shown=[(1, TOTAL, [0], 2), (2, TOTAL, [1], 9), (3, TOTAL, [0, 1], 11)],
            targets=[(TOTAL, [0], 2)],
        )
