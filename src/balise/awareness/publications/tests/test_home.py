"""What the home shows of publications: nothing that is not there, and a day when it comes."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from balise.awareness.publications.rules.days import announced, days
from balise.awareness.publications.tests.makers import make_draft, make_public
from balise.foundation import clock

pytestmark = pytest.mark.django_db

(SID,) = days("fr")


def home(client: Client, on: date, language: str = "fr") -> str:
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    with clock.at(moment), override("fr"):  # a page leaves its language active
        return client.get(f"/{language}/").text


@pytest.mark.parametrize(
    ("year", "day"),
    [(2019, 5), (2020, 11), (2022, 8), (2023, 7), (2024, 6), (2025, 11), (2026, 10), (2027, 9)],
)
def test_safer_internet_day_has_its_dates(year: int, day: int) -> None:
    assert SID.date_in(year) == date(year, 2, day)


def test_a_day_is_announced_from_weeks_before_to_the_day_itself() -> None:
    known = (SID,)
    shown = [
        bool(list(announced(known, today=day)))
        for day in (date(2026, 11, 10), date(2026, 11, 11), date(2027, 2, 9), date(2027, 2, 10))
    ]
    assert shown == [False, True, True, False]


def test_the_home_announces_it_with_the_page_about_it(client: Client) -> None:
    make_public(slug=SID.pages[0])
    assert "mardi 9 février 2027" in home(client, date(2027, 1, 5))
    assert f'href="/fr/resources/{SID.pages[0]}/"' in home(client, date(2027, 1, 5))
    assert "Safer Internet Day" not in home(client, date(2027, 2, 10))


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
