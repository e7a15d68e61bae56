"""The seat and the wallboard: who may, and a walk from the seat to the wrap-up."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import now
from balise.helpline.console import queries
from balise.helpline.console.actions import danger, passing_on
from balise.helpline.console.tests.makers import (
    SEAT,
    WORK,
    make_accepted,
    make_asking,
    make_listener,
    one_taken,
    posts,
    seated,
)
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, dangers as life
from balise.helpline.queue.models import Danger, Item
from balise.helpline.queue.rules import ItemState, Risk, SeatState, Skill

pytestmark = pytest.mark.django_db

BOARD = "/staff/helpline/wallboard/"
RECORDS = f"{SEAT}records/"
GETS = (SEAT, RECORDS, BOARD, f"{BOARD}room/", f"{BOARD}numbers/")
POSTS = (
    f"{SEAT}sit/",
    f"{SEAT}change/",
    f"{SEAT}beat/",
    f"{SEAT}pulse/",
    f"{SEAT}next/",
    f"{BOARD}switchboard/",
)
OF_ITEM = (
    "console/{}/accept/",
    "console/records/{}/save/",
    "console/records/{}/wrap-up/",
    "console/records/{}/take-over/",
    "console/{}/wrap-up/",
    "console/{}/transfer/",
    "console/{}/help/",
    "console/{}/life-danger/",
    "console/{}/checklist/",
    "console/{}/number/ask/",
    "wallboard/{}/act/",
    "wallboard/{}/risk/",
)


def record_of(item: Item, listener: Account) -> UUID:
    row = contacts.contact_of(item.subject, seen_by=actor_of(listener))
    assert row is not None
    return row.id


class TestNobodyAtTheKeys:
    """Pages that ask by themselves are no sign that someone is there: the session locks."""

    def polled(self, client: Client, *paths: str, minutes: int = 16) -> list[int]:
        """Ask each minute as the page does, and return the last answers."""
        answers: list[Any] = []
        for minute in range(minutes):
            with clock.at(now() + timedelta(minutes=minute + 1)):
                answers = [
                    client.get(path) if path.startswith(BOARD) else client.post(path)
                    for path in paths
                ]
        return [answer.status_code for answer in answers]

    def test_a_wallboard_left_alone_locks_but_its_numbers_go_on(
        self, client: Client, listener: Account
    ) -> None:
        make_asking()
        seated(client)
        assert listener.name in client.get(f"{BOARD}room/").text
        assert self.polled(client, f"{BOARD}room/", f"{BOARD}numbers/") == [HTTPStatus.OK] * 2
        with clock.at(now() + timedelta(minutes=17)):
            assert "/unlock/" in client.get(BOARD).headers["Location"]
            shown = client.get(f"{BOARD}room/").text
            assert shown == client.get(f"{BOARD}numbers/").text
        assert "gauges" in shown
        assert listener.name not in shown

    @pytest.mark.parametrize(
        ("number", "says"), [(1, "personne en poste"), (2, "personnes en poste")]
    )
    def test_a_gauge_counts_one_as_one(self, number: int, says: str) -> None:
        live = {"seated": number, "free_count": number}
        shown = render_to_string("helpline/console/parts.html#gauges", {"live": live})
        assert says in re.findall(r"<dt>\s*(.*?)\s*</dt>", shown)

    def test_an_empty_seat_locks(self, client: Client, listener: Account) -> None:
        seated(client)
        assert self.polled(client, f"{SEAT}beat/") == [HTTPStatus.FOUND]

    def test_who_has_someone_is_there(self, client: Client, listener: Account) -> None:
        one_taken(client)
        (answer,) = self.polled(client, f"{SEAT}pulse/", minutes=35)
        assert answer in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}
        with clock.at(now() + timedelta(minutes=36)):
            assert client.get(WORK).status_code == HTTPStatus.OK

    def test_a_locked_page_keeps_what_is_typed_in_it(
        self, client: Client, listener: Account
    ) -> None:
        seated(client)
        assert self.polled(client, f"{SEAT}pulse/") == [HTTPStatus.NO_CONTENT]
        with clock.at(now() + timedelta(minutes=17)):
            assert "/unlock/" in client.get(WORK).headers["Location"]


class TestPulse:
    """Whatever page a listener is on, their seat is kept; supervisors are called."""

    def test_a_seat_is_kept_from_any_page(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        assert f'data-pulse="{SEAT}pulse/"' in client.get("/staff/helpline/cases/").text
        for seconds in range(5, 100, 5):
            with clock.at(now() + timedelta(seconds=seconds)):
                client.post(f"{SEAT}pulse/")
                claiming.return_vanished()
        assert queue.item(item.id, seen_by=actor_of(listener)).state == ItemState.HELD

    def test_others_pages_call_nothing(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        page = client.get("/staff/", follow=True)
        assert page.status_code == HTTPStatus.OK
        assert "pulse/" not in page.text

    def test_a_supervisor_is_called_once_wherever_they_are(self, client: Client) -> None:
        colleague = make_listener()
        one = make_accepted(colleague)
        danger.life_danger(item_id=one.item, by=colleague)
        lead = sign_in(client, make_account("helpline_lead"))
        called = client.post(f"{SEAT}pulse/")
        assert "Danger immédiat" in called.text
        assert BOARD in called.text
        again = client.post(f"{SEAT}pulse/", {"shown": str(Danger.objects.get().id)})
        assert again.status_code == HTTPStatus.NO_CONTENT
        life.join(item_id=one.item, by=actor_of(lead))
        over = client.post(f"{SEAT}pulse/", {"shown": str(Danger.objects.get().id)})
        assert over.status_code == HTTPStatus.OK
        assert "Danger immédiat" not in over.text

    @pytest.mark.safety
    def test_a_page_of_someone_whom_another_has_is_told_to_leave(
        self, client: Client, listener: Account
    ) -> None:
        seated(client)
        one = make_accepted(actor_of(listener))
        given = {"rail": str(one.item)}
        assert "data-lost" not in client.post(f"{SEAT}pulse/", given).text
        claiming.give_back(item_id=one.item, by=actor_of(listener))
        assert "data-lost" in client.post(f"{SEAT}pulse/", given).text

    def test_a_listener_is_not(self, client: Client, listener: Account) -> None:
        colleague = make_listener()
        one = make_accepted(colleague)
        danger.life_danger(item_id=one.item, by=colleague)
        assert client.post(f"{SEAT}pulse/").status_code == HTTPStatus.NO_CONTENT


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        for path in GETS:
            assert "/staff/account/" in client.get(path).headers["Location"], path

    @pytest.mark.parametrize("role", ["analyst", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        one = make_accepted(make_listener())
        for path in GETS:
            assert client.get(path).status_code == HTTPStatus.FORBIDDEN, path
        of_item = [f"/staff/helpline/{path.format(one.item)}" for path in OF_ITEM]
        for path in (*POSTS, *of_item):
            answer = client.post(path, {"to": "ready", "chat_cap": "1", "act": "come"})
            assert answer.status_code == HTTPStatus.FORBIDDEN, path

    def test_a_listener_does_not_supervise(self, client: Client, listener: Account) -> None:
        one = make_accepted(make_listener())
        answer = client.post(f"{BOARD}{one.item}/act/", {"act": "give-back"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        answer = client.post(f"{BOARD}switchboard/", {"kind": "chat"})
        assert answer.status_code == HTTPStatus.FORBIDDEN

    def test_from_the_seat_to_the_wrap_up(self, client: Client, listener: Account) -> None:
        assert "Prendre mon poste" in client.get(WORK).text
        item = one_taken(client)
        page = client.get(f"{WORK}{item.id}/")
        assert page.status_code == HTTPStatus.OK
        assert "Renard" in page.text
        saved = client.post(
            f"{RECORDS}{record_of(item, listener)}/save/",
            {"version": "0", "record-summary": "Insultes au collège."},
            headers={"HX-Request": "true"},
        )
        assert 'value="1"' in saved.text
        again = client.get(f"{WORK}{item.id}/").text
        assert "Insultes au collège." in again
        typed = {"version": "1", "record-summary": "Insultes au collège.", "record-risk": "E"}
        wrong = client.post(
            f"{SEAT}{item.id}/wrap-up/", {**typed, "record-caller_relation": "child"}
        )
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Choisissez au moins un sujet" in wrong.text
        assert "Mes échanges du jour" in client.get(WORK).text
        client.post(
            f"{SEAT}{item.id}/wrap-up/",
            {**typed, "version": "2", "record-contact_type": "information"},
        )
        assert "Clos – Question sur le service" in client.get(WORK).text
        assert queue.item(item.id, seen_by=actor_of(listener)).state == ItemState.DONE
        seat = queue.own_seat(seen_by=actor_of(listener))
        assert seat is not None
        assert seat.state is SeatState.READY


class TestTheSeat:
    def test_changes_and_is_heard_of(self, client: Client, listener: Account) -> None:
        seated(client)
        assert client.post(f"{SEAT}beat/").status_code == HTTPStatus.OK
        for to, state in (
            ("break", SeatState.BREAK),
            ("ready", SeatState.READY),
            ("leave", SeatState.AWAY),
        ):
            client.post(f"{SEAT}change/", {"to": to})
            seat = queue.own_seat(seen_by=actor_of(listener))
            assert seat is not None
            assert seat.state is state
        client.post(f"{SEAT}change/", {"to": "nowhere"})
        client.post(f"{SEAT}sit/", {"chat_cap": "9"})

    def test_nobody_waits(self, client: Client, listener: Account) -> None:
        client.post(f"{SEAT}next/")
        seated(client)
        assert client.post(f"{SEAT}next/").headers["Location"] == WORK


def held_contact(listener: Account) -> UUID | None:
    (one,) = queries.desk(seen_by=actor_of(listener)).held
    return one.contact


class TestTheListOfConversations:
    def test_who_is_taken_from_it_has_a_record_and_is_counted(
        self, client: Client, listener: Account
    ) -> None:
        make_asking()
        seated(client)
        waiting = Item.objects.get()
        take = f"{SEAT}{waiting.id}/accept/"
        assert take in client.get("/staff/helpline/conversations/").text
        client.post(take)
        assert record_of(waiting, listener) == held_contact(listener)
        assert take not in client.get("/staff/helpline/conversations/").text

    def test_who_has_gone_meanwhile_is_said_to_be(self, client: Client, listener: Account) -> None:
        begun = make_asking()
        seated(client)
        waiting = Item.objects.get()
        Conversation.objects.filter(id=begun.id).update(
            state=ConversationState.ENDED, ended_at=now()
        )
        answer = client.post(f"{SEAT}{waiting.id}/accept/", follow=True)
        assert "plus personne n’attend ici" in answer.text


class TestAPerson:
    def test_is_passed_on_with_a_brief(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        path = f"{SEAT}{item.id}/transfer/"
        assert client.post(path, {}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert client.post(path, {"brief": "x"}).status_code == HTTPStatus.CONFLICT
        client.post(path, {"brief": "Veut porter plainte.", "skill": "lawyer"})
        assert client.get(f"{WORK}{item.id}/").status_code == HTTPStatus.FOUND
        other = Client()
        sign_in(other, make_account("listener"))
        other.post(f"{SEAT}sit/", {"skills": ["lawyer"], "chat_cap": "1"})
        other.post(f"{SEAT}{item.id}/accept/")
        assert "Veut porter plainte." in other.get(f"{WORK}{item.id}/").text

    def test_a_conflict_shows_both_texts(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        save = f"{RECORDS}{record_of(item, listener)}/save/"
        keeping.save(
            contact_id=record_of(item, listener),
            version=0,
            given={"summary": "Autre"},
            by=actor_of(listener),
        )
        answer = client.post(
            save,
            {"version": "0", "record-summary": "Moi"},
            headers={"HX-Request": "true"},
        )
        assert "Autre" in answer.text
        plain = client.post(save, {"version": "x", "record-summary": "Moi"}).text
        assert "Autre" in plain
        assert ">\nMoi</textarea>" in plain

    def test_a_hand_is_raised_and_lowered(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        client.post(f"{SEAT}{item.id}/help/")
        assert queries.held(item.id, seen_by=actor_of(listener)).hand
        client.post(f"{SEAT}{item.id}/help/", {"lower": "1"})
        assert not queries.held(item.id, seen_by=actor_of(listener)).hand

    def test_one_key_for_a_life_in_danger(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        page = f"{WORK}{item.id}/"
        assert "data-steps" not in client.get(page).text
        declared = client.post(f"{posts(page)}life-danger/")
        assert declared.headers["Location"] == page
        assert "112" in client.get(page).text
        client.post(f"{posts(page)}checklist/", {"location": "Sur le pont."})
        assert "Sur le pont." in client.get(page).text
        late = client.post(f"{posts(page)}checklist/", {"location": "Oui"})
        assert late.status_code == HTTPStatus.CONFLICT

    def test_the_addresses_of_before_lead_to_the_workspace(
        self, client: Client, listener: Account
    ) -> None:
        item = one_taken(client)
        for before, leads_to in ((SEAT, WORK), (f"{SEAT}{item.id}/", f"{WORK}{item.id}/")):
            moved = client.get(before)
            assert moved.status_code == HTTPStatus.MOVED_PERMANENTLY
            assert moved.headers["Location"] == leads_to
        sign_in(client, make_account("analyst"))
        assert client.get(SEAT).status_code == HTTPStatus.FORBIDDEN

    def test_what_is_not_there(self, client: Client, listener: Account) -> None:
        for path in (f"{WORK}{uuid4()}/", f"{SEAT}{uuid4()}/band/"):
            assert client.get(path).status_code == HTTPStatus.NOT_FOUND
        seated(client)
        for path in ("accept/", "help/", "life-danger/", "wrap-up/", "transfer/"):
            assert client.post(f"{SEAT}{uuid4()}/{path}").status_code == HTTPStatus.NOT_FOUND


class TestTheWallboard:
    def test_a_supervisor_comes_joins_ends_judges_and_gives_back(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        listener = make_listener(Skill.PSYCHOLOGIST)
        one = make_accepted(listener)
        make_asking()
        passing_on.call_for_help(item_id=one.item, by=listener)
        danger.life_danger(item_id=one.item, by=listener)
        page = client.get(BOARD).text
        assert "Mains levées" in page
        act = f"{BOARD}{one.item}/act/"
        for name in ("come", "join", "give-back"):
            assert client.post(act, {"act": name}).status_code == HTTPStatus.FOUND
        assert client.post(act, {"act": "nothing"}).status_code == HTTPStatus.NOT_FOUND
        assert Item.objects.get(id=one.item).state == ItemState.WAITING
        assert client.get(f"{BOARD}{one.item}/risk/").status_code == HTTPStatus.OK
        client.post(f"{BOARD}{one.item}/risk/", {"risk": "D"})
        assert Item.objects.get(id=one.item).risk == Risk.A  # its end needs two people
        client.post(f"{BOARD}switchboard/", {"kind": "chat"})
        assert "Libérer" not in client.get(BOARD).text
        seated(client)  # nobody takes a queue over without a seat
        client.post(f"{BOARD}switchboard/", {"kind": "chat"})
        assert "Libérer" in client.get(f"{BOARD}room/").text
        client.post(f"{BOARD}switchboard/", {"kind": "chat", "release": "1"})
        answer = client.post(f"{BOARD}switchboard/", {"kind": "nothing"})
        assert answer.status_code == HTTPStatus.NOT_FOUND
