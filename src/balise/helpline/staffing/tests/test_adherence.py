"""Who was there beside who was planned: sums for the lead, one's own for oneself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, strategies as st

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import today
from balise.helpline.console import queries as console
from balise.helpline.queue.actions import seating
from balise.helpline.staffing.actions import people, planning
from balise.helpline.staffing.models import Presence
from balise.helpline.staffing.queries import adherence, rotas
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.needs import HALVES, of_team, own, share_kept, spread
from balise.helpline.staffing.tests.makers import count, make_past, moment_of

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = st.integers(1_767_225_600, 1_796_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)  # of 2026
)


@given(MOMENTS, st.integers(0, 60_000))
def test_a_stretch_of_time_lies_whole_in_its_half_hours(begins: datetime, seconds: int) -> None:
    found = spread(begins, begins + timedelta(seconds=seconds), zone=PARIS)
    assert sum(found.values()) == seconds
    # One hour of the year has its half hours twice.
    assert all(0 < each <= 3_600 for each in found.values())
    assert sum(each > 1_800 for each in found.values()) <= 2


def test_a_night_with_the_clock_turned_back_has_its_hour_twice() -> None:
    begins = datetime(2026, 10, 24, 23, tzinfo=UTC)  # one in the morning in Paris
    found = spread(begins, begins + timedelta(hours=3), zone=PARIS)
    assert found[date(2026, 10, 25), 4] == 2 * 1_800
    assert sum(found.values()) == 3 * 3_600


def test_more_than_planned_makes_up_for_nothing() -> None:
    planned = [0] * HALVES
    planned[20] = planned[21] = 2
    halves = of_team(planned, {20: 4 * 1_800, 21: 1_800, 30: 900, 31: 60})
    assert [half.half for half in halves] == [20, 21, 30]
    assert [half.missing for half in halves] == [0, 1, 0]
    assert share_kept(halves) == pytest.approx(3 / 4)
    assert share_kept([]) is None


def test_half_of_a_half_hour_is_there() -> None:
    found = own({20, 21, 22}, {20: 1_800, 21: 900, 22: 600, 30: 1_800})
    assert (found.planned, found.there_as_planned, found.there_besides) == (3, 2, 1)


def make_planned(lead: Actor, shifts: Sequence[Sequence[int]], *, members: int = 1) -> list[Actor]:
    """Publish this week's rota for some listeners, in order of their accounts."""
    found = sorted((make_actor("listener") for _each in range(members)), key=lambda one: one.key)
    for one in found:
        people.set_contract(account=UUID(one.key), halves=70, skills=[], by=SYSTEM)
    make_past(weeks=1)
    rota_id = planning.ask_rota(monday=monday_of(today()), by=lead)
    planning.keep_draft(rota_id=rota_id, answer={"shifts": shifts, "is_best": True})
    planning.publish_rota(rota_id=rota_id, by=lead)
    return found


def sit_from(listener: Actor, begins: time, ends: time, *, on: date) -> None:
    with clock.at(moment_of(on, begins)):
        seating.sit(skills=[], by=listener)
    with clock.at(moment_of(on, ends)):
        seating.stand(by=listener)


@pytest.mark.django_db
class TestDay:
    def test_the_rota_stands_beside_the_seats(self) -> None:
        lead = make_actor("helpline_lead")
        day, place = today(), today().weekday()
        (listener,) = make_planned(lead, [[0, place, 36, 44, -1]])
        sit_from(listener, time(18, 30), time(21, 0), on=day)
        count()
        with clock.at(moment_of(day, time(23, 30))):
            found = adherence.team_day(day, seen_by=lead)
            kept = adherence.own_day(day, seen_by=listener)
        assert found.percent == pytest.approx(100 * 5 / 8)
        assert found.missing_hours == pytest.approx(1.5)
        assert (kept.planned, kept.there_as_planned, kept.there_besides) == (8, 5, 0)

    def test_a_break_is_not_time_in_one_s_seat(self) -> None:
        listener = make_actor("listener")
        day = today() - timedelta(days=1)
        with clock.at(moment_of(day, time(10))):
            seating.sit(skills=[], by=listener)
        with clock.at(moment_of(day, time(11))):
            seating.pause(by=listener)
        with clock.at(moment_of(day, time(12))):
            seating.be_ready(by=listener)
        with clock.at(moment_of(day, time(12, 30))):
            seating.stand(by=listener)
        count()
        assert sum(Presence.objects.values_list("seconds", flat=True)) == 90 * 60

    def test_who_sits_now_counts_before_they_leave(self) -> None:
        lead, listener = make_actor("helpline_lead"), make_actor("listener")
        with clock.at(moment_of(today(), time(10))):
            seating.sit(skills=[], by=listener)
        with clock.at(moment_of(today(), time(11))):
            seating.heartbeat(by=listener)
            found = adherence.team_day(today(), seen_by=lead)
        assert [half.seated for half in found.halves] == [1, 1]
        assert found.share is None

    def test_what_the_journal_hands_over_again_is_another_change(self) -> None:
        listener = make_actor("listener")
        day = today() - timedelta(days=1)
        for hour in (10, 10):
            sit_from(listener, time(hour, 0), time(hour, 10), on=day)
        count()
        (one,) = Presence.objects.all()
        assert one.seconds == 20 * 60

    def test_nobody_sees_another_s_day(self) -> None:
        listener = make_actor("listener")
        with pytest.raises(PermissionDenied):
            adherence.team_day(today(), seen_by=listener)
        with pytest.raises(PermissionDenied):
            adherence.own_day(today(), seen_by=make_actor("analyst"))

    def test_the_wallboard_says_who_is_planned_now(self) -> None:
        lead = make_actor("helpline_lead")
        assert console.board(seen_by=lead).planned_now is None
        make_planned(lead, [[0, today().weekday(), 36, 44, -1]])
        for at, planned in ((time(19), 1), (time(9), 0)):
            with clock.at(moment_of(today(), at)):
                assert console.board(seen_by=lead).planned_now == planned
                assert rotas.planned_now() == planned
