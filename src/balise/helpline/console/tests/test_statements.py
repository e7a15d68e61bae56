"""A listener’s page asks the database as often for a long conversation as for a short one."""

from collections.abc import Iterator
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.helpline.console.tests.makers import SEAT
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.actions.saying import Begun

pytestmark = pytest.mark.django_db

MOST = 80  # with three chats; `bench/workspaces.py` prints them; four ask what a vault was asked
MOST_OF_A_PULSE = 16
MOST_OF_A_RAIL = 40  # once a second at most, and only where something is new


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    """Let no second pass: a sign of life would be written on a busy machine."""
    with clock.at(clock.now()):
        yield


def seats_with_three(client: Client) -> tuple[Begun, str]:
    """Let who is signed in take three chats; return the last one and the address of its page."""
    client.post(f"{SEAT}sit/", {"skills": ["psychologist"], "chat_cap": "3"})
    begun, where = None, ""
    for nickname in ("Loutre", "Hibou", "Renard"):
        begun = saying.ask(nickname=nickname, language="fr")
        where = client.post(f"{SEAT}next/")["Location"]
    assert begun
    return begun, where


def says_much(begun: Begun) -> None:
    for number in range(20):
        saying.say(token=begun.token, text=f"Message {number}", client_id=uuid4())


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(where).status_code == HTTPStatus.OK
    return len(found)


def test_with_three_chats_and_many_messages(client: Client, listener: Account) -> None:
    begun, where = seats_with_three(client)
    first = asked(client, where)
    says_much(begun)
    assert asked(client, where) == first
    assert first <= MOST


def test_a_pulse_with_news_of_three_chats(client: Client, listener: Account) -> None:
    begun, _where = seats_with_three(client)
    client.post(f"{SEAT}pulse/", {"shown": ""})
    says_much(begun)
    with CaptureQueriesContext(connection) as found:
        assert b"Message 19" in client.post(f"{SEAT}pulse/", {"shown": ""}).content
    assert len(found) <= MOST_OF_A_PULSE
    assert not [one for one in found if one["sql"].startswith(("UPDATE", "INSERT", "BEGIN"))]


def test_a_pulse_that_draws_the_rail(client: Client, listener: Account) -> None:
    begun, where = seats_with_three(client)
    given = {"shown": "", "rail": where.split("/")[-2]}
    client.post(f"{SEAT}pulse/", given)
    says_much(begun)
    with CaptureQueriesContext(connection) as found:
        assert b"Message 19" in client.post(f"{SEAT}pulse/", given).content
    assert len(found) <= MOST_OF_A_RAIL, len(found)
    assert not [one for one in found if one["sql"].startswith(("UPDATE", "INSERT", "BEGIN"))]
