from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from pytest_django.fixtures import Settings

from balise.foundation.packs import PackFaulty
from balise.hotline.reports.rules.categories import categories
from balise.hotline.welfare.module import limits_are_known
from balise.hotline.welfare.rules import (
    LONGEST_BEAT,
    SoFar,
    TooLoose,
    Why,
    glanced,
    limits,
    looked,
    looking,
    ruling,
)

FR = limits("fr")
GENTLE, GRAVEST = FR.severity("gentle"), FR.severity("gravest")
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
gaps = st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 120), st.booleans()), max_size=60)


def at(hour: int, minute: int = 0) -> datetime:
    return NINE.replace(hour=hour, minute=minute)


class TestLimits:
    def test_a_category_that_stands_nowhere_is_usual(self) -> None:
        assert FR.severity_of("never-heard-of").code == FR.usual

    def test_a_second_country_takes_the_first_ones(self) -> None:
        assert limits("lu").day == FR.day == timedelta(hours=5)

    def test_a_centre_has_hours_of_its_own(self) -> None:
        assert FR.within("08:00-15:30").stops_at == time(15, 30)
        assert FR.within("any").stops_at is None
        for hours in ("late", "16:00-07:00", "07:00-25:00"):
            with pytest.raises(PackFaulty):
                FR.within(hours)

    def test_hours_that_cannot_be_read_are_told_at_the_start(self, settings: Settings) -> None:
        assert limits_are_known() == []
        settings.LOOKING_HOURS = "late"
        (told,) = limits_are_known()
        assert told.id == "balise.E301"

    def test_each_category_weighs_what_the_pack_says(self) -> None:
        named = {one.code for one in categories("fr")}
        assert named == set().union(*(one.categories for one in FR.severities))

    def test_someones_own_are_only_ever_gentler(self) -> None:
        shorter = FR.gentler(day=timedelta(hours=2), stretch=None, stops_at=time(15))
        longer = FR.gentler(day=timedelta(hours=9), stretch=timedelta(hours=2), stops_at=time(18))

        assert (shorter.day, shorter.stretch, shorter.stops_at) == (
            timedelta(hours=2),
            FR.stretch,
            time(15),
        )
        assert longer == FR

    @pytest.mark.parametrize(
        "wish",
        [
            {"day": timedelta(hours=6)},
            {"stretch": timedelta(minutes=61)},
            {"stops_at": time(16, 1)},
            {"stops_at": time(6)},
        ],
    )
    def test_a_looser_wish_is_refused(self, wish: dict[str, timedelta | time]) -> None:
        asked: dict[str, Any] = {"day": None, "stretch": None, "stops_at": None} | wish
        with pytest.raises(TooLoose):
            FR.check_gentler(**asked)
        FR.check_gentler(day=FR.day, stretch=None, stops_at=FR.stops_at)


class TestRuling:
    def test_opens_by_day(self) -> None:
        assert ruling(SoFar(), at=NINE, severity=GRAVEST, limits=FR).allows

    @pytest.mark.parametrize("moment", [at(16), at(16, 1), at(23), at(6, 59)])
    def test_never_outside_the_hours(self, moment: datetime) -> None:
        assert ruling(SoFar(), at=moment, severity=GENTLE, limits=FR).why is Why.HOURS

    def test_the_end_of_the_day_is_gentle(self) -> None:
        assert ruling(SoFar(), at=at(15, 30), severity=GRAVEST, limits=FR).why is Why.COOL_DOWN
        assert ruling(SoFar(), at=at(15, 30), severity=GENTLE, limits=FR).allows

    def test_after_an_hour_a_break_is_due_and_opens_what_was_shut(self) -> None:
        so_far = SoFar(stretch_began_at=NINE, looked_at=at(10))

        due = ruling(so_far, at=at(10), severity=GENTLE, limits=FR)

        assert (due.why, due.until) == (Why.PAUSE, at(10, 10))
        assert ruling(so_far, at=at(10, 10), severity=GENTLE, limits=FR).allows
        assert looking(so_far, at=at(10, 10), severity=GENTLE, limits=FR).breaks == 1

    def test_a_hard_one_is_followed_by_a_rest(self) -> None:
        so_far = looking(SoFar(), at=NINE, severity=GRAVEST, limits=FR)
        soon = NINE + timedelta(minutes=1)

        found = ruling(so_far, at=soon, severity=GRAVEST, limits=FR)

        assert (found.why, found.until) == (Why.REST, at(9, 2))
        assert ruling(so_far, at=soon, severity=GRAVEST, limits=FR, goes_on=True).allows
        assert ruling(so_far, at=soon, severity=GENTLE, limits=FR).allows
        assert ruling(so_far, at=at(9, 2), severity=GRAVEST, limits=FR).allows

    def test_a_break_that_was_asked_for_holds(self) -> None:
        so_far = SoFar(break_ends_at=at(9, 10))

        assert ruling(so_far, at=NINE, severity=GENTLE, limits=FR).why is Why.OWN_BREAK
        assert ruling(so_far, at=at(9, 10), severity=GENTLE, limits=FR).allows

    def test_what_ends_by_itself_counts_whole(self) -> None:
        so_far, seconds = glanced(SoFar(), severity=GRAVEST, limits=FR)

        assert seconds == 60
        assert so_far.weighed == 60 * GRAVEST.weight

    @given(gaps)
    def test_nobody_looks_longer_than_the_day(self, story: list[tuple[int, int, bool]]) -> None:
        so_far, moment, total = SoFar(), at(7), 0
        for gap, lasting, is_grave in story * 20:
            severity = GRAVEST if is_grave else GENTLE
            moment += timedelta(seconds=gap)
            if not ruling(so_far, at=moment, severity=severity, limits=FR).allows:
                continue
            so_far = looking(so_far, at=moment, severity=severity, limits=FR)
            moment += timedelta(seconds=lasting)
            so_far, seconds = looked(so_far, at=moment, severity=severity)
            total += seconds

        assert timedelta(seconds=total) <= FR.day + LONGEST_BEAT
        assert total * 100 <= so_far.weighed

    @given(st.integers(0, 30_000), st.integers(0, 30_000))
    def test_more_never_opens_what_less_shut(self, less: int, more: int) -> None:
        allowed = [
            ruling(SoFar(weighed=each * 100), at=NINE, severity=GENTLE, limits=FR).allows
            for each in sorted((less, more))
        ]
        assert allowed in ([True, True], [True, False], [False, False])

    @given(st.integers(-100, 10_000))
    def test_silence_adds_nothing(self, seconds: int) -> None:
        so_far = SoFar(stretch_began_at=NINE, looked_at=NINE)

        _after, added = looked(so_far, at=NINE + timedelta(seconds=seconds), severity=GENTLE)

        assert 0 <= added <= LONGEST_BEAT.total_seconds()
        assert added in {seconds, 0}
