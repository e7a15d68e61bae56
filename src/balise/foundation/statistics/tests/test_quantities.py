"""Bounds pass through arithmetic."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies

from balise.foundation.statistics.quantities import Bound, Quantity, added, divided, less

HELD = {
    Bound.EXACT: lambda true, told: true == told,
    Bound.AT_LEAST: lambda true, told: true >= told,
    Bound.AT_MOST: lambda true, told: true <= told,
}
told = strategies.builds(
    Quantity,
    strategies.integers(0, 1_000).map(Decimal),
    strategies.sampled_from(sorted(HELD)),
)
# By how much the true number is away from what is told.
away = strategies.integers(0, 500).map(Decimal)


def true(of: Quantity, by: Decimal) -> Decimal:
    """Return a true number that fits what is told of it."""
    match of.bound:
        case Bound.AT_LEAST:
            return of.value + by
        case Bound.AT_MOST:
            return max(of.value - by, Decimal())
        case _:
            return of.value


@given(told, told, away, away)
def test_what_follows_of_bounded_numbers_holds_for_all_true_ones(
    one: Quantity, other: Quantity, by: Decimal, other_by: Decimal
) -> None:
    first, second = true(one, by), true(other, other_by)
    if (whole := added(one, other)) is not None:
        assert HELD[whole.bound](first + second, whole.value)
    if (rest := less(one, other)) is not None:
        assert HELD[rest.bound](first - second, rest.value)
    if second and (share := divided(one, other)) is not None:
        assert HELD[share.bound](first / second, share.value)


def test_a_part_of_more_than_a_whole_is_at_most_a_share() -> None:
    share = divided(Quantity(Decimal(156_000)), Quantity(Decimal(500_000), Bound.AT_LEAST))
    assert share == Quantity(Decimal("0.312"), Bound.AT_MOST)


@pytest.mark.parametrize("bound", [Bound.AT_LEAST, Bound.AT_MOST])
def test_of_two_numbers_bounded_on_one_side_no_share_follows(bound: Bound) -> None:
    one = Quantity(Decimal(10), bound)
    assert divided(one, one) is None
    assert less(one, one) is None


def test_about_passes_on_unless_a_side_is_known() -> None:
    about = Quantity(Decimal(10), Bound.ABOUT)
    assert added(about, Quantity(Decimal(1))) == Quantity(Decimal(11), Bound.ABOUT)
    most = Quantity(Decimal(1), Bound.AT_MOST)
    assert added(about, most) == Quantity(Decimal(11), Bound.AT_MOST)


def test_nothing_is_divided_by_nothing() -> None:
    assert divided(Quantity(Decimal(1)), Quantity(Decimal())) is None
