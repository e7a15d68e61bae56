"""Periods: leap years, edges of quarters and years, nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from balise.steering.rules import periods
from balise.steering.rules.periods import Period, PeriodUnreadable, Preset, Shape, a_year_before

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))
PARIS = ZoneInfo("Europe/Paris")


@st.composite
def some_period(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.integers(0, 800))))


class TestPresets:
    @pytest.mark.parametrize(
        ("code", "first", "last"),
        [
            (Preset.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 24)),
            (Preset.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
            (Preset.THIS_QUARTER, date(2026, 10, 1), date(2026, 11, 24)),
            (Preset.THIS_YEAR, date(2026, 1, 1), date(2026, 11, 24)),
            (Preset.TWELVE_MONTHS, date(2025, 11, 25), date(2026, 11, 24)),
        ],
    )
    def test_have_their_days(self, code: Preset, first: date, last: date) -> None:
        assert periods.preset(code, today=date(2026, 11, 24)) == Period(first, last)

    @pytest.mark.parametrize(
        ("today", "first", "last"),
        [
            (date(2024, 3, 1), date(2024, 2, 1), date(2024, 2, 29)),
            (date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ],
    )
    def test_last_month_is_whole(self, today: date, first: date, last: date) -> None:
        assert periods.preset(Preset.LAST_MONTH, today=today) == Period(first, last)

    def test_twelve_months_before_a_leap_day(self) -> None:
        found = periods.preset(Preset.TWELVE_MONTHS, today=date(2024, 2, 29))
        assert found == Period(date(2023, 3, 1), date(2024, 2, 29))

    @given(DAYS, st.sampled_from(Preset))
    def test_never_reach_into_the_future(self, today: date, code: Preset) -> None:
        found = periods.preset(code, today=today)
        assert found.last <= today
        assert (found.last == today) == (code is not Preset.LAST_MONTH)
        assert code is Preset.TWELVE_MONTHS or found.first.day == 1

    @given(DAYS)
    def test_twelve_months_are_a_year(self, today: date) -> None:
        assert periods.preset(Preset.TWELVE_MONTHS, today=today).day_count in {365, 366}

    @given(DAYS)
    def test_a_quarter_begins_in_its_first_month(self, today: date) -> None:
        found = periods.preset(Preset.THIS_QUARTER, today=today)
        assert found.first.month in {1, 4, 7, 10}
        assert found.day_count <= 92

    @given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001 - made aware
    def test_the_days_of_a_year_hold_every_moment_once(self, naive: datetime) -> None:
        moment = naive.replace(tzinfo=UTC).astimezone(PARIS)
        year = [Period(date(moment.year, 1, 1), date(moment.year, 12, 31))]
        months = periods.whole_months(year[0], today=date(2100, 1, 1))
        assert sum(moment.date() in month for month in months) == 1

    @pytest.mark.parametrize(
        ("night", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
    )
    def test_a_day_is_whole_when_clocks_change(self, night: date, hours: int) -> None:
        evening_before = datetime(night.year, night.month, night.day - 1, 12, tzinfo=PARIS)
        half_hours = [
            evening_before.astimezone(UTC) + timedelta(minutes=30 * at) for at in range(100)
        ]
        inside = [at for at in half_hours if at.astimezone(PARIS).date() in Period(night, night)]
        assert len(inside) / 2 == hours


class TestCustom:
    TODAY = date(2026, 11, 24)

    def test_takes_two_days(self) -> None:
        found = periods.custom(date(2026, 1, 2), self.TODAY, today=self.TODAY)
        assert found == Period(date(2026, 1, 2), self.TODAY)

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (None, TODAY),
            (TODAY, None),
            (TODAY, date(2026, 11, 23)),
            (TODAY, date(2026, 11, 25)),
            (date(2015, 1, 1), TODAY),
            (date.min, date.min + timedelta(days=1)),
        ],
    )
    def test_refuses_what_cannot_be_counted(self, first: date | None, last: date | None) -> None:
        with pytest.raises(PeriodUnreadable):
            periods.custom(first, last, today=self.TODAY)


class TestAYearBefore:
    @pytest.mark.parametrize(
        ("now", "before"),
        [
            ((date(2026, 10, 1), date(2026, 10, 31)), (date(2025, 10, 1), date(2025, 10, 31))),
            ((date(2026, 11, 1), date(2026, 11, 24)), (date(2025, 11, 1), date(2025, 11, 24))),
            ((date(2025, 2, 1), date(2025, 2, 28)), (date(2024, 2, 1), date(2024, 2, 29))),
            ((date(2024, 2, 1), date(2024, 2, 29)), (date(2023, 2, 1), date(2023, 2, 28))),
            ((date(2024, 2, 29), date(2024, 2, 29)), (date(2023, 2, 28), date(2023, 2, 28))),
            ((date(2025, 2, 10), date(2025, 2, 28)), (date(2024, 2, 10), date(2024, 2, 28))),
            ((date(2024, 1, 1), date(2024, 12, 31)), (date(2023, 1, 1), date(2023, 12, 31))),
        ],
    )
    def test_is_the_same_days(self, now: tuple[date, date], before: tuple[date, date]) -> None:
        assert a_year_before(Period(*now)) == Period(*before)

    @given(some_period())
    def test_is_as_long_but_for_a_leap_day(self, period: Period) -> None:
        found = a_year_before(period)
        assert abs(found.day_count - period.day_count) <= 1
        assert found.last.year == period.last.year - 1

    @given(some_period())
    def test_keeps_the_shape(self, period: Period) -> None:
        assert a_year_before(period).shape is period.shape or period.shape is Shape.RANGE

    @given(DAYS, st.integers(0, 500), st.integers(0, 500))
    def test_keeps_the_order(self, first: date, some: int, more: int) -> None:
        middle = first + timedelta(days=some)
        earlier = Period(first, middle)
        later = Period(middle + timedelta(days=1), middle + timedelta(days=1 + more))
        assert a_year_before(earlier).first <= a_year_before(later).first


class TestWholeMonths:
    TODAY = date(2026, 11, 24)

    def test_leaves_out_what_is_not_over_and_what_is_cut(self) -> None:
        period = Period(date(2026, 8, 2), self.TODAY)
        found = periods.whole_months(period, today=self.TODAY)
        assert [month.first for month in found] == [date(2026, 9, 1), date(2026, 10, 1)]

    def test_a_month_is_over_the_day_after(self) -> None:
        october = Period(date(2026, 10, 1), date(2026, 10, 31))
        assert not periods.whole_months(october, today=date(2026, 10, 31))
        assert periods.whole_months(october, today=date(2026, 11, 1)) == (october,)

    @given(some_period(), DAYS)
    def test_lie_in_the_period_and_do_not_overlap(self, period: Period, today: date) -> None:
        found = periods.whole_months(period, today=today)
        assert all(period.first <= m.first and m.last <= min(period.last, today) for m in found)
        assert all(periods.is_whole_months(month) for month in found)
        assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))


class TestShape:
    @pytest.mark.parametrize(
        ("first", "last", "shape"),
        [
            (date(2026, 2, 28), date(2026, 2, 28), Shape.DAY),
            (date(2026, 2, 1), date(2026, 2, 28), Shape.MONTH),
            (date(2024, 2, 1), date(2024, 2, 28), Shape.RANGE),
            (date(2026, 10, 1), date(2026, 12, 31), Shape.QUARTER),
            (date(2026, 9, 1), date(2026, 11, 30), Shape.RANGE),
            (date(2026, 1, 1), date(2026, 12, 31), Shape.YEAR),
            (date(2026, 7, 1), date(2027, 6, 30), Shape.RANGE),
        ],
    )
    def test_is_what_the_calendar_says(self, first: date, last: date, shape: Shape) -> None:
        assert Period(first, last).shape is shape

    def test_a_period_has_its_days(self) -> None:
        period = Period(date(2024, 2, 27), date(2024, 3, 1))
        assert [day.day for day in period.days()] == [27, 28, 29, 1]
        assert period.day_count == 4

    def test_a_period_does_not_end_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="begins"):
            Period(date(2026, 2, 2), date(2026, 2, 1))


class TestWords:
    @pytest.mark.parametrize(
        ("first", "last", "fr", "en"),
        [
            (
                date(2026, 11, 1),
                date(2026, 11, 24),
                "du 1er au 24 novembre 2026",
                "from 1 to 24 November 2026",
            ),
            (
                date(2026, 3, 2),
                date(2026, 11, 1),
                "du 2 mars au 1er novembre 2026",
                "from 2 March to 1 November 2026",
            ),
            (
                date(2025, 11, 25),
                date(2026, 11, 24),
                "du 25 novembre 2025 au 24 novembre 2026",
                "from 25 November 2025 to 24 November 2026",
            ),
            (date(2026, 10, 1), date(2026, 10, 31), "en octobre 2026", "in October 2026"),
            (
                date(2026, 10, 1),
                date(2026, 12, 31),
                "au 4e trimestre 2026",
                "in the 4th quarter of 2026",
            ),
            (date(2026, 1, 1), date(2026, 12, 31), "en 2026", "in 2026"),
            (date(2026, 5, 1), date(2026, 5, 1), "le 1er mai 2026", "on 1 May 2026"),
        ],
    )
    def test_say_the_period(self, first: date, last: date, fr: str, en: str) -> None:
        period = Period(first, last)
        with override("fr"):
            assert periods.when(period) == fr
            assert periods.than_when(period) == ("qu’" if fr[0] in "ea" else "que ") + fr
        with override("en"):
            assert periods.when(period) == en
            assert periods.than_when(period) == f"than {en}"
