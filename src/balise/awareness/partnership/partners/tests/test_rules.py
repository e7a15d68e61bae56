"""Days known to a precision, and what is held or in force at the edges."""

from datetime import date

import pytest
from django.utils.translation import override

from balise.awareness.partnership.partners.rules.days import (
    DayUnreadable,
    Held,
    held,
    read,
    surely_meet,
)
from balise.awareness.partnership.partners.rules.mandates import Standing, is_in_order, standing


@pytest.mark.parametrize(
    ("typed", "written", "said"),
    [
        ("2005", "2005", "2005"),
        ("2020-7", "2020-07", "juillet 2020"),
        ("07/2020", "2020-07", "juillet 2020"),
        (" 14/07/2020 ", "2020-07-14", "14 juillet 2020"),
        ("2020-07-14", "2020-07-14", "14 juillet 2020"),
    ],
)
def test_a_day_is_read_as_it_is_known_and_said_no_more_exactly(
    typed: str, written: str, said: str
) -> None:
    known = read(typed)
    with override("fr"):
        assert (known.written, str(known)) == (written, said)


@pytest.mark.parametrize("typed", ["", "July 2020", "2020-13", "30/02/2021", "05", "12005", "0000"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(DayUnreadable):
        read(typed)


@pytest.mark.parametrize(
    ("since", "until", "on", "expected"),
    [
        ("2020-07-01", "2022-06-30", date(2020, 6, 30), Held.NO),
        ("2020-07-01", "2022-06-30", date(2020, 7, 1), Held.YES),
        ("2020-07-01", "2022-06-30", date(2022, 6, 30), Held.YES),
        ("2020-07-01", "2022-06-30", date(2022, 7, 1), Held.NO),
        ("2020-07-01", "", date(2199, 1, 1), Held.YES),
        # known to the month or the year: its days tell nothing, those outside do
        ("2020-07", "", date(2020, 6, 30), Held.NO),
        ("2020-07", "", date(2020, 7, 1), Held.PERHAPS),
        ("2020-07", "", date(2020, 7, 30), Held.PERHAPS),
        ("2020-07", "", date(2020, 7, 31), Held.YES),  # it began that day at the latest
        ("2005", "2007", date(2004, 12, 31), Held.NO),
        ("2005", "2007", date(2005, 1, 1), Held.PERHAPS),
        ("2005", "2007", date(2006, 1, 1), Held.YES),
        ("2005", "2007", date(2007, 1, 1), Held.YES),  # it ended that day at the earliest
        ("2005", "2007", date(2007, 1, 2), Held.PERHAPS),
        ("2005", "2007", date(2008, 1, 1), Held.NO),
        ("2020", "2020", date(2020, 2, 29), Held.PERHAPS),
    ],
)
def test_a_mandate_is_held_from_its_first_day_to_its_last(
    since: str, until: str, on: date, expected: Held
) -> None:
    assert held(read(since), read(until) if until else None, on=on) is expected


def test_spans_meet_only_where_their_dates_leave_no_doubt() -> None:
    first = (read("2020-01-01"), read("2021-12-31"))
    assert surely_meet(first, (read("2021-12-31"), None))
    assert not surely_meet(first, (read("2022-01-01"), None))
    assert not surely_meet((read("2018"), read("2020")), (read("2020"), None))
    assert surely_meet((read("2019"), None), (read("2020"), None))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 9), Standing.TO_COME),
        (date(2026, 1, 10), Standing.IN_FORCE),
        (date(2026, 9, 30), Standing.IN_FORCE),
        (date(2026, 10, 1), Standing.RENEWAL_DUE),
        (date(2026, 12, 31), Standing.RENEWAL_DUE),
        (date(2027, 1, 1), Standing.OVER),
    ],
)
def test_an_agreement_is_in_force_on_its_first_and_its_last_day(
    on: date, expected: Standing
) -> None:
    days = {"signed": date(2026, 1, 10), "until": date(2026, 12, 31)}
    assert standing(**days, renew_by=date(2026, 10, 1), on=on) is expected


def test_an_agreement_is_signed_then_renewed_then_over() -> None:
    assert is_in_order(date(2026, 1, 1), None, None)
    assert is_in_order(date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 1))
    assert not is_in_order(date(2026, 1, 1), date(2026, 6, 2), date(2026, 6, 1))
    assert not is_in_order(date(2026, 1, 1), None, date(2025, 12, 31))
