"""Nothing that leaves points at someone: a figure, month by month."""

from datetime import date

import pytest

from balise.foundation.statistics.measures import CHILDREN, TOPICS
from balise.steering.boards.rules.publishing import NoWholeMonth, check_has_month, published_month
from balise.steering.boards.rules.readings import Amount, Cells
from balise.steering.boards.tests.boards import DAYS, KINDS, SPANS, SUM
from balise.steering.rules.periods import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def cells(**kinds: int) -> Cells:
    return tuple(({"kind": kind}, Amount(number, number)) for kind, number in kinds.items())


class TestPublishedMonth:
    def test_keeps_the_total_of_a_masked_row(self) -> None:
        found = published_month(KINDS, cells(a=40, b=9, c=3), month=OCTOBER)
        assert found.total == 52
        assert [row.number for row in found.rows] == [40, None, None]

    def test_withholds_a_small_total_and_its_row(self) -> None:
        found = published_month(KINDS, cells(a=3), month=OCTOBER)
        assert found.total is None
        assert [row.number for row in found.rows] == [None, None, None]

    def test_nothing_is_nothing(self) -> None:
        found = published_month(KINDS, (), month=OCTOBER)
        assert (found.total, [row.number for row in found.rows]) == (0, [0, 0, 0])

    def test_a_series_leaves_as_its_month(self) -> None:
        found = published_month(DAYS, cells(a=40), month=OCTOBER)
        assert (found.total, found.rows) == (40, ())

    def test_a_large_sum_of_few_is_withheld(self) -> None:
        few: Cells = (({}, Amount(count=2, total=900)),)
        assert published_month(SUM, few, month=OCTOBER).total is None

    def test_a_mean_needs_as_many(self) -> None:
        def took(count: int) -> int | None:
            read: Cells = (({"band": "1h"}, Amount(count, count * 60)),)
            return published_month(SPANS, read, month=OCTOBER).mean_seconds

        assert (took(4), took(5)) == (None, 60)

    def test_what_is_small_depends_on_whom_is_counted(self) -> None:
        of_children = published_month(KINDS, cells(a=40, b=9), month=OCTOBER, threshold=CHILDREN)
        assert [row.number for row in of_children.rows] == [None, None, 0]
        of_topics = published_month(KINDS, cells(a=40, b=12), month=OCTOBER, threshold=TOPICS)
        assert [row.number for row in of_topics.rows] == [40, None, None]
        assert of_topics.total == 52

    def test_a_period_without_a_whole_month_is_refused(self) -> None:
        with pytest.raises(NoWholeMonth):
            check_has_month(())
