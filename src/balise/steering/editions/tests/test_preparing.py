"""The days of an edition, and what they are compared with."""

from datetime import date
from functools import partial

import pytest

from balise.steering.editions.rules.kinds import PAGES, page_of
from balise.steering.editions.rules.preparing import (
    Compared,
    DaysWrong,
    check_days,
    compared_period,
    file_name,
)
from balise.steering.rules.periods import Period

DAY, FIRST, LAST = date(2023, 10, 18), date(2023, 1, 1), date(2023, 10, 17)


@pytest.mark.parametrize(
    ("first", "last", "known_by"),
    [
        (LAST, FIRST, DAY),  # ends before it begins
        (FIRST, date(2023, 10, 19), DAY),  # goes beyond the committee
        (FIRST, LAST, date(2023, 10, 16)),  # known before it is over
    ],
)
def test_days_that_could_not_be_told_are_refused(first: date, last: date, known_by: date) -> None:
    with pytest.raises(DaysWrong):
        check_days(day=DAY, first=first, last=last, known_by=known_by)
    check_days(day=DAY, first=FIRST, last=DAY, known_by=DAY)


def test_what_a_period_stands_beside() -> None:
    period = Period(FIRST, LAST)
    year = Period(date(2022, 1, 1), date(2022, 10, 17))
    assert compared_period(period, Compared.YEAR) == year
    before = compared_period(period, Compared.PREVIOUS)
    assert before is not None
    assert (before.last, before.day_count) == (date(2022, 12, 31), period.day_count)
    assert compared_period(period, Compared.NOTHING) is None


def test_the_template_begins_with_its_cover_and_ends_with_its_register() -> None:
    codes = [page.code for page in PAGES]
    assert len(set(codes)) == len(codes)
    assert [page.is_fixed for page in PAGES] == [True, *[False] * (len(PAGES) - 2), True]
    assert page_of(codes[0]) is PAGES[0]


def test_a_file_is_named_by_its_day() -> None:
    of = partial(file_name, "insafe", DAY.isoformat(), form="pptx", language="fr")
    assert of(is_public=False) == "insafe-2023-10-18-fr.pptx"
    assert of(is_public=True) == "insafe-2023-10-18-public-fr.pptx"
