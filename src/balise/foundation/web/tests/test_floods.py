"""How fast the public may write: the rules, without a clock, a cache or a database."""

from hypothesis import given, strategies as st

from balise.foundation.web import floods
from balise.foundation.web.floods import Blinds, Buckets, Floods, Spent, neighbourhood

HERE = "192.0.2.7"
NEXT_DOOR = "192.0.2.200"
ELSEWHERE = "198.51.100.7"


class TestNeighbourhood:
    def test_is_a_24_or_a_64(self) -> None:
        assert neighbourhood(HERE) == neighbourhood(NEXT_DOOR)
        assert neighbourhood(HERE) != neighbourhood(ELSEWHERE)
        assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9")
        assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")

    def test_of_a_mapped_address_is_that_of_ipv4(self) -> None:
        assert neighbourhood(f"::ffff:{HERE}") == neighbourhood(HERE)

    @given(st.text(max_size=40))
    def test_of_anything_is_short(self, text: str) -> None:
        assert len(neighbourhood(text)) in {0, 3, 8}


class TestBlinds:
    def test_do_not_hold_the_address(self) -> None:
        assert neighbourhood(HERE) not in Blinds().of(HERE, now=0)

    def test_mean_nothing_in_another_process_or_on_another_day(self) -> None:
        blinds = Blinds()
        today = blinds.of(HERE, now=10)
        assert blinds.of(NEXT_DOOR, now=80_000) == today
        assert Blinds().of(HERE, now=10) != today
        assert blinds.of(HERE, now=86_410) != today

    def test_of_an_unknown_address_are_empty(self) -> None:
        assert Blinds().of("", now=0) == b""


class TestBuckets:
    @given(st.integers(1, 600), st.lists(st.floats(0, 30), max_size=200))
    def test_give_no_more_than_the_pace(self, a_minute: int, pauses: list[float]) -> None:
        buckets, now, taken = Buckets[str](), 5.0, 0
        for pause in pauses:
            now += pause
            taken += buckets.takes("", a_minute=a_minute, now=now)
        assert taken <= a_minute * 2 + a_minute * (now - 5) / 60 + 1

    @given(st.integers(1, 3_000), st.floats(0, 1e9))
    def test_give_two_minutes_worth_at_once(self, a_minute: int, now: float) -> None:
        buckets = Buckets[str]()
        taken = sum(buckets.takes("", a_minute=a_minute, now=now) for _ in range(2 * a_minute + 10))
        assert taken == 2 * a_minute

    def test_fill_again(self) -> None:
        buckets = Buckets[str]()
        for _ in range(200):
            buckets.takes("", a_minute=60, now=0)
        assert not buckets.takes("", a_minute=60, now=0.4)
        assert buckets.takes("", a_minute=60, now=1.1)

    def test_have_no_limit_at_nought(self) -> None:
        buckets = Buckets[str]()
        assert all(buckets.takes("", a_minute=0, now=0) for _ in range(10_000))
        assert not len(buckets)

    def test_stay_few(self) -> None:
        buckets = Buckets[int]()
        for key in range(2 * floods.MOST_KEPT):
            buckets.takes(key, a_minute=1, now=0)
            assert len(buckets) <= floods.MOST_KEPT

    def test_keep_those_that_are_busy(self) -> None:
        buckets = Buckets[int]()
        for key in range(floods.MOST_KEPT - 1):
            buckets.takes(key, a_minute=60, now=0)
        while buckets.takes(-1, a_minute=60, now=50):
            pass
        buckets.takes(-2, a_minute=60, now=50)
        assert len(buckets) == 2
        assert not buckets.takes(-1, a_minute=60, now=50)


class TestFloods:
    def test_one_neighbourhood_does_not_slow_another(self) -> None:
        watch = Floods()
        assert all(watch.admits(HERE, nearby=10, in_all=1_000, now=0) for _ in range(20))
        assert not watch.admits(NEXT_DOOR, nearby=10, in_all=1_000, now=0)
        assert watch.admits(ELSEWHERE, nearby=10, in_all=1_000, now=0)

    def test_what_is_held_back_is_no_load(self) -> None:
        watch = Floods()
        for _ in range(500):
            watch.admits(HERE, nearby=10, in_all=50, now=0)
        assert watch.admits(ELSEWHERE, nearby=10, in_all=50, now=0)

    def test_a_busy_house_asks_everyone(self) -> None:
        watch = Floods()
        for number in range(20):
            assert watch.admits(f"10.0.{number}.1", nearby=10, in_all=10, now=0)
        assert not watch.admits(ELSEWHERE, nearby=10, in_all=10, now=0)
        assert watch.admits(ELSEWHERE, nearby=10, in_all=10, now=7)

    def test_who_cannot_be_told_apart_shares_the_house(self) -> None:
        watch = Floods()
        assert all(watch.admits("", nearby=1, in_all=100, now=0) for _ in range(200))
        assert not watch.admits("", nearby=1, in_all=100, now=0)

    @given(st.lists(st.floats(0, 5), min_size=1, max_size=100), st.integers(0, 50))
    def test_a_wait_is_bearable_and_grows_with_the_line(
        self, pauses: list[float], nearby: int
    ) -> None:
        watch, now = Floods(), 0.0
        for pause in pauses:
            now += pause
            wait = watch.wait(HERE, nearby=nearby, in_all=100, now=now)
            assert floods.SHORTEST_WAIT <= wait <= floods.LONGEST_WAIT
        first = Floods().wait(HERE, nearby=6, in_all=100, now=0)
        crowd = Floods()
        assert [crowd.wait(HERE, nearby=6, in_all=100, now=0) for _ in range(9)][-1] > first


class TestSpent:
    def test_serves_once(self) -> None:
        spent = Spent()
        assert spent.takes("a", until=10, now=0)
        assert not spent.takes("a", until=10, now=0)
        assert "a" in spent
        assert spent.takes("b", until=10, now=0)
