"""The page of a call: its buttons, what the exchange does, and what it did not do."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.helpline.console.tests.makers import SEAT, WORK, make_listener
from balise.helpline.queue.models import Item
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.models import Call, Extension
from balise.helpline.telephony.rules.calls import CallFact, Failure, Happening

pytestmark = pytest.mark.django_db


def tell(happening: Happening) -> None:
    told = CallFact(happening, clock.now())
    take_event(event=CallTold("pbx", f"1/{happening}", "1", told, b"x"), by=SYSTEM)


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def item(client: Client, settings: Any) -> Item:
    settings.DIALS = True
    sign_in(client, make_account("listener"))
    given = {"chat_cap": "2", "extension": "201"}
    assert client.post(f"{SEAT}sit/", given).status_code == HTTPStatus.FOUND
    tell(Happening.QUEUED)
    client.post(f"{SEAT}next/")
    return Item.objects.get()


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_call_is_put_on_hold_and_its_page_asks_until_it_is(client: Client, item: Item) -> None:
    page = text(client, f"{WORK}{item.id}/")
    assert 'value="hold"' in page
    assert 'data-key="k"' in page
    client.post(f"{SEAT}{item.id}/line/ask/", {"command": "hold"})
    part = text(client, f"{SEAT}{item.id}/line/")
    assert "every 1s" in part
    tell(Happening.HELD)
    part = text(client, f"{SEAT}{item.id}/line/")
    assert "every 1s" not in part
    assert 'value="resume"' in part


def test_a_transfer_offers_colleagues_on_duty_and_says_that_it_came_back(
    client: Client, item: Item
) -> None:
    calling_back.give_extension(number="204", by=make_listener())
    page = text(client, f"{WORK}{item.id}/")
    assert 'value="204"' in page
    given = {"command": "transfer", "line-colleague": "204", "line-own": "201"}
    client.post(f"{SEAT}{item.id}/line/ask/", given)
    assert "204" in text(client, f"{SEAT}{item.id}/line/")
    tell(Happening.RETURNED)
    page = text(client, f"{WORK}{item.id}/")
    assert "Extension 204 did not pick up: the caller is with you again" in page
    assert 'value="hold"' in page
    client.post(f"{SEAT}{item.id}/line/ask/", given)
    tell(Happening.TRANSFERRED)
    assert "Extension 204 picked up" in text(client, f"{WORK}{item.id}/")


@pytest.mark.parametrize("given", [{}, {"line-to": "x1", "line-own": "201"}, {"line-to": "204"}])
def test_a_transfer_to_nobody_stays_as_it_was_typed(
    client: Client, item: Item, given: dict[str, str]
) -> None:
    page = client.post(f"{SEAT}{item.id}/line/ask/", {"command": "transfer", **given})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert given.get("line-to", "") in page.content.decode()
    assert Call.objects.get().command == ""


def test_what_the_exchange_did_not_do_is_said(client: Client, item: Item) -> None:
    client.post(f"{SEAT}{item.id}/line/ask/", {"command": "hold"})
    call = Call.objects.get()
    calling_back.note_not_done(
        call_id=call.id, failure=Failure.AWAY, reason="ConnectError", by=SYSTEM
    )
    page = text(client, f"{WORK}{item.id}/")
    assert "The exchange cannot be reached." in page
    assert "The caller is still with you." in page


def test_another_listener_has_no_say(client: Client, item: Item) -> None:
    other = Client()
    sign_in(other, make_account("listener"))
    page = other.post(f"{SEAT}{item.id}/line/ask/", {"command": "hold"})
    assert page.status_code == HTTPStatus.NOT_FOUND
    assert other.get(f"{SEAT}{item.id}/line/").status_code == HTTPStatus.NOT_FOUND


def test_an_extension_that_is_none_does_not_keep_one_off_duty(
    client: Client, settings: Any
) -> None:
    settings.DIALS = True
    sign_in(client, make_account("listener"))
    client.post(f"{SEAT}sit/", {"chat_cap": "2", "extension": "x"})
    assert not Extension.objects.exists()
    assert "Your extension has 2 to 6 digits." in text(client, WORK)


def test_without_an_exchange_there_is_no_button(client: Client) -> None:
    sign_in(client, make_account("listener"))
    client.post(f"{SEAT}sit/", {"chat_cap": "2"})
    tell(Happening.QUEUED)
    client.post(f"{SEAT}next/")
    page = text(client, f"{WORK}{Item.objects.get().id}/")
    assert "/wrap-up/" in page
    assert 'value="hold"' not in page
