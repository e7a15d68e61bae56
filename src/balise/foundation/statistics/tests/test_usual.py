"""The usual delay of a step: bands alone, and nothing below the floor."""

from django.utils.translation import override

from balise.foundation.statistics.usual import FLOOR, Usual, usual


class TestUsual:
    def test_below_the_floor_nothing_is_told(self) -> None:
        assert usual({}) is None
        assert usual({"1h": FLOOR - 1}) is None
        assert usual({"1h": FLOOR}) == Usual("1h", "1h")

    def test_is_the_band_that_half_and_nine_in_ten_fall_in(self) -> None:
        assert usual({"1h": 10, "4h": 8, "24h": 2}) == Usual("1h", "4h")
        assert usual({"1h": 9, "4h": 8, "24h": 3}) == Usual("4h", "24h")

    def test_what_is_longer_than_the_longest_band_is_not_told(self) -> None:
        assert usual({"1h": 15, "more": 5}) == Usual("1h", "")
        assert usual({"1h": 9, "more": 11}) is None

    def test_is_said_once_where_both_are_the_same(self) -> None:
        with override("en"):
            assert Usual("24h", "24h").words == Usual("24h", "").words == "usually within a day"
            assert Usual("4h", "7d").words == "usually within 4 hours, almost always within a week"
