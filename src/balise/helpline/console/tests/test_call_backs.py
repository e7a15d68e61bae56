"""A call-back is wrapped up with what came of it: nobody is called for ever, or never again."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.actions.accepting import Accepted
from balise.helpline.console.rules import AttemptNeeded
from balise.helpline.console.tests.makers import make_listener, posts
from balise.helpline.contacts.models import Contact
from balise.helpline.contacts.rules import ContactState
from balise.helpline.queue.actions import seating
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.models import CallBack
from balise.helpline.telephony.rules.call_backs import Attempt, CallBackState, Script

pytestmark = pytest.mark.django_db


def make_call_back() -> UUID:
    """Let someone ask to be called back now, and wait in the queue."""
    asked = calling_back.ask_call_back(
        number="01 99 00 00 01",
        since=now(),
        until=now() + timedelta(hours=9),
        script=Script.FRIEND,
        by=ANYONE,
    )
    calling_back.queue_due()
    return asked


def taken(listener: Actor) -> Accepted:
    make_call_back()
    one = accepting.accept(by=listener)
    assert one is not None
    return one


def wrap_up(one: Accepted, listener: Actor, attempt: Attempt | None) -> None:
    assert one.contact is not None
    wrapping.wrap_up(
        item_id=one.item,
        contact_id=one.contact,
        contact_type="information",
        attempt=attempt,
        by=listener,
    )


class TestWrapUp:
    def test_refuses_without_what_came_of_it_as_a_whole(self) -> None:
        listener = make_listener()
        one = taken(listener)
        with pytest.raises(AttemptNeeded):
            wrap_up(one, listener, None)
        assert Item.objects.get().state == ItemState.HELD
        assert Contact.objects.get().state == ContactState.OPEN

    def test_who_was_reached_is_not_called_again(self) -> None:
        listener = make_listener()
        wrap_up(taken(listener), listener, Attempt.REACHED)
        left = CallBack.objects.get()
        assert left.state == CallBackState.DONE
        assert not left.sealed
        assert Item.objects.get().state == ItemState.DONE
        assert Entry.objects.filter(event="helpline.call-back.tried").count() == 1

    def test_who_did_not_pick_up_waits_for_another_attempt(self) -> None:
        listener = make_listener()
        wrap_up(taken(listener), listener, Attempt.NO_ANSWER)
        assert CallBack.objects.get().state == CallBackState.WAITING
        assert Contact.objects.get().state == ContactState.CLOSED
        with clock.at(now() + timedelta(hours=1)):
            assert calling_back.queue_due() == 1
            seating.heartbeat(by=listener)
            assert accepting.accept(by=listener) is not None

    def test_what_was_noted_before_is_not_asked_again(self) -> None:
        listener = make_listener()
        one = taken(listener)
        calling_back.note_attempt(call_back_id=one.subject, attempt=Attempt.REACHED, by=listener)
        wrap_up(one, listener, None)
        assert Contact.objects.get().state == ContactState.CLOSED


def test_the_page_asks_what_came_of_it(client: Client) -> None:
    account = sign_in(client, make_account("listener"))
    seating.sit(skills=(), by=actor_of(account))
    one = taken(actor_of(account))
    path = f"/staff/helpline/{one.item}/"
    assert 'name="wrap-attempt"' in client.get(path).text
    given = {"record-contact_type": "information", "record-risk": "E"}
    refused = client.post(f"{posts(path)}wrap-up/", given)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post(f"{posts(path)}wrap-up/", {**given, "wrap-attempt": "reached"})
    assert answer.status_code == HTTPStatus.FOUND
    assert CallBack.objects.get().state == CallBackState.DONE


class TestItsNumber:
    def test_comes_on_the_same_page_and_its_opening_is_written_down(self, client: Client) -> None:
        listener = actor_of(sign_in(client, make_account("listener")))
        seating.sit(skills=(), by=listener)
        one = taken(listener)
        page = client.get(f"/staff/helpline/{one.item}/").text
        opening = f"/staff/telephony/call-backs/{CallBack.objects.get().id}/open/"
        assert f'hx-post="{opening}"' in page
        assert 'hx-select="#call-back"' in page
        shown = client.post(opening, headers={"HX-Request": "true"}).text
        assert '<section id="call-back"' in shown
        assert "01 99 00 00 01" in shown or "0199000001" in shown
        assert Entry.objects.filter(event="helpline.call-back.opened").count() == 1

    def test_of_someone_else_leads_to_the_list_with_the_reason(self, client: Client) -> None:
        make_call_back()
        sign_in(client, make_account("listener", email="autre@example.org"))
        opening = f"/staff/telephony/call-backs/{CallBack.objects.get().id}/open/"
        answer = client.post(opening, headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == "/staff/telephony/call-backs/"
        assert "0199000001" not in answer.text
        assert client.get(answer.headers["HX-Redirect"]).status_code == HTTPStatus.OK
