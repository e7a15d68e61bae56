"""The day's own date, what a wall may say, and bounds instead of persons."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from balise.awareness.sid.rules import (
    Band,
    DateFaulty,
    EmbargoFaulty,
    MessageFaulty,
    TooMany,
    TooSoon,
    channels,
    check_day,
    check_embargo,
    check_message,
    check_met,
    current,
    days_left,
    is_announced,
    is_open,
    reach,
)

DAY = date(2027, 2, 9)


@dataclass(frozen=True)
class Year:
    year: int
    day: date


LAST, NEXT = Year(2026, date(2026, 2, 10)), Year(2027, DAY)


def test_a_date_is_data_of_its_year() -> None:
    check_day(2027, date(2027, 3, 4))  # whatever a rule would say
    with pytest.raises(DateFaulty):
        check_day(2027, date(2028, 2, 8))


def test_an_embargo_ends_by_the_day() -> None:
    check_embargo(None, DAY)
    check_embargo(datetime(2027, 2, 9, 5, tzinfo=UTC), DAY)
    with pytest.raises(EmbargoFaulty):
        check_embargo(datetime(2027, 2, 10, 5, tzinfo=UTC), DAY)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 27), LAST),  # its corrections are open
        (date(2026, 3, 28), NEXT),
        (date(2029, 1, 1), NEXT),  # nothing newer is known
    ],
)
def test_one_edition_is_spoken_of(today: date, expected: Year) -> None:
    assert current([NEXT, LAST], today=today) is expected
    assert current([], today=today) is None


def test_it_is_announced_from_90_days_before_to_the_day() -> None:
    days = (date(2026, 11, 10), date(2026, 11, 11), DAY, date(2027, 2, 10))
    assert [is_announced(DAY, today=day) for day in days] == [False, True, True, False]
    assert [days_left(DAY, today=day) for day in days] == [91, 90, 0, 0]
    assert is_open(DAY, today=date(2027, 3, 26))
    assert not is_open(DAY, today=date(2027, 3, 27))


@pytest.mark.parametrize(
    "says", ["Écrivez à a@b.example", "https://x.example", "www.x.example", "06 12 34 56 78"]
)
def test_a_message_leads_to_nobody(says: str) -> None:
    with pytest.raises(MessageFaulty):
        check_message(says)
    check_message("En 2027, 27 fenêtres : une par élève de 6e.")


def test_people_are_met_from_the_day_on_and_not_by_thousands() -> None:
    check_met({Band.TEENAGERS: 27}, on=DAY, today=DAY)
    with pytest.raises(TooSoon):
        check_met({Band.TEENAGERS: 27}, on=DAY, today=date(2027, 2, 8))
    with pytest.raises(TooMany):
        check_met({Band.TEENAGERS: 4_000, Band.ADULTS: 1_001}, on=DAY, today=DAY)


@given(st.lists(st.dictionaries(st.sampled_from([*Band]), st.integers(1, 50), max_size=4)))
def test_who_was_met_is_told_as_bounds(met: list[dict[str, int]]) -> None:
    found = reach(met)
    if not any(met):
        assert found is None  # not a nought
    else:
        assert found is not None
        assert 0 < found.at_least <= found.attendances
        assert found.attendances == sum(sum(each.values()) for each in met)


@pytest.mark.parametrize("country", ["fr", "lu"])
def test_each_country_has_its_programmes(country: str) -> None:
    assert "other" in channels(country)
