"""Open figures in a browser without scripts, and on the pages of other sites."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.tests.makers import make_edition, make_frozen
from balise.steering.indicators.tests.orchard import keep_inside
from balise.steering.published.tests.makers import day_of, make_published

pytestmark = pytest.mark.django_db
NOTHING = HTTPStatus.NOT_FOUND


def addresses(day: str) -> Iterator[str]:
    """Yield each address of an edition."""
    for language in ("fr", "en"):
        at = f"/{language}/figures/{day}"
        yield from (f"{at}/", f"{at}/F01/", f"{at}/F01.csv")
        yield from (f"{at}/edition.{form}" for form in ("html", "pdf", "pptx"))
    yield from (f"/card/{day}/F01/", f"/figures/api/{day}.json", f"/figures/{day}/data.zip")


def test_each_address_of_a_published_edition_answers() -> None:
    client = Client()  # an HTML file is no page of ours
    day = day_of(make_published(drawn=True))
    entries = Entry.objects.count()
    for address in addresses(day):
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        assert not answer.cookies, address
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("make", [make_edition, make_frozen])
def test_of_an_edition_that_is_not_published_nothing_is_there(
    client: Client, make: Callable[[], UUID]
) -> None:
    day = day_of(make())
    latest = ("/card/latest/HOT-REP/", "/figures/api/latest.json")
    for address in (*addresses(day), *latest):
        assert client.get(address).status_code == NOTHING, address
    page = client.get("/en/figures/")
    assert page.status_code == HTTPStatus.OK
    assert "No figures are published yet" in page.text


def test_a_later_edition_that_is_frozen_does_not_show_before_it_is_published(
    client: Client,
) -> None:
    before = day_of(make_published(today() - timedelta(days=90)))
    make_frozen()
    assert client.get("/figures/api/latest.json").json()["edition"] == before
    again = day_of(make_published(today() + timedelta(days=1)))
    assert client.get("/figures/api/latest.json").json()["edition"] == again
    page = client.get("/fr/figures/").text
    assert f"/fr/figures/{before}/" in page
    assert f"/fr/figures/{again}/F01/" in page


def test_a_day_and_a_number_are_named_in_one_way(client: Client) -> None:
    day = day_of(make_published())
    strange = (
        day.replace("-", ""),
        f"{date.fromisoformat(day):%G-W%V-%u}",
        "nothing",
        "2031-02-30",
    )
    for address in (*(f"/fr/figures/{each}/" for each in strange), f"/fr/figures/{day}/F99/"):
        assert client.get(address).status_code == NOTHING, address


def test_the_page_shows_each_figure_with_its_definition(client: Client) -> None:
    day = day_of(make_published())
    page = client.get("/en/figures/").text
    assert "<strong>40</strong>" in page
    assert "A basket counts on the day it was picked." in page
    assert f"/figures/{day}/data.zip" in page
    one = client.get(f"/en/figures/{day}/F01/").text
    assert f"/card/{day}/F01/?lang=en" in one
    assert "/card/latest/HOT-REP/?lang=en" in one


def test_a_figure_that_is_not_public_is_nowhere_and_closes_the_files(client: Client) -> None:
    day = day_of(make_published(drawn=True))
    closed = replace(INDICATORS["HOT-REP"], is_public=False)
    INDICATORS["HOT-REP"] = closed  # the fixture puts it back
    document = client.get(f"/figures/api/{day}.json").json()
    assert document["figures"]
    assert "HOT-REP" not in {one["code"] for one in document["figures"]}
    for address in (
        f"/fr/figures/{day}/F01/",
        f"/card/{day}/F01/",
        f"/fr/figures/{day}/edition.pdf",
        "/card/latest/HOT-REP/",
    ):
        assert client.get(address).status_code == NOTHING, address
    page = client.get("/en/figures/").text
    assert "edition.pdf" not in page
    assert "for the committee alone" in page
    del INDICATORS["REM-N"]  # known no more: not known to be open
    codes = {one["code"] for one in client.get(f"/figures/api/{day}.json").json()["figures"]}
    assert "REM-N" not in codes


class TestCards:
    def test_any_site_may_frame_one_and_nothing_runs_in_it(self, client: Client) -> None:
        day = day_of(make_published())
        answer = client.get(f"/card/{day}/F01/")
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors *;" in policy
        assert "script-src 'none'" in policy
        assert "X-Frame-Options" not in answer
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies
        assert "<script" not in answer.text
        assert "style=" not in answer.text
        assert f"/figures/{day}/F01/" in answer.text

    def test_no_other_page_may_be_framed(self, client: Client) -> None:
        day = day_of(make_published())
        for address in ("/fr/figures/", f"/fr/figures/{day}/F01/"):
            answer = client.get(address)
            assert answer["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]

    @pytest.mark.parametrize(
        ("asked", "told"), [("en", "en"), ("fr", "fr"), ("xx", "fr"), ("", "fr")]
    )
    def test_its_language_is_the_one_that_is_asked(
        self, client: Client, asked: str, told: str
    ) -> None:
        make_published()
        answer = client.get(f"/card/latest/HOT-REP/?lang={asked}")
        assert f'<html lang="{told}">' in answer.text

    def test_a_number_for_inside_is_said_in_words(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keep_inside(monkeypatch)
        make_published(baskets=2)
        assert "not published" in client.get("/card/latest/HOT-REP/?lang=en").text
