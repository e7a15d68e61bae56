"""The codes and days of campaigns, and what channels declare."""

from datetime import date, timedelta

import pytest

from balise.awareness.partnership.campaigns.rules import (
    CampaignState,
    CodeFaulty,
    DatesFaulty,
    DeclaredLater,
    HashtagFaulty,
    Reach,
    check_dates,
    check_declared,
    cleaned,
    hashtag_of,
    reach_of,
    state_on,
)

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)


def test_a_code_is_kept_in_capitals_and_nothing_else_is_one() -> None:
    assert cleaned(" rentree-2026 ") == "RENTREE-2026"
    for faulty in ("", "ab", "-AB", "Été", "A B C", "A" * 31):
        with pytest.raises(CodeFaulty):
            cleaned(faulty)


def test_a_hashtag_is_kept_without_its_sign() -> None:
    assert hashtag_of("#RentréeSereine") == "RentréeSereine"
    assert not hashtag_of(" ")
    for faulty in ("#deux mots", "#2026", "#" + "a" * 61):
        with pytest.raises(HashtagFaulty):
            hashtag_of(faulty)


def test_it_runs_from_its_first_day_to_its_last() -> None:
    found = [
        state_on(day, first=FIRST, last=LAST) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)
    ]
    assert found == [
        CampaignState.PLANNED,
        CampaignState.RUNNING,
        CampaignState.RUNNING,
        CampaignState.OVER,
    ]
    check_dates(FIRST, FIRST)
    with pytest.raises(DatesFaulty):
        check_dates(LAST, FIRST)


def test_a_number_is_declared_today_or_before() -> None:
    check_declared(FIRST, today=FIRST)
    with pytest.raises(DeclaredLater):
        check_declared(LAST, today=FIRST)


def test_followers_are_told_with_their_channels_and_none_is_not_zero() -> None:
    assert reach_of([120_000, 80_000]) == Reach(channels=2, followers=200_000)
    assert reach_of([]) is None
