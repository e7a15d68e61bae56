"""The chat's door for a browser that was blocked: told kindly, known by a cookie; danger passes."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.encryption.worded import read_receipt
from balise.helpline.contacts import access
from balise.helpline.contacts.actions import blocking
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.tests.makers import make_contact, make_listener as make_keeper
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.conversations.tests.makers import make_listener
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Risk

pytestmark = pytest.mark.django_db

MOMENT = at("2026-11-24T15:00")
TOLD = "Tu ne peux pas utiliser le tchat pour le moment"


@pytest.fixture(autouse=True)
def _open() -> None:
    with clock.at(MOMENT):
        seated()


def talk(client: Client, moment: datetime = MOMENT) -> UUID:
    with clock.at(moment):
        assert client.post("/fr/talk/", {"nickname": "Renard"})["Location"] == "/fr/talk/room/"
    return queries.by_token(read_receipt(client.cookies["talk"].value))


def end_blocked(conversation_id: UUID, length: Length = Length.TWO_HOURS) -> UUID:
    """End a conversation as its listener who blocks; return the block."""
    listener, keeper = make_listener(), make_keeper()
    with clock.at(MOMENT):
        passing.join(conversation_id=conversation_id, by=listener)
        passing.end(conversation_id=conversation_id, by=listener)
        return blocking.block(
            contact_id=make_contact(by=keeper),
            contact_type="abusive",
            bearer=queries.bearer_of(conversation_id),
            length=length,
            by=keeper,
        )


def start(client: Client, **later: float) -> str:
    with clock.at(MOMENT + timedelta(**later)):
        return client.get("/fr/talk/").content.decode()


def reload_room(client: Client) -> None:
    with clock.at(MOMENT):
        client.get("/fr/talk/room/")


def test_a_blocked_browser_is_told_until_when_and_how_to_object(client: Client) -> None:
    end_blocked(talk(client))
    page = start(client)
    assert TOLD in page
    assert "mardi 24 novembre à 17:00" in page
    assert "112" in page
    assert "/fr/write/" in page
    assert "insultes" in page
    with clock.at(MOMENT):
        answer = client.post("/fr/talk/", {"nickname": "Renard"})
    assert answer.status_code == 403
    assert TOLD in answer.content.decode()
    assert Conversation.objects.count() == 1


def test_its_cookie_outlives_the_conversation_and_opens_nothing(client: Client) -> None:
    conversation_id = talk(client)
    token = client.cookies["talk"].value
    end_blocked(conversation_id)
    reload_room(client)
    cookie = client.cookies["not-now"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 7_200)
    assert token not in cookie.value
    assert queries.token_key(conversation_id).hex() != cookie.value
    del client.cookies["talk"]  # the browser was closed
    assert TOLD in start(client)
    client.cookies["talk"] = cookie.value
    assert client.get("/fr/talk/room/").status_code == 302


def test_one_whose_page_stayed_open_or_who_ends_is_known_too(client: Client) -> None:
    end_blocked(talk(client))
    with clock.at(MOMENT):
        client.post("/fr/talk/seen/", headers={"X-Talk": "1"})
    assert client.cookies["not-now"].value
    other = Client()
    end_blocked(talk(other))
    with clock.at(MOMENT):
        other.post("/fr/talk/end/", {"how": "end"})
    assert TOLD in start(other)


def test_who_erases_keeps_nothing_on_the_device(client: Client) -> None:
    end_blocked(talk(client))
    with clock.at(MOMENT):
        client.post("/fr/talk/end/", {"how": "erase"})
    assert "not-now" not in client.cookies


def test_it_ends_by_itself_and_its_cookie_goes(client: Client) -> None:
    end_blocked(talk(client))
    assert TOLD in start(client, minutes=119)
    assert TOLD not in start(client, minutes=121)
    assert not client.cookies["not-now"].value
    with clock.at(MOMENT + timedelta(minutes=122)):
        seated()
    talk(client, MOMENT + timedelta(minutes=122))


def test_another_browser_is_not_blocked(client: Client) -> None:
    end_blocked(talk(client))
    other = Client()
    assert TOLD not in start(other)
    talk(other)
    other.cookies["not-now"] = "guessed"
    assert TOLD not in start(other)


def test_a_life_in_danger_gets_through(client: Client) -> None:
    end_blocked(talk(client))
    assert 'name="not_safe"' in start(client)
    with clock.at(MOMENT):
        answer = client.post("/fr/talk/", {"not_safe": "1"})
        assert answer["Location"] == "/fr/talk/not-safe/"
        assert "112" in client.get("/fr/talk/not-safe/").content.decode()
        assert client.get("/fr/talk/room/").status_code == 200
    one = queries.by_token(read_receipt(client.cookies["talk"].value))
    assert Item.objects.get(subject=one).risk == Risk.A
    assert Conversation.objects.get(id=one).state == ConversationState.WAITING


def test_at_night_nobody_is_sent_to_an_empty_room(client: Client) -> None:
    end_blocked(talk(client), Length.DAY)
    page = start(client, hours=9)
    assert TOLD in page
    assert "112" in page
    assert 'name="not_safe"' not in page
    with clock.at(MOMENT + timedelta(hours=9)):
        answer = client.post("/fr/talk/", {"not_safe": "1"})
    assert answer.status_code == 409
    assert "112" in answer.content.decode()


def test_a_lifted_block_lets_in(client: Client) -> None:
    block = end_blocked(talk(client), Length.DAY)
    assert TOLD in start(client)
    with clock.at(MOMENT):
        blocking.lift(block_id=block, by=make_keeper(access.CONFIRM_BLOCK))
    assert TOLD not in start(client)


def test_a_week_holds_a_day_until_agreed_and_the_browser_is_still_known(client: Client) -> None:
    block = end_blocked(talk(client), Length.WEEK)
    page = start(client)
    assert "mercredi 25 novembre à 15:00" in page
    assert client.cookies["not-now"]["max-age"] == 7 * 24 * 3_600
    with clock.at(MOMENT + timedelta(hours=20)):
        blocking.confirm(block_id=block, by=make_keeper(access.CONFIRM_BLOCK))
    assert "mardi 1 décembre à 15:00" in start(client, days=3)


def test_a_week_without_a_second_person_is_a_day(client: Client) -> None:
    end_blocked(talk(client), Length.WEEK)
    assert TOLD in start(client, hours=23)
    assert TOLD not in start(client, hours=25)
