"""What lessons bring to the forecast: nothing without a plan, and never a closed hour."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from hypothesis import example, given, strategies as st

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.packs import Words
from balise.helpline.staffing import ports
from balise.helpline.staffing.queries import planning
from balise.helpline.staffing.rules.forecast import (
    Assumption,
    Expected,
    assumption,
    brought,
    monday_of,
    raised,
)
from balise.helpline.staffing.tests.makers import make_past

DAY = date(2026, 12, 8)
HOW = Assumption(4.0, (0.5, 0.3, 0.2), Words((("fr", "-"),)), is_to_verify=True)
HALVES = st.lists(
    st.builds(Expected, st.floats(0, 40), st.integers(0, 40), st.integers(40, 80)),
    min_size=1,
    max_size=48,
)


class Lesson(NamedTuple):
    day: date
    area: str
    pupils: int


@given(HALVES)
def test_no_plan_changes_nothing(halves: list[Expected]) -> None:
    more = brought({}, DAY, HOW)
    assert more == 0
    assert raised(halves, more, whole=sum(each.mean for each in halves)) == tuple(halves)


@example([Expected(5e-324, 0, 40)], 1.5)  # the smallest number there is
@given(HALVES, st.floats(0, 50))
def test_what_lessons_bring_is_spread_over_the_hours_that_are_open(
    halves: list[Expected], contacts: float
) -> None:
    whole = sum(each.mean for each in halves)
    found = raised(halves, contacts, whole=whole)
    added = sum(each.mean for each in found) - whole
    assert added == pytest.approx(contacts if whole else 0, rel=1e-6, abs=1e-6)
    for before, after in zip(halves, found, strict=True):
        assert after.mean >= before.mean
        assert (after.mean == 0) == (before.mean == 0)
        assert (after.low >= before.low, after.high >= before.high) == (True, True)


def test_the_day_itself_has_most_of_them_and_the_days_after_the_rest() -> None:
    met = {DAY: 1_500}
    found = [brought(met, DAY + timedelta(days=after), HOW) for after in (-1, 0, 1, 2, 3)]
    assert found == pytest.approx([0, 3.0, 1.8, 1.2, 0])
    assert sum(found) == pytest.approx(6.0)


def test_each_country_says_what_it_assumes_and_that_it_is_not_verified() -> None:
    for country in ("fr", "lu"):
        assert assumption(country).is_to_verify
        assert sum(assumption(country).spread) == pytest.approx(1)


@pytest.fixture
def plan() -> Iterator[list[Lesson]]:
    """Answer the port with lessons of the test's own."""
    before, lessons = ports.planned_lessons.ask, list[Lesson]()

    def answer(*, since: date, until: date) -> Sequence[Lesson]:
        return [each for each in lessons if since <= each.day <= until]

    ports.planned_lessons.plug(answer)
    yield lessons
    ports.planned_lessons.plug(before)


@pytest.mark.django_db
def test_the_forecast_rises_on_the_day_and_those_after_it_and_says_so(
    plan: list[Lesson], client: Client
) -> None:
    make_past(calls=4, chats=2)
    monday = monday_of(today()) + timedelta(weeks=1)
    before = planning.week(monday, seen_by=SYSTEM)
    plan += [
        Lesson(monday + timedelta(days=1), "44", 500),
        Lesson(monday + timedelta(days=1), "35", 500),
    ]
    after = planning.week(monday, seen_by=SYSTEM)
    how = planning.assumed()

    def total(week: planning.Week, place: int) -> float:
        return sum(half.calls.mean + half.chats.mean for half in week.days[place].halves)

    assert total(after, 0) == total(before, 0)
    for place, share in enumerate(how.spread, start=1):
        rise = total(after, place) - total(before, place)
        assert rise == pytest.approx(how.per_thousand * share)
        assert after.days[place].lessons == pytest.approx(rise)
    assert (after.days[1].pupils, after.days[1].areas) == (1_000, 2)

    sign_in(client, make_account("helpline_lead"))
    page = client.get("/staff/helpline/staffing/", {"day": str(after.days[1].day)}).text
    assert "Séances prévues : +1,6" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "hypothèse" in page
