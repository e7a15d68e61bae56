from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.welfare import actions, queries
from balise.hotline.welfare.models import Preference, Shift
from balise.hotline.welfare.tests.test_actions import CONTENT, NINE, analyst, look

pytestmark = pytest.mark.django_db

MINE = "/staff/hotline/my-day/"
TEAM = "/staff/hotline/team/"


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        for path in (MINE, TEAM):
            assert client.get(path).status_code == 302
        for path in (f"{MINE}break/", f"{MINE}break/end/"):
            assert client.post(path).status_code == 302

    @pytest.mark.parametrize("role", ["listener", "editor", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        assert client.get(MINE).status_code == client.get(TEAM).status_code == 403
        assert client.post(f"{MINE}break/").status_code == 403

    def test_an_analyst_sees_their_own_day_and_no_team(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        assert client.get(MINE).status_code == 200
        assert client.get(TEAM).status_code == 403

    def test_the_head_sees_the_team(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        assert client.get(TEAM).status_code == 200


class TestMyDay:
    def test_says_what_was_looked_at(self, client: Client) -> None:
        with clock.at(NINE):
            by = actor_of(sign_in(client, make_account("analyst")))
            actions.begin(content_id=CONTENT, category="csam", by=by)
        with clock.at(NINE + timedelta(seconds=70)):
            actions.end(content_id=CONTENT, by=by)
        with clock.at(NINE + timedelta(minutes=4)):
            page = client.get(MINE).text

        assert "1\N{NO-BREAK SPACE}min" in page
        assert "Votre prochaine pause" in page

    def test_a_break_is_taken_and_ended(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        client.post(f"{MINE}break/")
        assert "Vous êtes en pause" in client.get(MINE).text
        client.post(f"{MINE}break/end/")

        assert "Vous êtes en pause" not in client.get(MINE).text

    def test_keeps_switches_and_limits(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        answer = client.post(MINE, {"greyscale": "on", "day": "120", "stops_at": "15:00"})

        assert answer.status_code == 302
        kept = Preference.objects.get()
        assert (kept.blur, kept.greyscale, kept.day_minutes) == (False, True, 120)
        assert 'value="120"' in client.get(MINE).text

    def test_gives_back_a_looser_wish(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        answer = client.post(MINE, {"day": "600"})

        assert answer.status_code == 422
        assert 'value="600"' in answer.text
        assert "plus douces" in answer.text
        assert not Preference.objects.exists()

    def test_says_when_the_hours_are_over(self, client: Client, settings: Settings) -> None:
        settings.LOOKING_HOURS = "07:00-16:00"
        with clock.at(datetime(2026, 11, 17, 20, tzinfo=UTC)):
            sign_in(client, make_account("analyst"))
            assert "Les heures de consultation sont terminées" in client.get(MINE).text


class TestTheTeam:
    def test_is_shown_without_a_name_or_not_at_all(self, client: Client) -> None:
        for number in (1, 2):
            look(by=analyst(number))
        for number in (1, 2, 3):
            look(by=analyst(number), at=NINE - timedelta(days=7))
        with clock.at(NINE + timedelta(days=7)):
            sign_in(client, make_account("hotline_lead"))
            page = client.get(TEAM).text

        assert "3 contenus, 3\N{NO-BREAK SPACE}min" in page
        assert page.count("Moins de 3 personnes") == 1
        for shift in Shift.objects.all():
            assert str(shift.account) not in page

    def test_limits_here_are_said(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        assert queries.limits_here().fewest_people == 3
        assert "2\N{NO-BREAK SPACE}min" in client.get(TEAM).text
