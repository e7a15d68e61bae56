"""A lead changes someone's day by hand, within the rules; with its journal."""

from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.helpline.staffing.actions import editing, people, planning
from balise.helpline.staffing.models import Rota, Shift
from balise.helpline.staffing.queries import history, rotas
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.rota import RotaWrong
from balise.helpline.staffing.rules.states import DaysWrong, RotaState, RotaUnready
from balise.helpline.staffing.tests.test_people import make_draft, make_member, next_monday, written

pytestmark = pytest.mark.django_db

NINE, LATE = 18, 38  # half hours
FOUR, EIGHT = 8, 16
ROTA = "/staff/helpline/staffing/rota/"


@pytest.fixture
def lead() -> Actor:
    return make_actor("helpline_lead")


def put(
    rota_id: UUID, who: Actor, day: date, *, by: Actor, begins: int = NINE, halves: int = FOUR
) -> None:
    editing.set_shift(
        rota_id=rota_id, account=UUID(who.key), day=day, begins=begins, halves=halves, by=by
    )


def of(who: Actor) -> list[tuple[int, int, int | None]]:
    found = Shift.objects.filter(account=who.key).order_by("day")
    return list(found.values_list("begins", "ends", "break_at"))


def test_a_break_is_in_the_middle_of_a_long_shift() -> None:
    plan = history.plan()
    assert rules.by_hand("a", day=0, begins=NINE, ends=NINE + FOUR, rules=plan).break_at is None
    assert rules.by_hand("a", day=0, begins=NINE, ends=NINE + EIGHT, rules=plan).break_at == 25


class TestSet:
    def test_puts_someone_there_instead_of_what_they_had(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [])
        day = next_monday()
        put(rota_id, member, day, by=lead)
        put(rota_id, member, day, begins=20, halves=EIGHT, by=lead)
        assert of(member) == [(20, 36, 27)]
        _first, entry = written("shift.set")
        assert entry.subject == rota_id
        assert entry.facts == {
            "account": member.key,
            "day": day.isoformat(),
            "begins": 20,
            "ends": 36,
        }

    def test_in_the_rota_in_force_too(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [])
        planning.publish_rota(rota_id=rota_id, by=lead)
        put(rota_id, member, next_monday(), by=lead)
        assert len(rotas.own_week(next_monday(), seen_by=member).turns) == 1

    def test_what_breaks_a_rule_changes_nothing(self, lead: Actor) -> None:
        member = make_member(halves=20)
        rota_id = make_draft(lead, [])
        day = next_monday()
        put(rota_id, member, day, begins=LATE, by=lead)
        too_short_a_night = (day + timedelta(days=1), NINE, FOUR)
        closed = (day + timedelta(days=2), 4, FOUR)
        past_midnight = (day + timedelta(days=2), 44, FOUR)
        too_long_a_week = (day + timedelta(days=2), NINE, EIGHT)
        no_such_length = (day + timedelta(days=2), NINE, 5)
        for on, begins, halves in (
            too_short_a_night,
            closed,
            past_midnight,
            too_long_a_week,
            no_such_length,
        ):
            with pytest.raises(RotaWrong):
                put(rota_id, member, on, begins=begins, halves=halves, by=lead)
        people.note_absence(first=day, last=day, account=UUID(member.key), by=lead)
        with pytest.raises(RotaWrong):
            put(rota_id, member, day, by=lead)
        assert of(member) == [(LATE, LATE + FOUR, None)]
        assert len(written("shift.set")) == 1

    def test_for_who_plans_alone_and_known_people(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [])
        for actor in (member, make_actor("analyst"), ANYONE):
            with pytest.raises(PermissionDenied):
                put(rota_id, member, next_monday(), by=actor)
        with pytest.raises(RotaWrong):
            editing.set_shift(
                rota_id=rota_id, account=uuid4(), day=next_monday(), begins=18, halves=8, by=lead
            )
        assert not Shift.objects.exists()

    def test_days_to_come_of_that_week_in_a_rota_that_lives(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [])
        with pytest.raises(DaysWrong):
            put(rota_id, member, next_monday() + timedelta(days=7), by=lead)
        with clock.at(now() + timedelta(days=21)), pytest.raises(DaysWrong):
            put(rota_id, member, next_monday() - timedelta(days=21), by=lead)
        Rota.objects.update(state=RotaState.REPLACED)
        with pytest.raises(RotaUnready):
            put(rota_id, member, next_monday(), by=lead)


class TestClear:
    def test_takes_a_shift_away_once(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [])
        put(rota_id, member, next_monday(), by=lead)
        for _twice in range(2):
            editing.clear_shift(
                rota_id=rota_id, account=UUID(member.key), day=next_monday(), by=lead
            )
        assert of(member) == []
        (entry,) = written("shift.cleared")
        assert entry.facts == {"account": member.key, "day": next_monday().isoformat()}
        with pytest.raises(PermissionDenied):
            editing.clear_shift(
                rota_id=rota_id, account=UUID(member.key), day=next_monday(), by=member
            )


class TestPage:
    def test_from_the_rota_to_the_day_and_back(self, client: Client) -> None:
        lead = actor_of(sign_in(client, make_account("helpline_lead")))
        member = make_member()
        rota_id = make_draft(lead, [])
        day = next_monday()
        page = f"{ROTA}{rota_id}/{member.key}/{day.isoformat()}/"
        assert page in client.get(f"{ROTA}?day={day.isoformat()}").text
        assert "Pas de service ce jour-là" in client.get(page).text
        client.post(page, {"begins": "18", "halves": "8"})
        assert "09:00–13:00" in client.get(page).text
        wrong = client.post(page, {"begins": "40", "halves": "16"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "enfreint une règle" in wrong.text
        back = client.post(page, {"clear": "1"})
        assert back.headers["Location"] == f"{ROTA}?day={day.isoformat()}"
        assert not Shift.objects.exists()

    def test_what_is_not_there_is_not_found(self, client: Client) -> None:
        lead = actor_of(sign_in(client, make_account("helpline_lead")))
        member = make_member()
        rota_id = make_draft(lead, [])
        day = next_monday()
        for place in (
            f"{rota_id}/{member.key}/someday/",
            f"{rota_id}/{member.key}/{day + timedelta(days=7)}/",
            f"{rota_id}/{uuid4()}/{day}/",
            f"{uuid4()}/{member.key}/{day}/",
        ):
            assert client.get(f"{ROTA}{place}").status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("role", ["listener", "analyst", "editor"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        rota_id = uuid4()
        sign_in(client, make_account(role))
        page = f"{ROTA}{rota_id}/{uuid4()}/{next_monday()}/"
        assert client.get(page).status_code == HTTPStatus.FORBIDDEN
        assert client.post(page, {"clear": "1"}).status_code == HTTPStatus.FORBIDDEN

    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        page = f"{ROTA}{uuid4()}/{uuid4()}/{next_monday()}/"
        assert client.get(page).status_code == HTTPStatus.FOUND
