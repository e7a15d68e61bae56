"""Three misses make a removal; silence makes nothing. Hosts are asked in their turn."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from balise.takedown.watch.rules.schedule import (
    APART,
    MISSES,
    News,
    Pace,
    Standing,
    Step,
    WatchState,
    after,
    silence,
    space,
    spread,
)
from balise.takedown.watch.rules.verdicts import Seen

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GONE, ONLINE = Seen.GONE, Seen.ONLINE
NOTHING = [seen for seen in Seen if seen is not ONLINE and not seen.is_miss]


def run(*seen: Seen, pace: Pace = Pace.STEADY, apart: timedelta = timedelta(minutes=15)) -> Step:
    step = Step(Standing(), News.NONE, timedelta())
    for place, each in enumerate(seen):
        step = after(step.standing, each, pace=pace, at=START + place * apart)
    return step


class TestAfter:
    def test_takes_three_misses_to_be_gone(self) -> None:
        assert run(GONE, GONE).news is News.NONE
        third = run(GONE, Seen.SOFT_GONE, GONE)
        assert (third.standing.state, third.news) == (WatchState.GONE, News.GONE)

    def test_counts_misses_minutes_apart(self) -> None:
        assert run(*[GONE] * 9, apart=timedelta(seconds=20)).news is News.NONE
        assert run(GONE, GONE, apart=timedelta(seconds=20)).wait == APART
        assert run(GONE, GONE, GONE, apart=APART).news is News.GONE

    def test_looks_again_soon_after_a_miss(self) -> None:
        assert run(GONE).wait == timedelta(minutes=15)
        assert run(GONE, ONLINE).wait == timedelta(hours=4)

    def test_waits_a_day_for_a_name_to_come_back(self) -> None:
        assert run(Seen.NAME_GONE).wait == timedelta(days=1)

    @pytest.mark.parametrize("seen", NOTHING)
    def test_learns_nothing_from_what_proves_nothing(self, seen: Seen) -> None:
        standing = run(seen, seen, seen).standing
        assert (standing.state, standing.misses) == (WatchState.UNKNOWN, 0)
        assert run(GONE, seen, GONE, seen, GONE).news is News.GONE

    def test_forgives_misses_once_it_is_seen(self) -> None:
        assert run(GONE, GONE, ONLINE, GONE).standing.misses == 1

    def test_says_when_it_is_back(self) -> None:
        back = run(GONE, GONE, GONE, ONLINE)
        assert (back.standing, back.news) == (Standing(WatchState.ONLINE), News.BACK)

    def test_tells_each_news_once(self) -> None:
        assert run(GONE, GONE, GONE, GONE).news is News.NONE
        assert run(GONE, GONE, GONE, ONLINE, ONLINE).news is News.NONE

    def test_looks_less_and_less_once_it_is_gone_and_then_no_more(self) -> None:
        gone = [GONE] * MISSES
        days = [run(*gone, *[GONE] * more).wait for more in range(5)]
        assert days == [*map(timedelta, (1, 7, 30, 90)), None]

    @pytest.mark.parametrize(
        ("pace", "hours"), [(Pace.URGENT, 1), (Pace.STEADY, 4), (Pace.SLOW, 12)]
    )
    def test_looks_as_often_as_is_urgent(self, pace: Pace, hours: int) -> None:
        assert run(ONLINE, pace=pace).wait == timedelta(hours=hours)
        assert run(Seen.UNREACHABLE, pace=pace).wait == timedelta(hours=hours)

    def test_looks_once_a_day_at_what_has_long_been_silent(self) -> None:
        silent = [Seen.UNREACHABLE] * 16
        step = run(*silent, pace=Pace.URGENT, apart=timedelta(days=1))
        assert step.wait == timedelta(days=1)
        assert step.standing.quiet_since == START

    def test_loses_nothing_when_the_tracer_is_away(self) -> None:
        before = run(GONE, GONE).standing
        step = after(before, Seen.UNKNOWN, pace=Pace.SLOW, at=START)
        assert (step.standing, step.wait) == (before, timedelta(minutes=5))

    @given(st.lists(st.tuples(st.sampled_from(Seen), st.integers(1, 600))), st.sampled_from(Pace))
    def test_never_says_gone_without_three_misses_apart_and_no_sight(
        self, looks: list[tuple[Seen, int]], pace: Pace
    ) -> None:
        standing, at = Standing(), START
        misses: list[datetime] = []
        for seen, minutes in looks:
            at += timedelta(minutes=minutes)
            step = after(standing, seen, pace=pace, at=at)
            if seen is ONLINE:
                misses = []
            elif seen.is_miss and (not misses or at - misses[-1] >= APART):
                misses.append(at)
            if step.news is News.GONE:
                assert len(misses) == MISSES
            if step.standing.state is WatchState.GONE:
                assert len(misses) >= MISSES
            assert step.wait is None or step.wait >= APART
            standing = step.standing


class TestSpread:
    @given(st.integers(0, 1 << 128))
    def test_is_a_tenth_at_most_and_always_alike(self, key: int) -> None:
        wait = timedelta(hours=4)
        spread_once = spread(wait, key=key)
        assert wait * 0.9 <= spread_once <= wait * 1.1
        assert spread_once == spread(wait, key=key)


class TestSpace:
    def test_is_even_over_half_of_the_time(self) -> None:
        every = timedelta(hours=4)
        assert space(contents=240, every=every, most_a_minute=20) == timedelta(seconds=30)

    def test_is_a_minute_at_the_most_and_never_too_fast(self) -> None:
        every = timedelta(hours=4)
        assert space(contents=1, every=every, most_a_minute=20) == timedelta(minutes=1)
        quick = space(contents=50_000, every=every, most_a_minute=20)
        assert quick == timedelta(seconds=3, microseconds=1)

    @given(st.integers(0, 10**6), st.sampled_from(Pace), st.integers(1, 60))
    def test_never_passes_the_most_a_minute(self, contents: int, pace: Pace, most: int) -> None:
        pause = space(contents=contents, every=pace.every, most_a_minute=most)
        assert pause * most >= timedelta(minutes=1)


def test_a_silent_host_is_left_alone_for_longer_and_longer() -> None:
    minutes = [silence(count).total_seconds() / 60 for count in (1, 2, 3, 4, 10, 1_000)]
    assert minutes == [5, 10, 20, 40, 360, 360]
