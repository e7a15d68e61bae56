"""The twelve attacks on what leaves of an orchard; and that each would find what is not hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.utils.translation import get_language

from balise.foundation import clock
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics import exposures, protection, telling
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.models import ToldNumber
from balise.foundation.statistics.protection import Exposure, Node, Sum
from balise.foundation.statistics.telling import Printed, tell
from balise.foundation.statistics.tests.makers import pick
from balise.steering.indicators.queries import attacking
from balise.steering.indicators.queries.attacking import Attacked, attack
from balise.steering.indicators.queries.tables import table
from balise.steering.indicators.rules.values import Ask
from balise.steering.indicators.tests.orchard import TASTED
from balise.steering.rules.leaving import Cell, CellState, FigureTable, TableRow

pytestmark = pytest.mark.django_db

# By quarter: the worked example of the method, a value that few were of, and one that none was of.
TASTES = {"apple": (52, 47, 7, 61), "pear": (40, 4, 30, 33)}
LATER = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the tastes of a year told, beside their exact total."""
    monkeypatch.setitem(exposures.EXPOSURES, (TASTED.name, TOTAL), Exposure.PUBLIC)
    monkeypatch.delitem(exposures.EXPOSURES, (TASTED.name, "kind=plum"))
    del telling.TABLES[TASTED.name, ""]
    pick("quince", on=date(2024, 12, 30), at=datetime(2024, 12, 31, 12, tzinfo=UTC))
    for kind, quarters in TASTES.items():
        for at, many in enumerate(quarters):
            day = Node(2025, at + 1).first
            pick(kind, times=many, on=day, at=datetime(2025, day.month, 2, tzinfo=UTC))
    with clock.at(LATER):
        tick()
        assert tell()
        yield


def names(found: Attacked) -> set[str]:
    return {one.partition(" ")[0] for one in found.inferred}


@pytest.mark.usefixtures("told")
class TestAttack:
    def test_infers_nothing_of_what_is_told(self) -> None:
        found = attack()
        assert (found.attacks, found.inferred) == (12, [])
        assert found.smallest
        assert found.smallest >= 1.2

    def test_gives_a_number_back_where_the_noise_is_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        still = (0,) * 4 + (65536,) + (0,) * 4
        monkeypatch.setattr(protection, "_TABLE_A", still)
        monkeypatch.setattr(attacking, "_variance", lambda _year, _code: 1e-4)
        ToldNumber.objects.all().delete()
        tell()
        assert "T4" in names(attack())

    def test_sees_a_number_that_another_table_tells_otherwise(self) -> None:
        of_apples = ToldNumber.objects.filter(code="apple", number__isnull=False)
        own = telling.printed

        def other(*asked: Any, **more: Any) -> Printed:
            found = own(*asked, **more)
            of_apples.filter(node="2025-Q1").update(number=99)
            return found

        with patch("balise.steering.indicators.queries.attacking.printed", other):
            assert {"T1", "T7"} & names(attack())

    def test_sees_that_a_number_is_drawn_otherwise(self) -> None:
        ToldNumber.objects.filter(code="apple", node="2025-Q1").update(number=99)
        assert "T7" in names(attack())

    def test_sees_a_value_that_is_told_because_it_occurred(self) -> None:
        ToldNumber.objects.create(
            table=f"{TASTED.name}|kind", node="2025-Q1", vintage="p", code="rare", number=None
        )
        ToldNumber.objects.create(
            table=f"{TASTED.name}|kind", node="2025-Q1", vintage="f", code="rare", number=None
        )
        assert "T5" in names(attack())

    def test_sees_a_number_under_the_line(self) -> None:
        ToldNumber.objects.filter(code="pear", node="2025-Q2").update(number=9)
        with patch("balise.foundation.statistics.telling._cell", _sum):
            assert "T9" in names(attack())

    def test_sees_words_that_say_what_a_cell_hides(self) -> None:
        with patch.object(attacking, "cell_words", lambda _cell: "fewer than 11, in truth 7"):
            assert "T11" in names(attack())

    def test_sees_a_number_that_moves_with_each_edition_and_each_export(self) -> None:
        own = telling.printed

        def moving(*asked: Any, on: date, **more: Any) -> Printed:
            return _moved(own(*asked, on=on, **more), by=(LATER.date() - on).days // 7)

        with patch.object(attacking, "printed", moving):
            assert {"T2", "T6"} <= names(attack())

    def test_sees_another_number_in_another_table(self) -> None:
        def other(ask: Ask, **more: Any) -> FigureTable:
            found = table(ask, **more)
            return replace(found, rows=tuple(map(_one_more, found.rows)))

        with patch.object(attacking, "table", other):
            assert "T3" in names(attack())

    def test_sees_a_language_that_orders_its_rows_otherwise(self) -> None:
        def other(ask: Ask, **more: Any) -> FigureTable:
            found = table(ask, **more)
            return replace(found, rows=found.rows[:: -1 if get_language() == "en" else 1])

        with patch.object(attacking, "table", other):
            assert "T8" in names(attack())

    def test_sees_a_share_of_what_tells_of_people(self) -> None:
        with (
            patch.object(attacking, "exposure_of_total", lambda _one: Exposure.GRAVE),
            patch.object(attacking, "table", _third),
        ):
            assert "T10" in names(attack())


def test_another_cut_of_the_same_units_gives_a_hidden_part_back_where_none_has_a_noise() -> None:
    quarter = Printed((Node(2025, 1),), {"girls": Sum(54, 54), "boys": None})
    cut = Printed((Node(2025, 1),), {"called": Sum(40, 40), "wrote": Sum(21, 21)})
    none = (Printed(),) * 3
    years = [
        attacking._Year(TASTED.name, by, 2025, (first, *none), Printed())
        for by, first in (("kind", quarter), ("ripe", cut))
    ]
    for variance, is_inferred in ((2.0, False), (0.01, True)):
        with patch.object(attacking, "_variance", lambda _year, _code, it=variance: it):
            inferred, [deviation] = attacking._of_cuts(years)
        assert bool(inferred) is is_inferred
        assert (deviation >= 1.6) is not is_inferred


def _moved(found: Printed, *, by: int) -> Printed:
    cells = {
        code: cell and Sum(cell.least + by, cell.most + by) for code, cell in found.cells.items()
    }
    return replace(found, cells=cells)


def _one_more(row: TableRow) -> TableRow:
    [cell] = row.cells
    return row if cell.value is None else replace(row, cells=(replace(cell, value=cell.value + 1),))


def _third(ask: Ask, **more: Any) -> FigureTable:
    found = table(ask, **more)
    first = replace(found.rows[0], cells=(Cell(CellState.SHOWN, Decimal("0.33")),))
    return replace(found, rows=(first, *found.rows[1:]))


def _sum(numbers: Sequence[int | None]) -> Sum:
    known = [number or 0 for number in numbers]
    return Sum(sum(known), sum(known))


def test_a_cell_that_is_shown_has_nothing_behind_it() -> None:
    assert attacking._is_silent(Cell(CellState.SHOWN, Decimal(45)))
    assert attacking._is_silent(Cell(CellState.UNDER))
