"""What may stand beside what stands."""

from datetime import date
from decimal import Decimal

import pytest

from balise.foundation.statistics.quantities import Quantity
from balise.steering.readings.rules.judging import (
    SHAPES,
    CodeFaulty,
    DayFaulty,
    DayTaken,
    NumberFaulty,
    ReadingTold,
    Series,
    SpanFaulty,
    Standing,
    Thing,
    Why,
    WhyNeeded,
    check,
    check_until,
    cleaned,
    gaps,
    series_of,
    whole,
)
from balise.steering.readings.tests.makers import told

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
TODAY = date(2026, 9, 1)


def judge(one: ReadingTold, *standing: Standing) -> int:
    return check(one, standing, today=TODAY)


def test_downloads_never_fall_without_a_reason_whichever_is_entered_first() -> None:
    june = Standing(None, JUNE, 43_000)
    higher, lower = (told(JULY, number, series=Series.DOWNLOADS) for number in (43_000, 42_999))
    assert judge(higher, june) == 43_000
    with pytest.raises(WhyNeeded, match="43"):
        judge(lower, june)
    assert judge(told(JULY, 5, series=Series.DOWNLOADS, why=Why.RENEWED), june) == 5
    with pytest.raises(WhyNeeded):
        judge(told(JUNE, 43_001, series=Series.DOWNLOADS), Standing(None, JULY, 43_000))


def test_followers_may_fall_but_not_by_a_slip_of_the_keyboard() -> None:
    june = Standing(None, JUNE, 22_900)
    assert judge(told(JULY, 22_800), june) == 22_800
    with pytest.raises(WhyNeeded):
        judge(told(JULY, 2_290), june)
    assert judge(told(JULY, 2_290, why=Why.PURGED), june) == 2_290


@pytest.mark.parametrize("number", ["-1", "0.5", "10000000000000"])
def test_a_number_is_whole_and_possible(number: str) -> None:
    with pytest.raises(NumberFaulty):
        whole(Quantity(Decimal(number)))


def test_a_day_has_come_and_has_one_reading() -> None:
    with pytest.raises(DayFaulty):
        judge(told(date(2032, 1, 1), 5))
    with pytest.raises(DayFaulty):
        judge(told(date(1932, 1, 1), 5))
    with pytest.raises(DayTaken):
        judge(told(JUNE, 5), Standing(None, JUNE, 5))


def test_visits_are_of_days_that_are_counted_once() -> None:
    whole_june = Standing(JUNE, date(2026, 6, 30), 900)
    for since, day in ((JUNE, JUNE), (date(2026, 6, 30), JULY), (date(2026, 5, 1), AUGUST)):
        with pytest.raises(DayTaken):
            judge(told(day, 1, series=Series.VISITS, since=since), whole_june)
    assert judge(told(JULY, 1, series=Series.VISITS), whole_june) == 1
    with pytest.raises(DayFaulty):
        judge(told(JULY, 1, series=Series.VISITS, since=AUGUST))
    with pytest.raises(DayFaulty):
        judge(told(JULY, 1, since=JUNE))


def test_visitors_of_a_month_stand_beside_those_of_its_days() -> None:
    whole_june = Standing(JUNE, date(2026, 6, 30), 900)
    assert judge(told(JUNE, 40, series=Series.VISITORS), whole_june) == 40
    with pytest.raises(DayTaken):
        judge(told(whole_june.day, 5, series=Series.VISITORS, since=JUNE), whole_june)


def test_gaps_are_the_spans_that_are_too_long_and_the_one_until_now() -> None:
    days = (JUNE, JULY, TODAY)
    assert gaps(days, Series.FOLLOWERS, until=TODAY) == ((JULY, TODAY),)
    assert gaps((JUNE,), Series.FOLLOWERS, until=AUGUST) == ((JUNE, AUGUST),)
    assert gaps((JULY,), Series.FOLLOWERS, until=AUGUST) == ()
    assert gaps((), Series.FOLLOWERS, until=TODAY) == ()


def test_each_series_is_of_a_kind_of_thing() -> None:
    assert {series for thing in Thing for series in series_of(thing)} == set(SHAPES) == set(Series)


def test_a_code_is_small_letters_and_an_end_is_not_before_the_last_reading() -> None:
    assert cleaned(" Facebook-3018 ") == "facebook-3018"
    for faulty in ("", "a", "été", "a b", "a" * 41):
        with pytest.raises(CodeFaulty):
            cleaned(faulty)
    check_until(JULY, last=JULY)
    with pytest.raises(SpanFaulty):
        check_until(JUNE, last=JULY)
