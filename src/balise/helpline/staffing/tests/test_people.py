"""Contracts, wishes, absences; a rota from asking to publishing; swaps. With their journal."""

from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.models import Entry
from balise.foundation.refusals import Refused
from balise.foundation.retention.tests.makers import erase_rows, rows_due
from balise.foundation.tasks.running import run_due
from balise.foundation.tasks.tests.jobs import ring_bell
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing import tasks
from balise.helpline.staffing.actions import people, planning, swapping
from balise.helpline.staffing.models import Absence, Contract, Rota, Shift as ShiftRow
from balise.helpline.staffing.module import RULES as FORGETTING
from balise.helpline.staffing.queries import members as known_members, people as known, rotas
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.rota import RotaWrong, Wish
from balise.helpline.staffing.rules.states import RotaState, RotaUnready, ShiftNotOffered
from balise.helpline.staffing.tests.makers import count, make_past

pytestmark = pytest.mark.django_db

PAGES = "/staff/helpline/staffing/"


def next_monday() -> date:
    return monday_of(today()) + timedelta(weeks=1)


def written(event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=f"helpline.{event}").order_by("id"))


def make_member(*skills: Skill, halves: int = 70) -> Actor:
    member = make_actor("listener")
    people.set_contract(account=UUID(member.key), halves=halves, skills=skills, by=SYSTEM)
    return member


def make_draft(lead: Actor, shifts: list[list[int]]) -> UUID:
    """Ask for next week and let a solver have answered: places are in order of accounts."""
    make_past(weeks=1)
    rota_id = planning.ask_rota(monday=next_monday(), by=lead)
    planning.keep_draft(rota_id=rota_id, answer={"shifts": shifts, "is_best": True})
    return rota_id


@pytest.fixture
def lead() -> Actor:
    return make_actor("helpline_lead")


class TestContracts:
    def test_are_set_by_who_plans(self, lead: Actor) -> None:
        listener = make_actor("listener")
        account = UUID(listener.key)
        people.set_contract(account=account, halves=56, skills=[Skill.LAWYER], by=lead)
        found = known.person(account, seen_by=lead)
        assert found is not None
        assert (found.hours, found.skills) == (28, (Skill.LAWYER,))
        (entry,) = written("contract.set")
        assert entry.facts == {"halves": 56, "skills": "lawyer"}

    def test_refuse_others_and_what_no_week_has(self, lead: Actor) -> None:
        listener = make_actor("listener")
        with pytest.raises(PermissionDenied):
            people.set_contract(account=UUID(listener.key), halves=10, skills=[], by=listener)
        with pytest.raises(PermissionDenied):
            people.set_contract(account=uuid4(), halves=10, skills=[], by=lead)
        with pytest.raises(Refused):
            people.set_contract(account=UUID(listener.key), halves=97, skills=[], by=lead)

    def test_a_wish_is_one_s_own(self) -> None:
        member = make_member()
        people.note_wish(wish=Wish.LATE, by=member)
        people.note_wish(wish=Wish.LATE, by=member)
        assert known.own(seen_by=member).wish is Wish.LATE
        assert len(written("wish.noted")) == 1
        with pytest.raises(PermissionDenied):
            people.note_wish(wish=Wish.EARLY, by=make_actor("analyst"))


class TestAbsences:
    def test_one_s_own_or_another_s_for_who_plans(self, lead: Actor) -> None:
        member, other = make_member(), make_member()
        day = next_monday()
        absence_id = people.note_absence(first=day, last=day, by=member)
        people.note_absence(first=day, last=day, account=UUID(member.key), by=lead)
        with pytest.raises(PermissionDenied):
            people.note_absence(first=day, last=day, account=UUID(member.key), by=other)
        with pytest.raises(PermissionDenied):
            people.withdraw_absence(absence_id=absence_id, by=other)
        found = known_members.members_of(day)
        (planned, _other) = sorted(found, key=lambda each: each.key != member.key)
        assert planned.away == {0}
        people.withdraw_absence(absence_id=absence_id, by=member)
        assert len(written("absence.noted")) == 2
        assert len(written("absence.withdrawn")) == 1

    @pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -8), (0, 400)])
    def test_refuse_days_that_make_no_sense(self, first: int, last: int) -> None:
        days = [today() + timedelta(days=each) for each in (first, last)]
        with pytest.raises(Refused):
            people.note_absence(first=days[0], last=days[1], by=make_member())


