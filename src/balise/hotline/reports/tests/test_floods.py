"""The hotline's public pages in a flood: a pause, and then what the person was doing."""

import re
import time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from balise.foundation.web import pauses
from balise.foundation.web.floods import Floods
from balise.foundation.web.pauses import Pause
from balise.foundation.web.testing import StrictClient
from balise.hotline.reports.models import Message, Report
from balise.hotline.reports.tests.makers import make_report
from balise.hotline.reports.tests.test_public import FOLLOW, FORM, ticket_of

pytestmark = pytest.mark.django_db

AWAY = "203.0.113.7"  # this machine itself is never held back
WORDS = "Il m'a écrit : « viens »\net puis plus rien"


@pytest.fixture(autouse=True)
def flood(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The neighbourhood has written all that it may."""
    watch = Floods()
    while watch.admits(AWAY, nearby=1, in_all=0, now=time.monotonic()):
        pass
    monkeypatch.setattr(pauses, "_floods", watch)
    settings.WRITES_NEARBY = 1


@pytest.fixture
def client() -> Client:
    """Read pages strictly, from elsewhere."""
    return StrictClient(REMOTE_ADDR=AWAY)


def gone_on(client: Client, page: Any) -> Any:
    """Send the form of a pause, with the work that the browser's script would do."""
    assert page.status_code == 429
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    given = {name: unescape(value) for name, value in hidden}
    salt = given["pause"].partition(".")[0]
    action = re.search(r'<form method="post" action="([^"]+)" data-pause', page.text)
    assert action
    return client.post(action[1], given | {"proof": str(Pause(salt, 0).number)}, follow=True)


def test_a_report_goes_through_it_with_every_word(client: Client) -> None:
    where = {"ticket": ticket_of(client.get(FORM)), "step": "where", "go": "on"}
    page = gone_on(client, client.post(FORM, where | {"addresses": "https://a.example/x"}))
    what = {"ticket": ticket_of(page), "step": "what", "description": WORDS, "go": "on"}
    page = gone_on(client, client.post(FORM, what))
    you = {"ticket": ticket_of(page), "step": "you", "age_band": "13-14", "go": "send"}
    page = gone_on(client, client.post(FORM, you))

    assert Report.objects.get().is_finished
    assert "3018" in page.text


def test_a_code_opens_and_a_message_leaves(client: Client) -> None:
    _, receipt = make_report()
    page = gone_on(client, client.post(FOLLOW, {"code": receipt}))
    message_id = re.search(r'name="message_id" value="([^"]+)"', page.text)
    assert message_id

    message = {"message_id": message_id[1], "text": WORDS}
    page = gone_on(client, client.post(f"{FOLLOW}message/", message))

    assert Message.objects.count() == 1
    assert "viens" in page.text


@pytest.mark.parametrize("place", ["message/", "helpline/", "certificate/"])
def test_whatever_writes_has_it(client: Client, place: str) -> None:
    assert client.post(f"{FOLLOW}{place}").status_code == 429


@pytest.mark.parametrize("place", [f"{FOLLOW}leave/", "/exit/"])
def test_whoever_leaves_does_not(client: Client, place: str) -> None:
    assert client.post(place).status_code in {204, 302}
