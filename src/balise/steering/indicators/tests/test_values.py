"""Values of indicators for a period, as known on a day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import ANYONE
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.indicators import IndicatorUnknown, SumRefused
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.foundation.statistics.tests.makers import pick
from balise.helpline.conversations.queries import open_days
from balise.steering.indicators.models import Break
from balise.steering.indicators.queries import values
from balise.steering.indicators.rules.values import Ask, Lack, Value, across, months_in, over_time
from balise.steering.indicators.tests.orchard import STAFF, fell, plant
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
BEGAN = datetime(2026, 1, 2, 12, tzinfo=UTC)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def begun() -> None:
    """The centre has a first fact, of the 1st of January."""
    pick("quince", on=date(2026, 1, 1), at=BEGAN)
    tick()


def value(code: str, period: Period = MARCH, *, known_by: date | None = None, **more: Any) -> Value:
    [found] = values([Ask(code, period, **more)], known_by=known_by, seen_by=STAFF)
    return found


def number(code: str, period: Period = MARCH, *, known_by: date | None = None) -> Decimal | None:
    quantity = value(code, period, known_by=known_by).quantity
    return quantity.value if quantity else None


class TestSources:
    def test_a_flow_counts_the_facts_of_the_period(self) -> None:
        pick("apple", times=3, on=date(2026, 3, 2), grams=10, at=at(3, 2))
        pick("pear", on=date(2026, 4, 1), at=at(4, 1))
        tick()

        assert number("PICK-N") == 3
        assert number("PICK-G") == 30

    def test_a_level_is_what_came_less_what_went_until_the_last_day(self) -> None:
        plant(on=date(2026, 1, 5), times=5)
        fell(on=date(2026, 3, 31), times=2)
        plant(on=date(2026, 4, 1))
        tick()

        assert number("TREES") == 3
        assert number("EVER") == 5
        assert number("TREES", APRIL) == 4

    def test_a_share_carries_its_numerator_and_denominator(self) -> None:
        pick(ripe=True, times=3, on=date(2026, 3, 2), at=at(3, 2))
        pick(ripe=False, on=date(2026, 3, 2), at=at(3, 2))
        tick()

        found = value("PICK-RIPE")
        assert found.quantity == Quantity(Decimal("0.75"))
        assert (found.numerator, found.denominator) == (Quantity(Decimal(3)), Quantity(Decimal(4)))

    def test_a_mean_is_of_what_was_counted(self) -> None:
        pick(grams=10, on=date(2026, 3, 2), at=at(3, 2))
        pick(grams=20, on=date(2026, 3, 3), at=at(3, 3))
        tick()

        assert number("PICK-MEAN") == 15

    def test_a_mean_rate_is_over_the_days_that_are_over(self) -> None:
        pick(times=62, on=date(2026, 3, 2), at=at(3, 2))
        tick()

        assert number("PICK-DAY") == 2
        assert number("PICK-MONTH") == 62
        assert number("PICK-OPEN") == Decimal(62) / open_days(MARCH.first, MARCH.last)
        assert number("PICK-DAY", known_by=date(2026, 3, 10)) == Decimal("6.2")

    def test_several_are_read_at_once_in_their_order(self) -> None:
        pick(on=date(2026, 4, 2), at=at(4, 2))
        tick()
        found = values([Ask("PICK-N", APRIL), Ask("TREES", MARCH)], seen_by=STAFF)
        assert [one.indicator.code for one in found] == ["PICK-N", "TREES"]


class TestNothingIsNotZero:
    def test_a_zero_of_counted_days_is_zero(self) -> None:
        assert number("PICK-N") == 0

    def test_what_nothing_counts_has_no_number(self) -> None:
        found = value("BEES")
        assert (found.quantity, found.gap) == (None, Lack.NOT_COUNTED)

    def test_days_before_the_centre_have_no_number(self) -> None:
        found = value("PICK-N", Period(date(2024, 1, 1), date(2024, 12, 31)))
        assert (found.quantity, found.gap) == (None, Lack.BEFORE_THE_CENTRE)

    def test_days_to_come_have_no_number(self) -> None:
        found = value("PICK-N", Period(date(2031, 1, 1), date(2031, 1, 31)))
        assert (found.quantity, found.gap, found.days) == (None, Lack.NOT_YET, 0)

    def test_a_share_of_nothing_has_no_number(self) -> None:
        assert value("PICK-RIPE").gap is Lack.NO_WHOLE
        assert number("PICK-MEAN") is None


class TestKnownBy:
    def test_what_is_declared_late_was_not_known(self) -> None:
        pick(times=2, on=date(2026, 3, 2), at=at(3, 2))
        pick(times=5, on=date(2026, 3, 20), at=at(4, 9))
        tick()

        assert number("PICK-N") == 7
        assert number("PICK-N", known_by=date(2026, 4, 8)) == 2
        assert number("PICK-N", known_by=date(2026, 4, 9)) == 7

    def test_a_period_that_runs_says_its_days(self) -> None:
        found = value("PICK-N", known_by=date(2026, 3, 10))
        assert (found.days, found.is_partial) == (10, True)
        assert not value("PICK-N").is_partial


class TestPartsAndSteps:
    def test_parts_are_by_code_the_largest_first(self) -> None:
        pick("apple", on=date(2026, 3, 2), at=at(3, 2))
        pick("pear", times=2, on=date(2026, 3, 2), at=at(3, 2))
        tick()

        found = value("PICK-N", parts=True)
        assert [(part.code, part.events) for part in found.parts] == [("pear", 2), ("apple", 1)]

    def test_a_level_has_parts_too(self) -> None:
        plant("apple", on=date(2026, 1, 5), times=5)
        fell("apple", on=date(2026, 3, 31), times=2)
        tick()

        [part] = value("TREES", parts=True).parts
        assert part.quantity == Quantity(Decimal(3))

    def test_steps_make_the_period_and_one_to_come_is_none(self) -> None:
        pick(on=date(2026, 3, 2), at=at(3, 2))
        tick()

        found = value("PICK-N", steps=True, known_by=date(2026, 3, 10)).steps
        assert len(found) == 31
        assert found[1].quantity == Quantity(Decimal(1))
        assert (found[2].quantity, found[2].gap) == (Quantity(Decimal(0)), None)
        assert (found[20].quantity, found[20].gap) == (None, Lack.NOT_YET)


class TestBounds:
    def test_the_way_of_counting_bounds_the_number(self) -> None:
        assert value("PICK-B").quantity == Quantity(Decimal(0), Bound.AT_LEAST)


class TestBreaks:
    def test_a_break_noted_and_a_later_version_are_said(self) -> None:
        Break.objects.create(
            on=date(2026, 3, 9), name_fr="7 j/7", name_en="Every day", lines=["orchard"]
        )
        Break.objects.create(on=date(2026, 3, 1), name_fr="a", name_en="a", lines=["orchard"])
        Break.objects.create(on=date(2026, 3, 9), name_fr="b", name_en="b", indicators=["TREES"])

        found = value("PICK-V2").breaks
        assert [(each.on.day, each.name["en"]) for each in found] == [
            *((9, "Every day"), (15, "definition 2")),
        ]


class TestRefusals:
    def test_who_may_not_read_is_refused(self) -> None:
        with pytest.raises(PermissionDenied):
            values([Ask("PICK-N", MARCH)], seen_by=ANYONE)

    def test_an_unknown_indicator_is_refused(self) -> None:
        with pytest.raises(IndicatorUnknown):
            value("NOTHING")


class TestSums:
    def test_a_flow_is_added_over_time(self) -> None:
        pick(times=2, on=date(2026, 3, 2), at=at(3, 2))
        pick(times=5, on=date(2026, 4, 2), at=at(4, 2))
        tick()
        assert over_time([value("PICK-N", APRIL), value("PICK-N")]) == Quantity(Decimal(7))

    @pytest.mark.parametrize("code", ["TREES", "EVER", "PICK-RIPE", "PICK-DAY", "PICK-O"])
    def test_what_does_not_add_over_time_is_refused(self, code: str) -> None:
        with pytest.raises(SumRefused):
            over_time([value(code, APRIL), value(code)])

    def test_periods_that_overlap_and_two_indicators_are_refused(self) -> None:
        with pytest.raises(SumRefused):
            over_time([value("PICK-N"), value("PICK-N")])
        with pytest.raises(SumRefused):
            over_time([value("PICK-N"), value("PICK-G", APRIL)])

    def test_parts_are_added_unless_they_overlap(self) -> None:
        pick("apple", times=2, on=date(2026, 3, 2), at=at(3, 2))
        pick("pear", on=date(2026, 3, 2), at=at(3, 2))
        tick()
        assert across(value("PICK-N", parts=True)) == Quantity(Decimal(3))
        with pytest.raises(SumRefused):
            across(value("PICK-O", parts=True))

    def test_one_unknown_makes_the_sum_unknown(self) -> None:
        later = Period(date(2031, 1, 1), date(2031, 1, 31))
        assert over_time([value("PICK-N"), value("PICK-N", later)]) is None


def test_a_month_that_is_not_whole_is_a_part_of_one() -> None:
    assert months_in(Period(date(2026, 1, 1), date(2026, 3, 31))) == 3
    assert months_in(Period(date(2026, 4, 1), date(2026, 4, 15))) == Decimal("0.5")
