"""Nothing that leaves points at someone, alone or beside anything else that leaves."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, strategies as st

from balise.foundation.statistics.measures import (
    ADULTS,
    CHILDREN,
    LISTED,
    TOPICS,
    TOTAL,
    Table,
    Threshold,
    given_away,
    mask,
)

ROWS = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(
    lambda numbers: {f"c{at}": number for at, number in enumerate(numbers)}
)
THRESHOLDS = (ADULTS, CHILDREN, TOPICS)
SMALL = (Threshold(3), Threshold(3, hides_zero=True), ADULTS, Threshold(5, hides_zero=True))

type Row = tuple[int, ...]


def table(row: Row, threshold: Threshold = ADULTS) -> Table:
    """Return a row as it leaves."""
    total = None if threshold.is_small(sum(row)) else sum(row)
    parts = mask(dict(zip("abcd", row, strict=False)), threshold)
    return Table("kind", total, parts, threshold)


def seen(one: Table) -> tuple[int | None, ...]:
    return tuple(one.numbers.values())


def reaches_beyond(numbers: tuple[int | None, ...], most: int) -> bool:
    """Return whether rows that look alike have numbers above the largest that was tried."""
    total, *parts = numbers
    return total is not None and total - sum(number or 0 for number in parts) > most


class TestMask:
    def test_leaves_large_numbers_and_zeros(self) -> None:
        assert mask({"a": 12, "b": 0, "c": 5}) == {"a": 12, "b": 0, "c": 5}

    def test_withholds_another_beside_a_small_number(self) -> None:
        assert mask({"a": 40, "b": 9, "c": 3}) == {"a": 40, "b": None, "c": None}

    def test_a_number_at_the_threshold_is_large(self) -> None:
        assert mask({"a": 40, "b": 5, "c": 3}) == {"a": 40, "b": None, "c": None}

    def test_each_kind_of_number_has_its_threshold(self) -> None:
        assert [(one.fewest, one.hides_zero) for one in (ADULTS, CHILDREN, TOPICS, LISTED)] == [
            (5, False),
            (10, False),
            (11, True),
            (0, False),
        ]

    def test_withholds_all_that_equal_the_other(self) -> None:
        masked = mask({"a": 40, "b": 9, "c": 9, "d": 1})
        assert masked == {"a": 40, "b": None, "c": None, "d": None}

    def test_withholds_the_whole_row_where_there_is_no_other(self) -> None:
        assert mask({"a": 4, "b": 4, "c": 0}) == {"a": None, "b": None, "c": None}

    def test_withholds_zeros_too_where_none_at_all_tells_something(self) -> None:
        assert mask({"a": 40, "b": 12, "c": 0}, CHILDREN) == {"a": 40, "b": 12, "c": 0}
        assert mask({"a": 40, "b": 12, "c": 0}, TOPICS) == {"a": 40, "b": None, "c": None}

    @pytest.mark.parametrize("threshold", THRESHOLDS)
    @given(numbers=ROWS)
    def test_no_small_number_leaves(self, threshold: Threshold, numbers: dict[str, int]) -> None:
        masked = mask(numbers, threshold)
        for code, number in masked.items():
            assert number is None or number == numbers[code]
            assert number is None or not threshold.is_small(number)
        withheld = [numbers[code] for code, number in masked.items() if number is None]
        if withheld and not threshold.is_small(sum(numbers.values())):
            assert len(withheld) >= 2
            assert sum(withheld) >= threshold.fewest

    @pytest.mark.parametrize(
        ("threshold", "width", "most"),
        [
            *((threshold, 2, 30) for threshold in (*SMALL, *THRESHOLDS)),
            *((threshold, 3, 16) for threshold in SMALL),
            (ADULTS, 4, 13),
        ],
    )
    def test_the_total_gives_no_withheld_number_back(
        self, threshold: Threshold, width: int, most: int
    ) -> None:
        """Whoever knows the rule and the total has two possible values or more; every row tried."""
        alike: dict[tuple[int | None, ...], list[Row]] = defaultdict(list)
        for row in product(range(most + 1), repeat=width):
            alike[seen(table(row, threshold))].append(row)
        tried = 0
        for numbers, rows in alike.items():
            if reaches_beyond(numbers, most):
                continue
            for at, number in enumerate(numbers[1:]):
                if number is None:
                    tried += 1
                    assert len({row[at] for row in rows}) > 1, numbers
        assert tried

    def test_a_threshold_leaves_doubt(self) -> None:
        for fewest, hides_zero in ((2, False), (1, True)):
            with pytest.raises(ValueError, match="another"):
                Threshold(fewest, hides_zero)

    def test_the_lowest_threshold_leaves_two_values(self) -> None:
        assert Threshold(3).is_small(2)
        assert Threshold(2, hides_zero=True).is_small(0)

    def test_of_what_a_public_list_names_no_number_is_small(self) -> None:
        assert mask({"a": 0, "b": 1, "c": 2}, LISTED) == {"a": 0, "b": 1, "c": 2}
        before = Table("area", 3, {"a": 1, "b": 2}, threshold=LISTED)
        assert given_away([before], replace(before, total=4, parts={"a": 2, "b": 2})) == set()
        with pytest.raises(ValueError, match="another"):
            Threshold(0, hides_zero=True)


class TestATable:
    def test_without_parts_has_its_total(self) -> None:
        one = Table("kind", 7)
        assert (one.numbers, one.parts) == ({TOTAL: 7}, {})
        assert (one.mean, one.counted_until) == (None, None)

    def test_that_is_withheld_has_no_number_in_it(self) -> None:
        whole = Table("kind", 32, {"a": 12, "b": 20}, CHILDREN, mean=40)
        assert whole.withheld() == Table("kind", None, {"a": None, "b": None}, CHILDREN)


class TestGivenAway:
    def test_what_changed_by_little_is_told(self) -> None:
        before, now = table((12, 20)), table((12, 22))
        assert given_away([before], now) == {"b", TOTAL}
        assert given_away([before], table((12, 25))) == set()
        assert given_away([], now) == set()

    def test_each_table_that_left_counts(self) -> None:
        left = [table((12, 20)), table((12, 30))]
        assert given_away(left, table((12, 28))) == {"b", TOTAL}

    def test_what_any_of_them_tells_is_told(self) -> None:
        now = Table("kind", None, {"a": 30, "b": 40})
        by_a, by_b = Table("kind", None, {"a": 28}), Table("kind", None, {"a": 20, "b": 37})
        assert given_away([by_a, by_b], now) == {"a", "b"}

    def test_what_a_rest_tells_is_told_beside_what_another_table_does(self) -> None:
        other = Table("channel", 57)
        before, now = table((40, 9, 3)), table((45, 9, 4))
        assert given_away([other, before], now) == {"a", TOTAL}
        part = Table("kind", None, {"z": 2})
        assert given_away([part, before], now) == {"a", "z", TOTAL}

    def test_what_both_withhold_is_known_as_a_sum(self) -> None:
        before, now = table((40, 9, 3)), table((45, 9, 4))
        assert seen(before) == (52, 40, None, None)
        assert seen(now) == (58, 45, None, None)
        assert given_away([before], now) == {"a", TOTAL}

    def test_by_other_codes_only_the_total_is_the_same_number(self) -> None:
        left = Table("channel", 32, {"a": 30, "x": 2})
        assert given_away([left], table((12, 20))) == set()
        assert given_away([left], table((12, 21))) == {TOTAL}

    def test_a_part_that_is_not_there_is_zero(self) -> None:
        assert given_away([Table("kind", None, {"a": 9})], Table("kind", None, {"b": 4})) == {"b"}
        assert given_away([Table("kind", None, {"a": 4})], Table("kind", None, {"b": 9})) == {"a"}
        assert given_away([Table("kind", None, {"a": 5})], Table("kind", None, {"b": 5})) == set()

    @pytest.mark.parametrize(
        ("threshold", "width", "most"),
        [(Threshold(3), 2, 9), (Threshold(3, hides_zero=True), 2, 9), (Threshold(3), 3, 6)],
    )
    def test_two_editions_give_nothing_back(
        self, threshold: Threshold, width: int, most: int
    ) -> None:
        """Whoever holds both files has two values or more for each number and each small change.

        Where the second would give something away, the first leaves again. Every pair tried.
        """
        rows = list(product(range(most + 1), repeat=width))
        left = {row: table(row, threshold) for row in rows}
        alike = defaultdict(list)
        for first, then in product(rows, repeat=2):
            is_again = bool(given_away([left[first]], left[then]))
            second = left[first if is_again else then]
            alike[seen(left[first]), seen(second), is_again].append((first, then))
        for (before, now, is_again), pairs in alike.items():
            if reaches_beyond(before, most) or reaches_beyond(now, most):
                continue
            for at in range(width):
                assert before[at + 1] is not None or len({one[at] for one, _then in pairs}) > 1
                if now[at + 1] is None and not is_again:
                    assert len({then[at] for _one, then in pairs}) > 1
                changes = {then[at] - one[at] for one, then in pairs}
                assert len(changes) > 1 or not 0 < abs(changes.pop()) < threshold.fewest
