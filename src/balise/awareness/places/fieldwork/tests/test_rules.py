"""Heads, days, steps, schools and the return rate; without a database."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from balise.awareness.places.fieldwork.rules import visits, workshops
from balise.awareness.places.fieldwork.rules.returns import return_rate, season_of
from balise.awareness.places.fieldwork.rules.schools import SchoolCodeWrong, name_key, schools
from balise.awareness.places.fieldwork.rules.visits import Comes, VisitState
from balise.awareness.places.fieldwork.rules.workshops import DayWrong, check
from balise.awareness.places.fieldwork.tests.makers import told

TODAY = date(2026, 11, 27)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
SEASON = (date(2025, 9, 1), date(2026, 8, 31))


def test_heads_are_kept_without_the_empty_bands_and_a_room_has_its_most() -> None:
    assert workshops.checked({"under-11": 0, "11-13": 26}) == {"11-13": 26}
    for wrong in ({}, {"11-13": 0}, {"11-13": -1}, {"11-13": 2_001}):
        with pytest.raises(workshops.HeadsWrong):
            workshops.checked(wrong)
    assert workshops.minors({"11-13": 26, "parents": 4}) == 26


def test_a_workshop_is_held_in_the_past_and_planned_in_the_days_to_come() -> None:
    tomorrow, long_ago = TODAY + timedelta(days=1), TODAY - timedelta(days=401)
    assert check(told(day=TODAY), today=TODAY) == {"11-13": 26}
    assert check(told(day=tomorrow, is_planned=True), today=TODAY)
    for day, is_planned in ((tomorrow, False), (long_ago, False), (long_ago, True)):
        with pytest.raises(DayWrong):
            check(told(day=day, is_planned=is_planned), today=TODAY)


def test_an_intervention_goes_step_by_step() -> None:
    assert visits.may_go(VisitState.ASKED, VisitState.PLANNED)
    assert visits.may_go(VisitState.PLANNED, VisitState.PLANNED)  # another day
    for before, after in (
        (VisitState.ASKED, VisitState.MET),
        (VisitState.MET, VisitState.CANCELLED),
    ):
        with pytest.raises(visits.StepRefused):
            visits.check_step(before, after)
    with pytest.raises(visits.StructureNeeded):
        visits.check_plan(day=TODAY, today=TODAY, comes=Comes.AMBASSADOR, has_structure=False)
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(visits.PlanWrong):
        visits.check_plan(day=yesterday, today=TODAY, comes=Comes.STAFF, has_structure=False)


def test_the_code_of_a_school_has_a_letter_that_its_number_gives() -> None:
    fr = schools("fr")
    assert fr.code(" 0350001 l") == "0350001L"
    assert fr.code("") == ""
    for wrong in ("0350001M", "350001L", "0350001"):
        with pytest.raises(SchoolCodeWrong):
            fr.code(wrong)
    assert next(iter(fr.levels)) == "cp"
    assert list(fr.levels)[-1] == "term"
    assert name_key("Collège  de l’Estuaire", "44") == name_key("college de l'estuaire", "44")
    assert schools("lu").levels


def test_a_school_returns_that_asks_on_a_later_day() -> None:
    met = [(FIRST, date(2025, 10, 3)), (FIRST, date(2026, 2, 1)), (SECOND, date(2026, 5, 4))]
    asked = [
        (FIRST, date(2025, 9, 10)),  # what it was met for
        (FIRST, date(2025, 12, 1)),
        (SECOND, date(2026, 5, 4)),  # on the day itself: it was on its way
        (THIRD, date(2026, 5, 4)),  # never met
    ]
    rate = return_rate(met, asked, season=SEASON, by=date(2026, 11, 27))
    assert (rate.met, rate.again, rate.percent) == (2, 1, None)
    assert (rate.since, rate.until, rate.by) == (*SEASON, date(2026, 11, 27))
    before = return_rate(met, asked, season=SEASON, by=date(2025, 11, 1))
    assert (before.met, before.again) == (1, 0)


def test_a_share_is_told_from_twenty_schools_on() -> None:
    met = [(UUID(int=number), date(2026, 1, 5)) for number in range(20)]
    again = [(UUID(int=number), date(2026, 2, 5)) for number in range(7)]
    assert return_rate(met, again, season=SEASON, by=TODAY).percent == 35
    assert return_rate(met[:19], again, season=SEASON, by=TODAY).percent is None


def test_a_season_is_twelve_months_from_september() -> None:
    assert season_of(date(2026, 8, 31), starts_in=9) == SEASON
    assert season_of(date(2025, 9, 1), starts_in=9) == SEASON
