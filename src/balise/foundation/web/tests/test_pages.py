"""The pages of the house: the home, leaving, the plain words, the desk."""

import re
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from balise.config.centre import Followed
from balise.config.modules import modules
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.web import desk, navigation, pages
from balise.foundation.web.doors import Request
from balise.foundation.web.testing import PageFaulty, StrictClient, faults

pytestmark = pytest.mark.django_db

PAGES = ("", "leaving/", "privacy/", "privacy/young/", "accessibility/", "legal/")
FORM_WEIGHT = 60_000
PAGE_WEIGHT = 100_000
ENTRIES = [entry for module in modules().values() for entry in module.ways]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_a_page_speaks_both_languages(client: Client, page: str, language: str, other: str) -> None:
    words = client.get(f"/{language}/{page}").content.decode()
    assert f'<html lang="{language}"' in words
    assert f'href="/{other}/{page}" lang="{other}"' in words


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("fr-FR,fr;q=0.9", "/fr/"), ("en-GB,en;q=0.9", "/en/"), ("lb,de;q=0.8", "/fr/"), ("", "/fr/")],
)
def test_the_threshold_follows_the_browser(client: Client, asked: str, led_to: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})
    assert answer["Location"] == led_to
    assert "Accept-Language" in answer["Vary"]


def test_the_home_talks_first_and_shows_each_way_in(client: Client) -> None:
    page = client.get("/fr/").content.decode()
    places = [page.index(f'" data-line="{line.code}"') for line in settings.CENTRE.lines]
    assert places == sorted(places)
    assert settings.CENTRE.lines[0].code == "helpline"
    for _entry, opens in navigation.public_entries():
        assert f'href="{opens}"' in page


