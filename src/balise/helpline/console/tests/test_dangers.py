"""A life in danger goes on until a supervisor says that it is over, and no word of it is lost."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger, passing_on, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.queries import dangers
from balise.helpline.console.queries.dangers import answers_of
from balise.helpline.console.rules import AnswerTooLong, read_answers
from balise.helpline.console.tests.makers import (
    SEAT,
    WORK,
    end_danger,
    make_accepted,
    make_accepted_call,
    make_asking,
    make_listener,
    posts,
)
from balise.helpline.console.web.steps import EndingForm
from balise.helpline.conversations.actions import passing, presence, saying
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import dangers as life, seating, waiting
from balise.helpline.queue.models import Danger
from balise.helpline.queue.queries.dangers import is_on
from balise.helpline.queue.rules import NotYours, Reason, Skill, WaitKind
from balise.helpline.queue.rules.dangers import NoDanger

pytestmark = pytest.mark.django_db

BOARD = "/staff/helpline/wallboard/"


@pytest.fixture
def account(client: Client) -> Account:
    """A listener, signed in and seated."""
    account = sign_in(client, make_account("listener"))
    seating.sit(skills=(), by=actor_of(account))
    return account


def read(given: dict[str, str]) -> dict[str, Any]:
    """Return what a page sends of an end as its form reads it."""
    form = EndingForm(given)
    assert form.is_valid()
    return form.cleaned_data


def wrapped_up(account: Account) -> Accepted:
    """Let a listener declare a danger, and wrap up before it is over."""
    listener = actor_of(account)
    one = make_accepted_call(listener)
    assert one.contact is not None
    danger.life_danger(item_id=one.item, by=listener)
    wrapping.wrap_up(
        item_id=one.item, contact_id=one.contact, contact_type="information", by=listener
    )
    return one


class TestUntilItIsOver:
    def test_a_wrap_up_ends_no_danger(self, account: Account) -> None:
        lead, listener = make_actor("helpline_lead"), actor_of(account)
        one = wrapped_up(account)
        (alarm,) = queries.board(seen_by=lead).alarms
        assert alarm.item.is_gone
        assert [each.id for each in dangers.alarms_to_join(seen_by=lead)] == [one.item]
        assert is_on(one.item)
        danger.keep_checklist(
            item_id=one.item, answers={"location": "12 rue des Lilas"}, shown={}, by=listener
        )
        danger.ask_number(item_id=one.item, by=listener)
        assert [each.item.id for each in queries.desk(seen_by=listener).alarms] == [one.item]
        life.join(item_id=one.item, by=lead)
        end_danger(one.item, first=listener, second=lead)
        assert queries.board(seen_by=lead).alarms == ()
        assert queries.desk(seen_by=listener).alarms == ()
        with pytest.raises(NotYours):
            danger.keep_checklist(item_id=one.item, answers={}, shown={}, by=listener)
        with pytest.raises(NotYours):
            dangers.checklist(one.item, seen_by=listener)

    def test_it_stays_shut_to_other_listeners(self, account: Account) -> None:
        one, other = wrapped_up(account), make_listener()
        (alarm,) = queries.board(seen_by=other).alarms
        assert not alarm.may_open
        with pytest.raises(NotYours):
            danger.keep_checklist(item_id=one.item, answers={}, shown={}, by=other)

    def test_who_declared_it_reads_on_after_they_passed_them_on(self) -> None:
        first, second = make_listener(), make_listener(Skill.LAWYER)
        one = make_accepted(first)
        danger.life_danger(item_id=one.item, by=first)
        passing_on.transfer(item_id=one.item, brief="Sur le pont.", skill=Skill.LAWYER, by=first)
        assert dangers.checklist(one.item, seen_by=first) is not None
        with pytest.raises(NotYours):
            dangers.checklist(one.item, seen_by=second)
        accepting.accept(by=second)
        assert dangers.checklist(one.item, seen_by=second) is not None

    def test_a_silent_line_frees_no_listener_of_someone_in_danger(self) -> None:
        listener = make_listener()
        one = make_accepted(listener)
        danger.life_danger(item_id=one.item, by=listener)
        with clock.at(now() + timedelta(minutes=5)):
            presence.suspend_dropped()
        with clock.at(now() + timedelta(minutes=20)):
            assert presence.free_places() == 0
        assert queue.item(one.item, seen_by=listener).held_by == listener.key

    def test_where_the_young_alone_said_it_a_supervisor_joins_all_the_same(self) -> None:
        lead = make_actor("helpline_lead")
        begun = saying.ask(is_life_danger=True)
        calm = make_asking()
        item_id, other = (queue.open_item(WaitKind.CHAT, each.id) for each in (begun, calm))
        assert item_id is not None
        assert other is not None
        life.join(item_id=item_id, by=lead)
        assert Danger.objects.get().joined_by == lead.key
        events = Entry.objects.values_list("event", flat=True)
        assert {"helpline.danger.declared", "helpline.danger.joined"} <= set(events)
        with pytest.raises(NoDanger):
            life.join(item_id=other, by=lead)


class TestThePages:
    def test_the_listener_finds_it_again_and_writes_on(
        self, client: Client, account: Account
    ) -> None:
        one = wrapped_up(account)
        path = f"{WORK}{one.item}/"
        assert path in client.get(WORK).text
        assert path in client.get(BOARD).text
        client.post(f"{SEAT}{one.item}/checklist/", {"location": "Porte 4"})
        assert "Porte 4" in client.get(path).text
        assert client.get(f"{posts(path)}danger/").headers["Location"] == path

    def test_it_leads_to_the_record_of_someone_gone_and_back(
        self, client: Client, account: Account
    ) -> None:
        listener = actor_of(account)
        begun = make_asking()
        item_id = queue.open_item(WaitKind.CHAT, begun.id)
        assert item_id is not None
        client.post(f"{SEAT}next/")
        danger.life_danger(item_id=item_id, by=listener)
        passing.end_own(token=begun.token)
        waiting.withdraw(item_id=item_id, reason=Reason.LEFT)
        page = client.get(f"{WORK}{item_id}/").text
        (record,) = re.findall(rf'href="({SEAT}records/[^"]+/)"', page)
        assert f'href="{WORK}{item_id}/"' in client.get(record).text

    def test_a_line_break_is_one_character(self, client: Client, account: Account) -> None:
        one = make_accepted(actor_of(account))
        danger.life_danger(item_id=one.item, by=actor_of(account))
        longest = "a\r\n" * 499 + "fi"
        client.post(f"{SEAT}{one.item}/checklist/", {"location": longest})
        (words,) = {each for each in answers_of(Danger.objects.get().item).values() if each}
        assert len(words) == 1_000

    def test_what_is_too_long_stays_as_it_was_typed(self, client: Client, account: Account) -> None:
        one = make_accepted(actor_of(account))
        danger.life_danger(item_id=one.item, by=actor_of(account))
        given = {"location": "x" * 1_001, "plan": "Elle a un plan."}
        answer = client.post(f"{SEAT}{one.item}/checklist/", given)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "x" * 1_001 in answer.text
        assert "Elle a un plan." in answer.text

    def test_what_another_wrote_is_shown_and_ones_own_is_kept_next(
        self, client: Client, account: Account
    ) -> None:
        one, lead = make_accepted(actor_of(account)), make_actor("helpline_lead")
        danger.life_danger(item_id=one.item, by=actor_of(account))
        danger.keep_checklist(
            item_id=one.item, answers={"location": "Sur le pont."}, shown={}, by=lead
        )
        given = {"location": "Sous le pont.", "shown-location": "", "over": "1"}
        answer = client.post(f"{SEAT}{one.item}/checklist/", given)
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "Sur le pont." in answer.text
        assert "Sous le pont." in answer.text
        assert 'name="shown-location" value=""' in answer.text
        knowing = {**given, "theirs-location": "Sur le pont."}
        assert client.post(f"{SEAT}{one.item}/checklist/", knowing).status_code == HTTPStatus.FOUND
        assert "Sous le pont." in answers_of(Danger.objects.get().item).values()

    def test_what_is_typed_is_saved_as_one_types(self, client: Client, account: Account) -> None:
        one = make_accepted(actor_of(account))
        danger.life_danger(item_id=one.item, by=actor_of(account))
        path, swapped = f"{SEAT}{one.item}/checklist/", {"HX-Request": "true"}
        said = client.post(path, {"location": "Pont"}, headers=swapped).text
        assert 'name="shown-location" value="Pont"' in said
        late = client.post(path, {"location": "Quai"}, headers=swapped)
        assert late.status_code == HTTPStatus.OK
        assert 'name="theirs-location" value="Pont"' in late.text
        long = client.post(path, {"location": "x" * 1_001}, headers=swapped)
        assert "Non enregistré" in long.text

    def test_a_supervisor_reads_the_chat_the_numbers_and_the_steps_on_one_page(
        self, client: Client
    ) -> None:
        one = make_accepted(make_listener())
        sign_in(client, make_account("helpline_lead"))
        path = f"{WORK}{one.item}/"
        assert client.get(path).status_code == HTTPStatus.FOUND
        client.post(f"{posts(path)}life-danger/")
        page = client.get(path).text
        for part in ('data-talk="staff"', "tel:", 'name="location"', "Danger immédiat"):
            assert part in page
        assert client.get(f"{posts(path)}band/").status_code == HTTPStatus.OK
        end = {"outcome": "safer", "risk": "C", "told": "Il est chez sa tante."}
        life.propose_end(item_id=one.item, by=make_actor("helpline_lead"), **read(end))
        client.post(f"{posts(path)}danger/answer/", {"act": "agree"})
        again = client.post(f"{posts(path)}danger/answer/", {"act": "agree"}, follow=True)
        assert "fin au danger" in again.text
        assert "hx-get" not in client.get(f"{posts(path)}band/").text

    def test_the_band_is_shut_to_others(self, client: Client, account: Account) -> None:
        one = make_accepted(make_listener())
        path = f"{SEAT}{one.item}/band/"
        assert client.get(path).status_code == HTTPStatus.NOT_FOUND
        client.logout()
        assert client.get(path).status_code == HTTPStatus.FOUND

    def test_who_may_no_longer_write_has_their_words_back(
        self, client: Client, account: Account
    ) -> None:
        one, lead = wrapped_up(account), make_actor("helpline_lead")
        end_danger(one.item, first=actor_of(account), second=lead)
        given = {"location": "12 rue des Lilas"}
        answer = client.post(f"{SEAT}{one.item}/checklist/", given)
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "12 rue des Lilas" in answer.text

    def test_whoever_waits_in_danger_is_taken_from_the_wallboard(
        self, client: Client, account: Account
    ) -> None:
        begun = saying.ask(is_life_danger=True)
        item_id = queue.open_item(WaitKind.CHAT, begun.id)
        accept = f"{SEAT}{item_id}/accept/"
        assert accept in client.get(BOARD).text
        assert client.post(accept).headers["Location"] == f"{WORK}{item_id}/"
        assert accept not in client.get(BOARD).text

    def test_a_supervisor_joins_from_the_wallboard_and_ends_nothing_alone(
        self, client: Client
    ) -> None:
        begun = saying.ask(is_life_danger=True)
        item_id = queue.open_item(WaitKind.CHAT, begun.id)
        sign_in(client, make_account("helpline_lead"))
        act = f"{BOARD}{item_id}/act/"
        answer = client.post(act, {"act": "join"})
        assert answer.headers["Location"] == f"{WORK}{item_id}/"
        end = {"outcome": "safer", "risk": "C", "told": "Il est chez sa tante."}
        path = f"{SEAT}{item_id}/danger/"
        client.post(f"{path}end/", end)
        client.post(f"{path}answer/", {"act": "agree"})
        one = Danger.objects.get()
        assert (one.proposed_by != "", one.ended_at) == (True, None)
        assert client.post(act, {"act": "end"}).status_code == HTTPStatus.NOT_FOUND


class TestReadAnswers:
    def test_nothing_is_cut(self) -> None:
        assert read_answers({"plan": " a\r\nb ", "other": "x"})["plan"] == "a\nb"
        with pytest.raises(AnswerTooLong):
            read_answers({"plan": "x" * 1_001})
