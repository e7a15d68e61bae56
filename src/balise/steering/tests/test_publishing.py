"""Nothing that leaves points at someone, alone or beside anything else that leaves."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.foundation.statistics.suppression import FEWEST, is_withheld, mask
from balise.steering.rules.periods import Period
from balise.steering.rules.publishing import NoWholeMonth, check_has_month, published_month
from balise.steering.rules.readings import Amount, Cells
from balise.steering.tests.boards import DAYS, KINDS, SPANS, SUM

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
ROWS = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(
    lambda numbers: {f"c{at}": number for at, number in enumerate(numbers)}
)


def cells(**kinds: int) -> Cells:
    return tuple(({"kind": kind}, Amount(number, number)) for kind, number in kinds.items())


class TestMask:
    def test_leaves_large_numbers_and_zeros(self) -> None:
        assert mask({"a": 12, "b": 0, "c": 5}) == {"a": 12, "b": 0, "c": 5}

    def test_withholds_another_beside_a_small_number(self) -> None:
        assert mask({"a": 40, "b": 9, "c": 3}) == {"a": 40, "b": None, "c": None}

    def test_withholds_all_that_equal_the_other(self) -> None:
        assert mask({"a": 40, "b": 9, "c": 9, "d": 1}) == {
            "a": 40,
            "b": None,
            "c": None,
            "d": None,
        }

    def test_withholds_the_whole_row_where_there_is_no_other(self) -> None:
        assert mask({"a": 4, "b": 4, "c": 0}) == {"a": None, "b": None, "c": None}

    @given(ROWS)
    def test_no_small_number_leaves(self, numbers: dict[str, int]) -> None:
        for code, number in mask(numbers).items():
            assert number is None or number == numbers[code]
            assert number is None or not is_withheld(number)

    @given(ROWS)
    def test_what_is_withheld_is_never_alone_nor_few(self, numbers: dict[str, int]) -> None:
        withheld = [numbers[code] for code, number in mask(numbers).items() if number is None]
        if withheld and not is_withheld(sum(numbers.values())):
            assert len(withheld) >= 2
            assert sum(withheld) >= FEWEST

    @pytest.mark.parametrize(("width", "most"), [(2, 30), (3, 20), (4, 13)])
    def test_the_total_gives_no_small_number_back(self, width: int, most: int) -> None:
        """Whoever knows the rule and the total has two possible values or more; every row tried."""
        alike: dict[tuple[tuple[int | None, ...], int], list[tuple[int, ...]]] = {}
        for row in product(range(most + 1), repeat=width):
            if not is_withheld(sum(row)):  # a small total is withheld as well
                seen = tuple(mask(dict(zip("abcd", row, strict=False))).values())
                alike.setdefault((seen, sum(row)), []).append(row)
        for (seen, total), rows in alike.items():
            if total - sum(number or 0 for number in seen) > most:
                continue  # rows alike reach beyond what was tried
            for at in range(width):
                values = {row[at] for row in rows}
                assert len(values) > 1 or not is_withheld(*values), (seen, total)


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

    def test_a_period_without_a_whole_month_is_refused(self) -> None:
        with pytest.raises(NoWholeMonth):
            check_has_month(())
