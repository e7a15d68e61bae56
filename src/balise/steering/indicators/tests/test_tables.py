"""Figures as they leave: exact, or as they were told; in two languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from balise.foundation import clock
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics import exposures
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.indicators import Said
from balise.foundation.statistics.protection import Exposure, Node
from balise.foundation.statistics.tests.makers import pick
from balise.steering.indicators.queries import table
from balise.steering.indicators.rules.values import Ask
from balise.steering.indicators.tests.orchard import REGISTER, TASTED, keep
from balise.steering.rules.leaving import (
    Cell,
    CellState,
    FigureTable,
    Protected,
    Span,
    canonical,
    cell_words,
    digest,
)
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
Q1, Q2 = Node(2026, 1), Node(2026, 2)
LATER = date(2026, 9, 1)
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def begun() -> None:
    pick("quince", on=date(2026, 1, 1), at=at(1, 2))
    tick()


def march(**kinds: int) -> None:
    """Fruit of March."""
    for kind, times in kinds.items():
        pick(kind, times=times, on=date(2026, 3, 2), at=at(3, 2))
    tick()


def left(code: str = "PICK-N", *, known_by: date | None = None, **more: Any) -> FigureTable:
    return table(Ask(code, MARCH, **more), known_by=known_by, as_of=NOW)


def told(found: FigureTable) -> dict[str, Decimal | CellState | None]:
    return {
        row.code: row.cells[0].value
        if row.cells[0].state is CellState.SHOWN
        else row.cells[0].state
        for row in found.rows
    }


def test_rows_are_the_total_then_the_largest_first() -> None:
    march(apple=20, pear=40)
    found = left(parts=True)
    assert list(told(found)) == ["", "pear", "apple"]
    assert told(found) == {"": 60, "pear": 40, "apple": 20}
    assert found.rows[1].label == {"fr": "Pears", "en": "Pears"}
    assert found.rows[0].label == {"fr": "Total", "en": "Total"}
    assert found.heads[0] == {"fr": "mars 2026", "en": "March 2026"}
    assert found.permalink.startswith("/staff/steering/figure/PICK-N/?first=2026-03-01")


def test_a_public_number_is_exact_however_small() -> None:
    march(apple=20, pear=2)
    found = table(Ask("PICK-N", MARCH, parts=True), compared=FEBRUARY, as_of=NOW)
    assert told(found) == {"": 22, "apple": 20, "pear": 2}
    assert [row.cells[1].value for row in found.rows] == [0, 0, 0]
    assert told(left("PICK-RIPE")) == {"": 1}
    assert found.protected is None


class TestProtected:
    """Who tasted leaves by whole quarters, whatever days are asked."""

    def asked(self, period: Period = HALF, **more: Any) -> FigureTable:
        return table(Ask("TASTED", period, parts=True), known_by=LATER, as_of=NOW, **more)

    def test_is_the_sum_of_the_quarters_within_the_days(self) -> None:
        keep(Q1, apple=52, pear=47)
        keep(Q2, apple=61, pear=30)
        keep(Q1, by="", all=99)
        keep(Q2, by="", all=90)
        found = self.asked(Period(date(2026, 1, 1), date(2026, 7, 30)))
        assert told(found) == {
            "": 189,
            "apple": 113,
            "pear": 77,
            "plum": 0,
        }
        assert found.protected == Protected(5, (Span(Q1.first, Q2.last),))

    def test_has_bounds_where_a_quarter_is_under_eleven(self) -> None:
        keep(Q1, apple=52, pear=None)
        keep(Q2, apple=61, pear=45)
        cells = {row.code: row.cells[0] for row in self.asked().rows}
        assert cells["pear"] == Cell(CellState.SHOWN, Decimal(45), most=Decimal(55))
        with override("fr"):
            assert cell_words(cells["pear"]) == "de 45 à 55"

    def test_looks_the_same_for_none_and_for_ten(self) -> None:
        keep(Q1, apple=52, pear=None)
        few = self.asked(QUARTER)
        march(pear=10)
        assert digest(self.asked(QUARTER)) == digest(few)
        assert told(few)["pear"] is CellState.UNDER

    def test_of_three_parts_of_an_exact_total_one_hidden_hides_the_next_smallest(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(exposures.EXPOSURES, (TASTED.name, TOTAL), Exposure.PUBLIC)
        keep(Q1, apple=45, pear=12, plum=None)
        found = told(self.asked(QUARTER))
        assert found["apple"] == 45
        assert found["pear"] is CellState.WITHHELD

    def test_that_is_not_told_yet_is_not_published(self) -> None:
        march(apple=90)
        found = self.asked(MARCH)
        assert told(found) == {"": CellState.WITHHELD, "plum": 0}
        assert found.protected == Protected(5, (None,))

    def test_each_column_has_the_quarters_that_were_told_of_it(self) -> None:
        with clock.at(datetime(2025, 1, 1, tzinfo=UTC)):
            pick("quince", on=date(2025, 1, 1), at=datetime(2025, 1, 1, 12, tzinfo=UTC))
        keep(Q1, apple=52)
        before = Period(date(2025, 1, 1), date(2025, 6, 30))
        found = self.asked(compared=before)
        assert found.protected
        assert found.protected.spans[0] == Span(Q1.first, Q1.last)

    def test_a_step_is_told_where_it_is_a_quarter(self) -> None:
        keep(Q1, by="", all=99)
        march(apple=90)
        years = Period(date(2022, 1, 1), date(2026, 12, 31))
        found = told(table(Ask("TASTED", years, steps=True), known_by=LATER, as_of=NOW))
        assert CellState.SHOWN not in found.values()
        assert 90 not in found.values()


def test_what_is_for_inside_does_not_leave() -> None:
    march(apple=90)
    found = left("TASTED-RIPE", parts=True)
    assert [row.code for row in found.rows] == [""]


def test_what_was_not_counted_is_neither_withheld_nor_zero() -> None:
    assert told(left("BEES")) == {"": CellState.NOT_COUNTED}
    assert told(left()) == {"": 0}


def test_beside_days_that_were_not_counted_there_is_no_column() -> None:
    march(apple=20)
    before = Period(date(2025, 3, 1), date(2025, 3, 31))
    found = table(Ask("PICK-N", MARCH, parts=True), compared=before, as_of=NOW)
    assert found.compared is None
    assert {len(row.cells) for row in found.rows} | {len(found.heads)} == {1}


def test_steps_are_in_order_and_those_to_come_are_nothing() -> None:
    march(apple=20)
    found = told(left(steps=True, known_by=date(2026, 3, 10)))
    assert list(found)[1:3] == ["2026-03-01", "2026-03-02"]
    assert found["2026-03-02"] == 20
    assert found["2026-03-20"] is CellState.NOTHING


def test_what_is_declared_late_changes_what_is_known_now_alone() -> None:
    march(apple=20)
    pick(times=2, on=date(2026, 3, 9), at=at(4, 20))
    tick()
    assert told(left(known_by=date(2026, 4, 10))) == {"": 20}
    assert told(left()) == {"": 22}


def test_figures_side_by_side_leave_each_by_its_own_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, "growers", Said(17))
    march(apple=2)
    found = told(left("ALL", parts=True))
    assert found == {
        "": CellState.NOTHING,
        "GROWERS": 17,
        "PICK-N": 2,
        "EVER": CellState.NOT_COUNTED,  # no fact of it ever came
    }


def test_codes_that_people_give_stand_as_they_are() -> None:
    march(apple=20, other=30)
    assert {row.label["en"] for row in left("PICK-BARE", parts=True).rows if row.code} == {
        "apple",
        "other",
    }
    assert "other (other)" in {row.label["en"] for row in left(parts=True).rows}


def test_what_earlier_editions_do_not_have_is_not_written_either() -> None:
    """Their bytes and digests stay, whatever a table can say today."""
    march(apple=20)
    text = canonical(FigureTable, left(parts=True))
    assert "protected" not in text
    assert "most" not in text
