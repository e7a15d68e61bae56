"""The forecast of a centre's own past: recountable, without a person in it, for who plans."""

from datetime import time, timedelta
from http import HTTPStatus
from io import StringIO
from uuid import uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.counting import recount
from balise.foundation.statistics.measures import MEASURES
from balise.helpline.staffing.queries import history, planning
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.needs import Manner
from balise.helpline.staffing.tests.makers import count, make_call, make_past
from balise.helpline.telephony.events import CallBlocked

pytestmark = pytest.mark.django_db

FORECAST = "/staff/helpline/staffing/"
WHAT_IF = f"{FORECAST}what-if/"
HOUR = {
    "calls": "18",
    "chats": "0",
    "call_minutes": "35",
    "chat_minutes": "45",
    "patience_minutes": "6",
    "concurrency": "1",
}


def next_monday_half(at: str) -> planning.Half:
    week = planning.week(monday_of(today()) + timedelta(weeks=1), seen_by=SYSTEM)
    return next(half for half in week.days[0].halves if half.at == at)


def test_the_past_becomes_the_week_to_come() -> None:
    make_past(calls=4, chats=2)
    half = next_monday_half("18:00")
    assert half.calls.mean == pytest.approx(4, abs=0.2)
    assert half.chats.mean == pytest.approx(2, abs=0.2)
    assert half.seats >= 2
    assert half.planned >= half.seats
    assert next_monday_half("11:00").seats == 0


def test_a_record_of_the_past_counts_on_the_day_of_its_call() -> None:
    long_ago = today() - timedelta(days=40)
    make_call(long_ago, time(10, 10), ref="one")
    count()
    found = history.past(history.CALLS, long_ago, today())
    assert found[long_ago][20] == 1
    assert sum(sum(counts) for counts in found.values()) == 1


def test_who_is_blocked_asks_for_no_seat() -> None:
    day = today() - timedelta(days=3)
    for ref in ("one", "two"):
        make_call(day, time(10, 10), ref=ref)
    record(CallBlocked(subject=uuid4(), day=day, half_hour=Code("10:00")), by=SYSTEM)
    count()
    assert history.past(history.CALLS, day, day)[day][20] == 1


def test_figures_by_half_hour_can_be_counted_again() -> None:
    make_past(weeks=1)
    for name in (history.CALLS, history.CHATS):
        found = recount(MEASURES[name])
        assert found.agrees
        assert found.entries > 0


def test_patience_and_work_come_from_the_figures_once_there_are_enough() -> None:
    assert history.basis(today()).manner.patience_s == history.plan().patience_s
    make_past(weeks=2, calls=4)
    basis = history.basis(today())
    assert basis.calls == basis.given_up == 28
    assert basis.manner.call_s == 20 * 60
    # 28 waited a minute and were answered, 28 gave up after three: 112 minutes for 28.
    assert basis.manner.patience_s == pytest.approx(4 * 60)
    assert basis.chats == 0
    assert basis.manner.chat_s == history.plan().chat_s


def test_one_more_seat_changes_who_gives_up() -> None:
    found = planning.what_if(18, 0, Manner(2100, 2700, 360, 1), seen_by=SYSTEM)
    by_seats = {step.seats: step for step in found.steps}
    assert found.seats == 13
    assert by_seats[10].given_up == pytest.approx(20, abs=0.5)
    assert by_seats[10].given_up_with_fewer > by_seats[10].given_up
    assert [step.seats for step in found.steps if step.is_needed] == [13]


def test_only_who_plans_sees_the_forecast() -> None:
    with pytest.raises(PermissionDenied):
        planning.week(today(), seen_by=make_actor("listener"))
    assert planning.week(today(), seen_by=make_actor("helpline_lead")).days


class TestPages:
    def test_only_who_plans_comes_in(self, client: Client) -> None:
        for path in (FORECAST, WHAT_IF):
            assert client.get(path).status_code == HTTPStatus.FOUND
        sign_in(client, make_account("listener"))
        for path in (FORECAST, WHAT_IF):
            assert client.get(path).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("helpline_lead"))
        for path in (FORECAST, WHAT_IF):
            assert client.get(path).status_code == HTTPStatus.OK

    def test_without_a_past_says_so(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        assert "Pas encore assez d’historique" in client.get(FORECAST).text

    def test_shows_the_day_that_was_asked_for(self, client: Client) -> None:
        make_past()
        sign_in(client, make_account("helpline_lead"))
        day = monday_of(today()) + timedelta(weeks=1, days=2)
        page = client.get(FORECAST, {"day": day.isoformat()}).text
        assert "18:00" in page
        assert f'?day={day.isoformat()}#day" aria-current="true"' in page
        assert client.get(FORECAST, {"day": "never"}).status_code == HTTPStatus.OK

    def test_answers_what_if(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        page = client.get(WHAT_IF, HOUR).text
        assert "Il faut 13 postes" in page
        assert "Avec 10 postes au lieu de 9" in page

    @pytest.mark.parametrize(
        "wrong",
        [{"calls": "beaucoup"}, {"calls": "-1"}, {"patience_minutes": "0"}, {"calls": "1e9"}],
    )
    def test_keeps_what_was_typed_wrong(self, client: Client, wrong: dict[str, str]) -> None:
        sign_in(client, make_account("helpline_lead"))
        answer = client.get(WHAT_IF, HOUR | wrong)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f'value="{next(iter(wrong.values()))}"' in answer.text


class TestCommand:
    def test_prints_a_week(self) -> None:
        make_past()
        out = StringIO()
        call_command("forecast", "--json", stdout=out)
        said = orjson.loads(out.getvalue())
        assert len(said["days"]) == 7
        assert said["paid_hours"] >= said["seat_hours"] > 0
        call_command("forecast", stdout=(lines := StringIO()))
        assert "18:00" in lines.getvalue()

    def test_prints_how_well_it_would_have_done(self) -> None:
        make_past(weeks=4)
        out = StringIO()
        call_command("forecast", "--tried", "1", "--json", stdout=out)
        said = orjson.loads(out.getvalue())
        assert said["calls"]["half_hours"] == 7
        assert said["calls"]["came"] == 21
        assert "18:00" in said["calls"]["by_half_hour"]
        call_command("forecast", "--tried", "1", stdout=(lines := StringIO()))
        assert "inside_the_band" in lines.getvalue()

    @pytest.mark.parametrize("wrong", [("--week", "soon"), ("--tried", "0"), ("--tried", "99")])
    def test_refuses_kindly(self, wrong: tuple[str, str]) -> None:
        with pytest.raises(CommandError):
            call_command("forecast", *wrong)
