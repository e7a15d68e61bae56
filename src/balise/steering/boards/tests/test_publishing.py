"""Nothing that leaves points at someone: a figure, month by month."""

from datetime import date

import pytest

from balise.foundation.statistics.protection import Node, Sum
from balise.foundation.statistics.rules import Gap
from balise.foundation.statistics.telling import Printed
from balise.steering.boards.rules.publishing import NoWholeMonth, check_has_month, exact, protected
from balise.steering.boards.rules.readings import Amount, Cells
from balise.steering.boards.tests.boards import KINDS, SPANS
from balise.steering.rules.periods import Period

Q3 = Node(2026, 3)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def cells(**kinds: int) -> Cells:
    return tuple(({"kind": kind}, Amount(number, number)) for kind, number in kinds.items())


class TestExact:
    def test_a_row_is_told_however_small(self) -> None:
        found = exact(KINDS, cells(a=40, b=9, c=3), month=OCTOBER)
        assert (found.period, found.total) == ("2026-10", 52)
        assert [row.number for row in found.rows] == [40, 9, 3]

    def test_nothing_is_nothing(self) -> None:
        found = exact(KINDS, (), month=OCTOBER)
        assert (found.total, [row.number for row in found.rows]) == (0, [0, 0, 0])

    def test_what_was_not_counted_is_no_nought(self) -> None:
        found = exact(KINDS, (), month=OCTOBER, gap=Gap.BEFORE_THE_MEASURE)
        assert (found.total, found.is_counted) == (None, False)
        assert [row.number for row in found.rows] == [None, None, None]

    def test_a_month_that_is_not_over_tells_nothing(self) -> None:
        found = exact(KINDS, cells(a=40), month=OCTOBER, gap=Gap.NOT_YET)
        assert (found.total, found.is_counted) == (None, False)

    def test_rows_that_are_protected_are_not_beside_their_exact_total(self) -> None:
        assert exact(KINDS, cells(a=40), month=OCTOBER, with_rows=False).rows == ()

    def test_a_mean_goes_with_its_bands(self) -> None:
        read: Cells = (({"band": "1h"}, Amount(4, 240)),)
        assert exact(SPANS, read, month=OCTOBER).mean_seconds == 60
        assert exact(SPANS, read, month=OCTOBER, with_rows=False).mean_seconds is None


class TestProtected:
    def test_a_quarter_has_what_was_told_of_it(self) -> None:
        parts = Printed((Q3,), {"a": Sum(45, 45), "b": None})
        found = protected(KINDS, Q3, parts, Printed())
        assert (found.period, found.is_protected, found.is_counted) == ("2026-Q3", True, False)
        assert [(row.code, row.number, row.is_under) for row in found.rows] == [
            ("a", 45, False),
            ("b", None, True),
        ]


class TestMonths:
    def test_a_period_without_a_whole_month_is_refused(self) -> None:
        with pytest.raises(NoWholeMonth):
            check_has_month(())