class TestRota:
    def test_needs_people_and_a_past(self, lead: Actor) -> None:
        with pytest.raises(RotaUnready, match="contrat"):
            planning.ask_rota(monday=next_monday(), by=lead)
        make_member()
        with pytest.raises(RotaUnready, match="historique"):
            planning.ask_rota(monday=next_monday(), by=lead)
        with pytest.raises(PermissionDenied):
            planning.ask_rota(monday=next_monday(), by=make_actor("listener"))

    @pytest.mark.whole
    def test_is_worked_out_by_the_worker_and_published(
        self, lead: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tasks, "SOLVES_FOR", 5.0)
        members = [make_member(skill) for skill in Skill]
        make_past(weeks=1)
        rota_id = planning.ask_rota(monday=next_monday(), by=lead)
        assert rotas.own_week(next_monday(), seen_by=members[0]).is_published is False
        count()
        run_due()
        solving = tasks.AT_WORK[str(rota_id)]
        # The worker is free for others while the solver works.
        bell = uuid4()
        ring_bell.later(bell=bell)
        run_due()
        assert Entry.objects.filter(subject=bell, event="tower.bell.rung").exists()
        assert Rota.objects.get(id=rota_id).state == RotaState.ASKED
        assert not solving.is_done()
        solving.process.wait(timeout=60)
        with clock.at(now() + timedelta(seconds=2)):
            run_due()
        _in_force, draft = rotas.sheet(next_monday(), seen_by=lead)
        assert draft is not None
        assert draft.state is RotaState.DRAFT
        assert sum(row.hours for row in draft.rows) > 0
        planning.publish_rota(rota_id=rota_id, by=lead)
        week = rotas.own_week(next_monday(), seen_by=members[0])
        assert week.is_published
        assert {turn.account for turn in week.turns} <= {members[0].key}
        names = [each.event for each in Entry.objects.filter(subject=rota_id).order_by("id")]
        assert names == [
            "helpline.rota.asked",
            "helpline.rota.drafted",
            "helpline.rota.published",
        ]

    def test_another_draft_leaves_the_one_in_force(self, lead: Actor) -> None:
        member = make_member()
        first = make_draft(lead, [[0, 0, 36, 44, -1]])
        planning.publish_rota(rota_id=first, by=lead)
        second = planning.ask_rota(monday=next_monday(), by=lead)
        third = planning.ask_rota(monday=next_monday(), by=lead)
        assert not Rota.objects.filter(id=second).exists()
        assert len(rotas.own_week(next_monday(), seen_by=member).turns) == 1
        planning.keep_draft(rota_id=second, answer={"shifts": [], "is_best": True})  # too late
        planning.keep_draft(rota_id=third, answer={"shifts": [], "is_best": True})
        planning.publish_rota(rota_id=third, by=lead)
        assert rotas.own_week(next_monday(), seen_by=member).turns == ()
        assert Rota.objects.get(id=first).state == RotaState.REPLACED

    def test_what_breaks_a_rule_is_never_kept(self, lead: Actor) -> None:
        make_member()
        with pytest.raises(RotaWrong):
            make_draft(lead, [[0, 0, 18, 34, -1]])  # eight hours, no break

    def test_an_absence_since_stops_the_publishing(self, lead: Actor) -> None:
        member = make_member()
        rota_id = make_draft(lead, [[0, 0, 36, 44, -1]])
        people.note_absence(first=next_monday(), last=next_monday(), by=member)
        with pytest.raises(RotaWrong):
            planning.publish_rota(rota_id=rota_id, by=lead)

    def test_a_solver_that_went_is_said_to_have_failed(self, lead: Actor) -> None:
        make_member()
        make_past(weeks=1)
        rota_id = planning.ask_rota(monday=next_monday(), by=lead)
        assert planning.fail_forgotten() == 0
        with clock.at(now() + timedelta(minutes=6)):
            assert planning.fail_forgotten() == 1
        assert Rota.objects.get(id=rota_id).state == RotaState.FAILED
        assert len(written("rota.failed")) == 1
        with pytest.raises(RotaUnready):
            planning.publish_rota(rota_id=rota_id, by=lead)

    def test_an_answer_that_died_with_its_worker_is_said_to_have_failed(self, lead: Actor) -> None:
        make_member()
        make_past(weeks=1)
        rota_id = planning.ask_rota(monday=next_monday(), by=lead)
        tasks.take_answer.func(rota_id=str(rota_id), looks=2)
        assert Rota.objects.get(id=rota_id).state == RotaState.ASKED
        tasks.take_answer.func(rota_id=str(rota_id), looks=1)
        assert Rota.objects.get(id=rota_id).state == RotaState.FAILED
        assert len(written("rota.failed")) == 1

    def test_weeks_asked_for_at_once_are_worked_out_one_by_one(
        self, lead: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_member()
        make_past(weeks=1)
        first = planning.ask_rota(monday=next_monday(), by=lead)
        second = planning.ask_rota(monday=next_monday() + timedelta(weeks=1), by=lead)
        monkeypatch.setattr(tasks, "AT_WORK", {})
        sleeps = partial(tasks.begin, command=("sleep", "30"))
        monkeypatch.setattr(tasks, "begin", sleeps)
        tasks.solve_rota.func(rota_id=str(first))
        tasks.solve_rota.func(rota_id=str(second))
        assert set(tasks.AT_WORK) == {str(first)}
        tasks.AT_WORK[str(first)].process.kill()
        tasks.AT_WORK[str(first)].process.wait()
        tasks.solve_rota.func(rota_id=str(second))
        assert set(tasks.AT_WORK) == {str(first), str(second)}
        for one in tasks.AT_WORK.values():
            one.process.kill()
            one.process.wait()
            assert one.answer() is None

    def test_planned_now_is_a_number_from_the_rota_in_force(self, lead: Actor) -> None:
        make_member()
        assert rotas.planned_now() is None
        rota_id = make_draft(lead, [[0, 0, 36, 44, -1]])
        planning.publish_rota(rota_id=rota_id, by=lead)
        planned = rotas.planned_on(next_monday())
        assert planned is not None
        assert (planned[35], planned[36], planned[44]) == (0, 1, 0)


class TestSwaps:
    def make_published(self, lead: Actor, shifts: list[list[int]]) -> None:
        planning.publish_rota(rota_id=make_draft(lead, shifts), by=lead)

    def test_a_colleague_takes_what_is_offered(self, lead: Actor) -> None:
        giver, taker = sorted((make_member(), make_member()), key=lambda each: each.key)
        self.make_published(lead, [[0, 0, 36, 44, -1]])
        shift_id = ShiftRow.objects.get().id
        with pytest.raises(ShiftNotOffered):
            swapping.take_shift(shift_id=shift_id, by=taker)
        with pytest.raises(ShiftNotOffered):
            swapping.offer_shift(shift_id=shift_id, by=taker)
        swapping.offer_shift(shift_id=shift_id, by=giver)
        assert [turn.id for turn in rotas.own_week(next_monday(), seen_by=taker).offered] == [
            shift_id
        ]
        swapping.take_shift(shift_id=shift_id, by=taker)
        assert rotas.own_week(next_monday(), seen_by=giver).turns == ()
        assert len(rotas.own_week(next_monday(), seen_by=taker).turns) == 1
        (entry,) = written("shift.taken")
        assert entry.facts == {"giver": giver.key, "taker": taker.key}

    def test_rest_forbids_it(self, lead: Actor) -> None:
        giver, taker = sorted((make_member(), make_member()), key=lambda each: each.key)
        self.make_published(lead, [[0, 1, 18, 26, -1], [1, 0, 38, 46, -1]])
        shift_id = ShiftRow.objects.get(account=giver.key).id
        swapping.offer_shift(shift_id=shift_id, by=giver)
        with pytest.raises(RotaWrong, match="nuit"):
            swapping.take_shift(shift_id=shift_id, by=taker)
        assert ShiftRow.objects.get(id=shift_id).account == giver.key

    def test_rest_before_the_next_week_forbids_it(self, lead: Actor) -> None:
        giver, taker = sorted((make_member(), make_member()), key=lambda each: each.key)
        self.make_published(lead, [[0, 6, 38, 46, -1]])
        later = next_monday() + timedelta(weeks=1)
        after = planning.ask_rota(monday=later, by=lead)
        answer = {"shifts": [[1, 0, 18, 26, -1]], "is_best": True}
        planning.keep_draft(rota_id=after, answer=answer)
        planning.publish_rota(rota_id=after, by=lead)
        shift_id = ShiftRow.objects.get(account=giver.key).id
        swapping.offer_shift(shift_id=shift_id, by=giver)
        with pytest.raises(RotaWrong, match="nuit"):
            swapping.take_shift(shift_id=shift_id, by=taker)
        assert ShiftRow.objects.get(id=shift_id).account == giver.key


class TestPages:
    def test_the_lead_s_pages_are_the_lead_s(self, client: Client) -> None:
        paths = [f"{PAGES}{name}/" for name in ("rota", "adherence", "team")]
        for path in paths:
            assert client.get(path).status_code == HTTPStatus.FOUND
        sign_in(client, make_account("listener"))
        for path in paths:
            assert client.get(path).status_code == HTTPStatus.FORBIDDEN
        assert client.get(f"{PAGES}my-week/").status_code == HTTPStatus.OK
        assert client.post(f"{PAGES}rota/ask/").status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("helpline_lead"))
        for path in paths:
            assert client.get(path).status_code == HTTPStatus.OK
        sign_in(client, make_account("analyst"))
        assert client.get(f"{PAGES}my-week/").status_code == HTTPStatus.FORBIDDEN

    def test_a_lead_sets_hours_and_keeps_what_was_typed_wrong(self, client: Client) -> None:
        listener = make_account("listener")
        sign_in(client, make_account("helpline_lead"))
        path = f"{PAGES}team/{listener.pk}/"
        answer = client.post(path, {"hours": "99", "skills": ["lawyer"]})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="99"' in answer.text
        client.post(path, {"hours": "28,5", "skills": ["lawyer"]})
        assert Contract.objects.get().halves == 57
        day = next_monday().isoformat()
        client.post(path, {"first": day, "last": day})
        (absence,) = Absence.objects.all()
        back = f"{PAGES}absences/{absence.id}/withdraw/"
        assert client.post(back, {"account": str(listener.pk)}).headers["Location"] == path
        assert client.get(f"{PAGES}team/{uuid4()}/").status_code == HTTPStatus.NOT_FOUND

    def test_a_listener_says_wish_and_days(self, client: Client) -> None:
        me = sign_in(client, make_account("listener"))
        path = f"{PAGES}my-week/"
        client.post(path, {"wish": "early"})
        assert known.own(seen_by=actor_of(me)).wish is Wish.EARLY
        answer = client.post(path, {"first": "2001-01-02", "last": "2001-01-03"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Ces jours sont passés" in answer.text
        day = next_monday().isoformat()
        assert client.post(path, {"first": day, "last": day}).status_code == HTTPStatus.FOUND

    def test_a_rota_from_asking_to_one_s_week(self, client: Client, lead: Actor) -> None:
        account = make_account("listener")
        people.set_contract(account=UUID(str(account.pk)), halves=70, skills=[], by=SYSTEM)
        rota_id = make_draft(lead, [[0, 0, 36, 44, -1], [0, 2, 30, 46, 37]])
        day = {"day": next_monday().isoformat()}
        sign_in(client, make_account("helpline_lead"))
        page = client.get(f"{PAGES}rota/", day).text
        assert "18:00–22:00" in page
        assert "Brouillon" in page
        client.post(f"{PAGES}rota/{rota_id}/publish/")
        sign_in(client, account)
        page = client.get(f"{PAGES}my-week/", day).text
        assert "15:00–23:00" in page
        assert "18:30" in page  # the break
        shift = ShiftRow.objects.first()
        assert shift is not None
        assert client.post(f"{PAGES}shifts/{shift.id}/swap/").status_code == HTTPStatus.FOUND
        assert client.post(f"{PAGES}shifts/{uuid4()}/swap/").status_code == HTTPStatus.NOT_FOUND

    def test_a_refusal_is_said(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        page = client.post(f"{PAGES}rota/ask/", follow=True).text
        assert "Personne n’a encore de contrat" in page


def test_what_is_over_for_more_than_a_year_is_forgotten(lead: Actor) -> None:
    member = make_member()
    planning.publish_rota(rota_id=make_draft(lead, [[0, 0, 36, 44, -1]]), by=lead)
    people.note_absence(first=today(), last=today(), by=member)
    gone: dict[str, int] = {}
    for name in (rule.name for rule in FORGETTING):
        assert rows_due(name, now() + timedelta(days=300)) == []
        gone[name] = erase_rows(name, rows_due(name, now() + timedelta(days=420)))
    assert gone == {
        "helpline.rotas": 1,
        "helpline.absences": 1,
        "helpline.presences": 0,
        "helpline.contracts": 0,
    }
    Contract.objects.filter(account=member.key).update(account=str(uuid4()))
    assert erase_rows("helpline.contracts", rows_due("helpline.contracts", now())) == 1
