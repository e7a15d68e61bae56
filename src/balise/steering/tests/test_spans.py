import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from balise.steering.rules import spans
from balise.steering.rules.spans import BANDS, quantile_band, read_spans

ORDER = list(BANDS)
COUNTS = st.lists(st.integers(0, 40), min_size=len(ORDER), max_size=len(ORDER)).map(
    lambda counts: dict(zip(ORDER, counts, strict=True))
)


class TestQuantileBand:
    @pytest.mark.parametrize(
        ("counts", "half", "nine"),
        [
            ({"1h": 1}, "1h", "1h"),
            ({"1h": 1, "more": 1}, "1h", "more"),
            ({"1h": 5, "4h": 4, "24h": 1}, "1h", "4h"),
            ({"1h": 4, "4h": 5, "24h": 1}, "4h", "4h"),
            ({"4h": 0, "3d": 10}, "3d", "3d"),
        ],
    )
    def test_is_where_the_share_is_reached(
        self, counts: dict[str, int], half: str, nine: str
    ) -> None:
        assert quantile_band(counts, 0.5) == half
        assert quantile_band(counts, 0.9) == nine

    @given(COUNTS.filter(lambda counts: sum(counts.values())), st.sampled_from([0.5, 0.9]))
    def test_holds_the_span_of_that_rank(self, counts: dict[str, int], share: float) -> None:
        every = [band for band, count in counts.items() for _ in range(count)]
        rank = -(-int(share * 10) * len(every) // 10)
        assert quantile_band(counts, share) == every[rank - 1]

    @given(COUNTS.filter(lambda counts: sum(counts.values())))
    def test_nine_in_ten_is_no_earlier_than_half(self, counts: dict[str, int]) -> None:
        assert ORDER.index(quantile_band(counts, 0.5)) <= ORDER.index(quantile_band(counts, 0.9))


class TestReadSpans:
    def test_says_nothing_of_nothing(self) -> None:
        assert read_spans({}, seconds=0) is None
        assert read_spans({"1h": 0}, seconds=0) is None

    def test_says_the_share_under_a_day_and_the_mean(self) -> None:
        found = read_spans({"1h": 2, "24h": 1, "7d": 1}, seconds=400)
        assert found is not None
        assert (found.count, found.under_a_day, found.mean_seconds) == (4, 3, 100)

    def test_a_band_we_do_not_know_is_the_longest(self) -> None:
        found = read_spans({"1h": 1, "a-year": 3}, seconds=0)
        assert found is not None
        assert (found.half, found.count, found.under_a_day) == ("more", 4, 1)


class TestDurationWords:
    @pytest.mark.parametrize(
        ("seconds", "fr"),
        [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3_599, "59 min"),
            (3_600, "1 h 00 min"),
            (18_720, "5 h 12 min"),
            (86_399, "23 h 59 min"),
            (86_400, "1 j 0 h"),
            (280_000, "3 j 5 h"),
        ],
    )
    def test_say_the_two_largest_units(self, seconds: int, fr: str) -> None:
        with override("fr"):
            assert spans.duration_words(seconds).replace("\xa0", " ") == fr
