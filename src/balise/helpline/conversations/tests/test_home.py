"""What the home says of the chat is true at that moment, and an old copy does not say it."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils.translation import override

from balise.foundation import clock
from balise.foundation.web.components.aging import aged
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue.tests.makers import make_item

pytestmark = pytest.mark.django_db

AFTERNOON = at("2026-11-24T15:00")


def home(client: Client, moment: datetime, language: str = "fr") -> str:
    with clock.at(moment), override("fr"):  # a page leaves its language active
        return client.get(f"/{language}/").text


def test_open_says_until_when_and_how_long_one_waits(client: Client) -> None:
    with clock.at(AFTERNOON):
        seated()
    shown = home(client, AFTERNOON)
    assert "Tchat ouvert jusqu’à 23:00" in shown
    assert "moins de 5 minutes" in shown


def test_the_wait_is_that_of_someone_who_comes_now(client: Client) -> None:
    with clock.at(AFTERNOON):
        seated()
        for _waits in range(3):
            make_item()
    assert "plus de 15 minutes" in home(client, AFTERNOON)


def test_without_a_listener_or_at_night_it_says_so(client: Client) -> None:
    assert "Personne n’est disponible" in home(client, AFTERNOON)
    assert "Le tchat est fermé" in home(client, at("2026-11-24T02:00"))


def test_elsewhere_has_the_hours_of_its_own_clock(client: Client) -> None:
    shown = " ".join(home(client, AFTERNOON).split())
    assert "<span>La Réunion</span> <strong> de 12:00 à 02:00 </strong>" in shown
    assert 'href="tel:116111"' in shown


def test_an_old_copy_says_of_when_it_is_and_promises_nobody(client: Client) -> None:
    with clock.at(AFTERNOON):
        seated()
    shown = home(client, AFTERNOON, "en")
    old = aged(shown.encode(), language="en", at=at("2026-11-24T14:32")).decode()
    assert "Copy of this page: 24 November 2026, 14:32" in old
    assert "Chat open until" in shown
    assert "Chat open until" not in old
    assert "Copy of this page" not in shown
