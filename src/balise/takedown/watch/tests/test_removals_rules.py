"""Each removal stands under one heading; a percentile is a value that was measured."""

from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, strategies as st

from balise.takedown.watch.rules.removals import Heading, bounds, heading, rank_of
from balise.takedown.watch.rules.whereabouts import LOOKS, Whereabouts, after_look

DAY = 86_400


class TestHeading:
    @pytest.mark.parametrize(
        ("seconds", "under"),
        [
            (0, Heading.UNDER_3),
            (int(2.5 * DAY), Heading.UNDER_3),
            (3 * DAY, Heading.UNDER_3),
            (3 * DAY + 1, Heading.FROM_4),
            (6 * DAY, Heading.FROM_4),
            (6 * DAY + 1, Heading.FROM_7),
            (400 * DAY, Heading.FROM_7),
        ],
    )
    def test_counts_days_that_have_begun(self, seconds: int, under: Heading) -> None:
        assert heading(seconds) is under

    @given(st.integers(0, 10**9))
    def test_is_where_its_bounds_say(self, seconds: int) -> None:
        for each in Heading:
            above, most = bounds(each)
            inside = seconds > above and (most is None or seconds <= most)
            assert inside == (heading(seconds) is each)


class TestRankOf:
    @given(st.integers(1, 100), st.lists(st.integers(0, 10**7), min_size=1, max_size=200))
    def test_leaves_so_many_of_a_hundred_not_above(
        self, percentile: int, values: list[int]
    ) -> None:
        values.sort()
        value = values[rank_of(percentile, len(values)) - 1]
        assert sum(each <= value for each in values) * 100 >= percentile * len(values)
        assert rank_of(percentile, len(values)) == ceil(percentile * len(values) / 100)

    @pytest.mark.parametrize(("percentile", "count"), [(0, 5), (101, 5), (50, 0)])
    def test_refuses_what_is_none(self, percentile: int, count: int) -> None:
        with pytest.raises(ValueError, match="percentile"):
            rank_of(percentile, count)


class TestAfterLook:
    def follow(self, *looks: tuple[set[int], bytes]) -> tuple[Whereabouts, list[bool]]:
        known, moves = Whereabouts(), []
        for networks, site in looks:
            shift = after_look(known, networks=networks, site=site)
            known = shift.now
            moves.append(shift.has_moved)
        return known, moves

    def test_knows_the_first_network_from_then_on(self) -> None:
        known, moves = self.follow(({64501, 64500}, b""))
        assert (known.network, moves) == (64500, [False])

    def test_moves_after_three_looks_that_agree(self) -> None:
        known, moves = self.follow(({1}, b""), *[({2}, b"")] * LOOKS)
        assert (known.network, moves) == (2, [False, False, False, True])

    def test_stays_while_one_of_its_networks_is_the_known_one(self) -> None:
        assert True not in self.follow(({1}, b""), *[({2, 1}, b"")] * 9)[1]
        assert True not in self.follow(({1}, b""), *[({2}, b""), ({1}, b"")] * 9)[1]

    def test_learns_nothing_from_no_network(self) -> None:
        assert self.follow(({1}, b""), (set(), b""))[0].network == 1

    def test_moves_to_another_site_once(self) -> None:
        known, moves = self.follow(({1}, b""), *[({1}, b"x")] * 9)
        assert (known.site, moves.count(True)) == (b"x", 1)

    def test_comes_back_without_a_word(self) -> None:
        known, moves = self.follow(*[({1}, b"x")] * LOOKS, *[({1}, b"")] * LOOKS)
        assert (known.site, moves.count(True)) == (b"", 1)

    @given(
        st.lists(
            st.tuples(st.sets(st.integers(1, 3), max_size=2), st.sampled_from([b"", b"x", b"y"]))
        )
    )
    def test_never_moves_on_fewer_looks(self, looks: list[tuple[set[int], bytes]]) -> None:
        _known, moves = self.follow(*looks)
        places = [place for place, moved in enumerate(moves) if moved]
        assert all(place >= LOOKS - 1 for place in places)
        assert all(after - before >= LOOKS for before, after in pairwise(places))
