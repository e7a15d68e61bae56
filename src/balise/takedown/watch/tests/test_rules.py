"""Three misses make a removal; silence makes nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.takedown.watch.rules import MISSES, News, Pace, Standing, State, Step, after

PROVES_NOTHING = ["moved", "refused", "unreachable", "unknown", "nonsense"]


def run(*statuses: str, pace: Pace = Pace.STEADY) -> Step:
    step = Step(Standing(), News.NONE, timedelta())
    for status in statuses:
        step = after(step.standing, status, pace=pace)
    return step


class TestAfter:
    def test_takes_three_misses_to_be_gone(self) -> None:
        assert run("gone", "gone").news is News.NONE
        third = run("gone", "gone", "gone")
        assert (third.standing.state, third.news) == (State.GONE, News.GONE)

    def test_looks_again_soon_after_a_miss(self) -> None:
        assert run("gone").wait == timedelta(minutes=15)
        assert run("gone", "online").wait == timedelta(hours=4)

    @pytest.mark.parametrize("status", PROVES_NOTHING)
    def test_learns_nothing_from_silence(self, status: str) -> None:
        assert run(status, status, status).standing == Standing()
        assert run("gone", status, "gone", status, "gone").news is News.GONE

    def test_forgives_misses_once_it_is_seen(self) -> None:
        assert run("gone", "gone", "online", "gone").standing.misses == 1

    def test_says_when_it_is_back(self) -> None:
        back = run("gone", "gone", "gone", "online")
        assert (back.standing, back.news) == (Standing(State.ONLINE), News.BACK)

    def test_tells_each_news_once(self) -> None:
        assert run("gone", "gone", "gone", "gone").news is News.NONE
        assert run("gone", "gone", "gone", "online", "online").news is News.NONE

    def test_looks_less_and_less_once_it_is_gone_and_then_no_more(self) -> None:
        gone = ["gone"] * MISSES
        days = [run(*gone, *["gone"] * more).wait for more in range(5)]
        assert days == [*map(timedelta, (1, 7, 30, 90)), None]

    @pytest.mark.parametrize(
        ("pace", "hours"), [(Pace.URGENT, 1), (Pace.STEADY, 4), (Pace.SLOW, 12)]
    )
    def test_looks_as_often_as_is_urgent(self, pace: Pace, hours: int) -> None:
        assert run("online", pace=pace).wait == timedelta(hours=hours)

    @given(st.lists(st.sampled_from(["online", "gone", *PROVES_NOTHING])))
    def test_never_says_gone_without_three_misses_and_no_sight(self, statuses: list[str]) -> None:
        standing = Standing()
        recent: list[str] = []
        for status in statuses:
            step = after(standing, status, pace=Pace.STEADY)
            recent = [] if status == "online" else [*recent, status]
            if step.news is News.GONE:
                assert recent.count("gone") == MISSES
            assert step.wait is None or step.wait >= timedelta(minutes=15)
            standing = step.standing