def test_the_home_is_light_and_sets_no_cookie(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        answer = client.get("/fr/")
    assert len(answer.content) < PAGE_WEIGHT
    assert not answer.cookies


def test_where_the_centre_writes_too_is_data_of_its_pack(
    client: Client, settings: Settings
) -> None:
    place = Followed("Social", "https://social.example/@centre")
    settings.CENTRE = replace(settings.CENTRE, follow=(place,))
    assert f'<a href="{place.address}" rel="noreferrer">Social</a>' in client.get("/fr/").text


def test_every_page_can_be_left(client: Client) -> None:
    for page in PAGES:
        words = client.get(f"/fr/{page}").content.decode()
        assert '<a class="exit-button" href="/exit/"' in words
        assert settings.CENTRE.quick_exit in words


class TestLeaving:
    def test_leads_away_and_forgets(self, client: Client) -> None:
        client.cookies["visit"] = "ticket"
        client.cookies["vault"] = "chosen"
        answer = client.get("/exit/", headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303
        assert answer["Location"] == settings.CENTRE.quick_exit
        assert answer["Clear-Site-Data"] == '"cache"'
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer.cookies["visit"]["max-age"] == 0
        assert answer.cookies["away"].value == "1"
        assert "vault" not in answer.cookies  # not ours to drop

    def test_leaves_the_session_of_staff(self) -> None:
        request = RequestFactory().get("/exit/")
        request.COOKIES = {settings.SESSION_COOKIE_NAME: "session", "visit": "ticket"}
        answer = pages.leave(cast("Request", request))
        assert set(answer.cookies) == {"visit", "away", "left"}

    def test_by_beacon_answers_nothing(self, client: Client) -> None:
        answer = client.post("/exit/")
        assert answer.status_code == 204
        assert answer["Clear-Site-Data"] == '"cache"'

    def test_cannot_be_forced_by_another_site(self, client: Client) -> None:
        for answer in (
            client.get("/exit/", headers={"Sec-Fetch-Site": "cross-site"}),
            client.post("/exit/", headers={"Sec-Fetch-Site": "cross-site"}),
        ):
            assert "Clear-Site-Data" not in answer
            assert not answer.cookies

    def test_makes_back_lead_away_until_one_returns(self, client: Client) -> None:
        client.get("/exit/")
        assert client.get("/fr/privacy/").status_code == 303
        assert client.get("/en/report/").status_code == 303
        assert client.get("/")["Location"] == "/fr/"
        assert client.get("/fr/privacy/").status_code == 200

    def test_takes_nothing_that_is_sent_until_one_returns(self, client: Client) -> None:
        client.get("/exit/")
        assert client.post("/fr/report/", {"step": "where"}).status_code == 303
        client.get("/")
        assert client.post("/fr/report/", {"step": "where"}).status_code == 422

    def test_leaves_the_other_doors_open(self, client: Client) -> None:
        client.get("/exit/")
        assert client.get("/staff/")["Location"].startswith("/staff/account/login/")
        assert client.get("/api/v1/hotline/reports").status_code == 401


def test_machines_are_kept_out_of_staff_pages_and_find_the_map(client: Client) -> None:
    words = client.get("/robots.txt").text.splitlines()
    for path in ("/staff/", "/cms/", "/exit/", "/*/leaving/"):
        assert f"Disallow: {path}" in words
    assert words[-1] == f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml"


class TestTheWeightOfAFormPage:
    def test_is_less_than_a_photograph(self, client: Client) -> None:
        """HTML as it is; styles and scripts as WhiteNoise serves them (gzip); the fonts."""
        page = client.get("/fr/report/").content
        served = {found.decode() for found in re.findall(rb'(?:src|href)="/static/([^"]+)"', page)}
        for weight in (400, 700):
            served.add(f"fonts/atkinson-hyperlegible-latin-{weight}-normal.woff2")
            served.add(f"balise/zero-{weight}.woff2")
        total = len(page) + sum(weight_of(name) for name in served)
        assert total < FORM_WEIGHT


def weight_of(name: str) -> int:
    import gzip  # noqa: PLC0415

    found = finders.find(name)
    assert isinstance(found, str)
    content = Path(found).read_bytes()
    return len(content) if name.endswith("woff2") else len(gzip.compress(content))


class TestTheDesk:
    ENTRIES = (
        navigation.StaffEntry(
            "hotline", "Queue", "staff:home", "inbox", ability="hotline.reports.read"
        ),
        navigation.StaffEntry("house", "The design", "staff:design", "compass"),
        navigation.StaffEntry("house", "Not there", "staff:nowhere", "compass"),
    )

    def test_shows_what_an_actor_may_enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(navigation, "_staff", list(self.ENTRIES))
        analyst = Actor(ActorKind.STAFF, "1", frozenset({"hotline.reports.read"}))
        shown = navigation.staff_sections(analyst, here="/staff/design/")
        assert [section.line for section in shown] == ["hotline", "house"]
        assert [way.is_here for section in shown for way in section.ways] == [False, True]
        other = Actor(ActorKind.STAFF, "2")
        assert [section.line for section in navigation.staff_sections(other)] == ["house"]

    def test_entries_of_the_centre_have_addresses(self) -> None:
        for entry in ENTRIES:
            assert reverse(entry.url_name)
        for public_entry, url in navigation.public_entries():
            assert url, public_entry

    def test_keys_to_go_differ(self) -> None:
        keys = [entry.key for entry in ENTRIES if entry.key]
        assert len(keys) == len(set(keys))
        assert "h" not in keys

    def test_the_display_is_kept_in_the_browser(self, client: Client) -> None:
        answer = client.post(
            "/staff/display/", {"language": "en", "theme": "dark", "next": "/staff/account/login/"}
        )
        assert answer["Location"] == "/staff/account/login/"
        page = client.get("/staff/account/login/").content.decode()
        assert '<html lang="en" data-theme="dark">' in page
        client.post("/staff/display/", {"language": "en", "theme": ""})
        assert "data-theme" not in client.get("/staff/account/login/").content.decode()

    def test_the_display_leads_nowhere_else(self, client: Client) -> None:
        answer = client.post("/staff/display/", {"next": "https://trap.example/", "language": "xx"})
        assert answer["Location"] == "/staff/"
        assert not answer.cookies.get("language")

    def test_a_stranger_sees_neither_desk_nor_design(self, client: Client) -> None:
        for path in ("/staff/", "/staff/design/"):
            assert client.get(path).status_code == 302

    @pytest.mark.parametrize("line", desk.LINES)
    def test_the_living_page_shows_each_line(self, line: str) -> None:
        from django.template.loader import render_to_string  # noqa: PLC0415

        from balise.foundation.web.desk import samples  # noqa: PLC0415

        request = RequestFactory().get("/staff/design/")
        request.actor = ANYONE  # type: ignore[attr-defined]
        request.user = None  # type: ignore[assignment]
        with translation.override("fr"):
            page = render_to_string("web/pages/design.html", samples(line), request)
        assert not faults(page, is_public=False)


class TestTheStrictClient:
    WHOLE = '<html lang="fr"><title>Accueil</title><main><h1>Bonjour</h1>{}</main></html>'

    @pytest.mark.parametrize(
        "flaw",
        [
            "<h1>Encore</h1>",
            "<a href='/x' onclick='y()'>z</a>",
            "<p style='color:red'>x</p>",
            "<script>x()</script>",
            "<style>p{}</style>",
            "{{ name }}",
            "{% if %}",
            "<input name='a'>",
            "<a href='/x'></a>",
            "<img src='/x.png'>",
            "<p id='a'></p><p id='a'></p>",
            "<p aria-describedby='nowhere'>x</p>",
            "<table><tr><th>x</th></tr></table>",
            "<script src='https://elsewhere.example/x.js'></script>",
            "<a href='javascript:x()'>x</a>",
        ],
    )
    def test_sees_a_flaw(self, flaw: str) -> None:
        assert faults(self.WHOLE.replace("{}", flaw))

    def test_lets_a_good_page_pass(self) -> None:
        good = "<label for='a'>Nom</label><input id='a' name='a'><button>Envoyer</button>"
        assert not faults(self.WHOLE.replace("{}", good))

    def test_sees_a_title_that_tells(self) -> None:
        page = self.WHOLE.replace("Accueil", "Signaler un viol").replace("{}", "")
        assert faults(page)
        assert not faults(page, is_public=False)

    def test_refuses_the_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("balise.foundation.web.testing.faults", lambda *_a, **_k: ["wrong"])
        with pytest.raises(PageFaulty, match="wrong"):
            StrictClient().get("/fr/")
