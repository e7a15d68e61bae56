"""What is a rise, without a database: exact numbers, days that were counted, edges."""

from datetime import date
from fractions import Fraction

import pytest

from balise.awareness.partnership.trends.rules.rises import (
    Days,
    Reading,
    Verdict,
    compared,
    gaps,
    read,
)
from balise.foundation.statistics.rules import Gap, Span


def reading(
    now: int | None,
    before: tuple[int | None, int | None, int | None],
    year_before: int | None = None,
) -> Reading:
    periods = [
        None if number is None else {"live": number} for number in (now, *before, year_before)
    ]
    (found,) = read(["live"], periods)
    return found


def test_each_period_has_as_many_days_and_none_reaches_into_the_month() -> None:
    found = compared(date(2026, 11, 12))
    assert found.now == Days(date(2026, 11, 1), date(2026, 11, 12))
    assert found.before == (
        Days(date(2026, 10, 1), date(2026, 10, 12)),
        Days(date(2026, 9, 1), date(2026, 9, 12)),
        Days(date(2026, 8, 1), date(2026, 8, 12)),
    )
    assert found.year_before == Days(date(2025, 11, 1), date(2025, 11, 12))
    assert not found.is_whole

    for until in (date(2026, 3, 31), date(2024, 3, 30), date(2025, 2, 28), date(2024, 2, 29)):
        found = compared(until)
        assert {days.count for days in found.all} == {found.now.count}
        assert all(days.last < found.now.first for days in found.all[1:])
    march = compared(date(2026, 3, 31))
    assert march.is_whole
    assert march.before[0] == Days(date(2026, 1, 29), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("now", "before", "year_before", "verdict"),
    [
        (30, (20, 20, 20), None, Verdict.RISE),  # half as much again
        (29, (20, 20, 20), None, Verdict.STEADY),
        (20, (12, 10, 11), None, Verdict.RISE),  # twenty
        (19, (12, 10, 11), None, Verdict.STEADY),
        (45, (45, 10, 10), None, Verdict.STEADY),  # one month before had as many
        (46, (45, 10, 10), None, Verdict.RISE),
        (30, (20, None, 20), None, Verdict.RISE),  # two of three months are counted
        (90, (20, None, None), None, Verdict.UNKNOWN),
        (None, (20, 20, 20), 20, Verdict.NOT_COUNTED),
        (20, (0, 0, 0), None, Verdict.RISE),  # none before, and none was counted
        (30, (20, 20, 20), 21, Verdict.SEASONAL),
        (30, (20, 20, 20), 20, Verdict.RISE),
    ],
)
def test_a_rise_is_twenty_half_as_much_again_and_more_than_each_month(
    now: int | None,
    before: tuple[int | None, int | None, int | None],
    year_before: int | None,
    verdict: Verdict,
) -> None:
    assert reading(now, before, year_before).verdict is verdict


def test_a_ratio_is_to_the_mean_of_the_months_that_were_counted() -> None:
    assert reading(30, (20, None, 10)).ratio == Fraction(2)
    assert reading(30, (0, 0, 0)).ratio is None


def test_what_was_not_counted_is_no_zero_and_no_rise() -> None:
    span = Span(date(2026, 9, 15), date(2026, 11, 30), Gap.BEFORE_THE_MEASURE)
    found = gaps(compared(date(2026, 11, 12)), span)
    assert found == (
        *(None, None, Gap.BEFORE_THE_MEASURE, Gap.BEFORE_THE_MEASURE),
        Gap.BEFORE_THE_MEASURE,
    )
    numbers = [{"live": 40, "chat": 50} if gap is None else None for gap in found]
    assert [one.verdict for one in read(["live", "chat"], numbers)] == [Verdict.UNKNOWN] * 2
    (none,) = read(["live"], [None, *numbers[1:]])  # this month waits for the worker
    assert (none.verdict, none.now) == (Verdict.NOT_COUNTED, None)


def test_small_numbers_are_exact_inside_and_what_did_not_occur_is_zero() -> None:
    periods = [{"live": 60, "game": 4}, {"live": 9}, {"live": 7}, {"live": 8}, {"live": 1}]
    live, game, other = read(["live", "game", "other"], periods)
    assert (live.now, live.before, live.year_before) == (60, (9, 7, 8), 1)
    assert live.verdict is Verdict.RISE
    assert (game.now, game.before, game.verdict) == (4, (0, 0, 0), Verdict.STEADY)
    assert (other.now, other.verdict) == (0, Verdict.STEADY)
