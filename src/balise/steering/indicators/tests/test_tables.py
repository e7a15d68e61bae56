"""Figures as they leave: masked, in two languages, beside what left before."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.indicators import Said
from balise.foundation.statistics.models import Exported
from balise.foundation.statistics.tests.makers import pick
from balise.steering.indicators.queries import table
from balise.steering.indicators.rules.values import Ask
from balise.steering.indicators.tests.orchard import REGISTER
from balise.steering.rules.leaving import CellState, FigureTable
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
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


def test_a_small_row_is_withheld_with_another_and_comes_last() -> None:
    march(apple=20, pear=2, plum=40)
    found = told(left(parts=True))
    assert list(found) == ["", "plum", "apple", "pear"]
    assert found[""] == 62
    assert found["apple"] is found["pear"] is CellState.WITHHELD


def test_a_small_total_is_withheld_with_all_of_it() -> None:
    march(apple=3)
    assert set(told(left(parts=True)).values()) == {CellState.WITHHELD}


def test_what_was_not_counted_is_neither_withheld_nor_zero() -> None:
    assert told(left("BEES")) == {"": CellState.NOT_COUNTED}
    assert told(left()) == {"": 0}


def test_columns_stand_beside_each_other_and_a_row_is_withheld_in_both() -> None:
    march(apple=20, pear=40)
    pick("apple", times=2, on=date(2026, 2, 2), at=at(2, 2))
    pick("pear", times=30, on=date(2026, 2, 2), at=at(2, 2))
    tick()
    found = table(Ask("PICK-N", MARCH, parts=True), compared=FEBRUARY, as_of=NOW)
    states = {row.code: [cell.state for cell in row.cells] for row in found.rows}
    assert states["apple"] == [CellState.WITHHELD, CellState.WITHHELD]


def test_steps_are_in_order_and_those_to_come_are_nothing() -> None:
    march(apple=20)
    found = told(left(steps=True, known_by=date(2026, 3, 10)))
    assert list(found)[1:3] == ["2026-03-01", "2026-03-02"]
    assert found["2026-03-02"] == 20
    assert found["2026-03-20"] is CellState.NOTHING


def test_a_share_of_almost_all_is_withheld() -> None:
    march(apple=30)
    pick("apple", times=2, ripe=False, on=date(2026, 3, 3), at=at(3, 3))
    tick()
    assert told(left("PICK-RIPE")) == {"": CellState.WITHHELD}
    pick("apple", times=8, ripe=False, on=date(2026, 3, 3), at=at(3, 3))
    tick()
    assert told(left("PICK-RIPE")) == {"": Decimal("0.75")}


def test_a_second_edition_does_not_tell_what_came_between() -> None:
    march(apple=20)
    first = told(left(known_by=date(2026, 3, 5)))
    pick(times=2, on=date(2026, 3, 9), at=at(3, 9))
    tick()
    second = told(left(known_by=date(2026, 3, 10)))
    assert first == {"": 20}
    assert second == {"": CellState.WITHHELD}


def test_the_same_days_leave_as_they_left_where_little_was_declared_late() -> None:
    march(apple=20)
    assert told(left(known_by=date(2026, 4, 10))) == {"": 20}
    pick(times=2, on=date(2026, 3, 9), at=at(4, 20))
    tick()
    assert told(left()) == {"": 20}
    pick(times=9, on=date(2026, 3, 9), at=at(4, 21))
    tick()
    assert told(left()) == {"": 31}


def test_what_left_is_kept() -> None:
    march(apple=20)
    left()
    assert Exported.objects.get().total == 20


def test_where_the_auditor_gives_no_answer_nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balise.foundation.statistics.audit._COMMAND", ("false",))
    march(apple=20, pear=2, plum=40)
    assert set(told(left(parts=True)).values()) == {CellState.WITHHELD}


def test_figures_side_by_side_leave_each_by_its_own_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, "growers", Said(17))
    march(apple=2)
    found = told(left("ALL", parts=True))
    assert found == {
        "": CellState.NOTHING,
        "GROWERS": 17,
        "PICK-N": CellState.WITHHELD,
        "EVER": 0,
    }


def test_a_small_number_of_a_register_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, "growers", Said(3))
    assert told(left("GROWERS")) == {"": CellState.WITHHELD}
    monkeypatch.setitem(REGISTER, "again", Said(99, 100))
    assert told(left("AGAIN")) == {"": CellState.WITHHELD}


def test_codes_that_people_give_stand_as_they_are() -> None:
    march(apple=20, other=30)
    assert {row.label["en"] for row in left("PICK-BARE", parts=True).rows if row.code} == {
        "apple",
        "other",
    }
    assert "other (other)" in {row.label["en"] for row in left(parts=True).rows}
