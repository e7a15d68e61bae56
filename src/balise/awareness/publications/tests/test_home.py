"""What the home shows of publications: nothing that is not there."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from balise.awareness.publications.tests.makers import make_draft, make_public
from balise.foundation import clock

pytestmark = pytest.mark.django_db


def home(client: Client, on: date, language: str = "fr") -> str:
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    with clock.at(moment), override("fr"):  # a page leaves its language active
        return client.get(f"/{language}/").text


def test_the_home_shows_dossiers_and_the_newest_of_its_language(client: Client) -> None:
    make_public(slug="dossier", kind="dossier", topic=["screens"], title="Dormir")
    for number in range(4):
        make_public(slug=f"fiche-{number}", topic=["screens"], title=f"Fiche {number}")
    make_draft(slug="brouillon")

    shown = home(client, date(2026, 6, 1))
    assert "4 ressources" in shown
    assert [f"fiche-{number}/" in shown for number in range(4)] == [False, True, True, True]
    assert "brouillon" not in shown
    assert 'action="/fr/resources/"' in shown
    assert "dossier/" not in home(client, date(2026, 6, 1), "en")
