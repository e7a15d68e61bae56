"""The watch's pages: for the people of the line, and for nobody else."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now, today
from balise.foundation.journal import clerk
from balise.hotline.reports.tests.makers import make_decided
from balise.takedown.directory import actions as directory
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.directory.tests.makers import ANALYST as KEEPER, make_host
from balise.takedown.watch.actions import watching
from balise.takedown.watch.models import Removal, Watched
from balise.takedown.watch.rules.schedule import APART
from balise.takedown.watch.tests.makers import (
    GONE,
    ONLINE,
    SILENT,
    elsewhere,
    look,
    make_watched,
    told,
)

pytestmark = pytest.mark.django_db

WATCH = "/staff/takedown/watch/"
PAGES = ("", "removals/")
STEPS = ("look/", "stop/", "leads/")


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


def page(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def make_removals(*seconds: int, host: UUID | None = None, network: int | None = None) -> None:
    Removal.objects.bulk_create(
        Removal(
            entry=place + 1,
            line="hotline",
            host=host,
            network=network,
            country="FR",
            removed_on=today(),
            seconds=each,
        )
        for place, each in enumerate(seconds)
    )


class TestTheDoor:
    @pytest.mark.parametrize("address", PAGES)
    def test_sends_anyone_to_sign_in(self, client: Client, address: str) -> None:
        assert "/login/" in client.get(WATCH + address).headers["Location"]

    def test_is_closed_to_another_role(self, client: Client) -> None:
        watched = make_watched()
        sign_in(client, make_account("listener"))
        for address in PAGES:
            assert client.get(WATCH + address).status_code == HTTPStatus.FORBIDDEN, address
        for step in STEPS:
            answer = client.post(f"{WATCH}hotline/{watched.subject}/{step}")
            assert answer.status_code == HTTPStatus.FORBIDDEN, step
        assert Watched.objects.exists()

    def test_is_open_to_an_analyst(self, analyst: Client) -> None:
        for address in PAGES:
            assert analyst.get(WATCH + address).status_code == HTTPStatus.OK, address


class TestTheBoard:
    def test_is_empty_and_says_so(self, analyst: Client) -> None:
        assert "Rien n’a disparu" in page(analyst, WATCH)

    def test_lists_what_a_person_should_see(self, analyst: Client) -> None:
        moment = now()
        seen = {
            "gone": [GONE] * 3,
            "back": [*[GONE] * 3, ONLINE],
            "moved": [elsewhere("https://new.example/1")] * 3,
            "quiet": [SILENT],
        }
        subjects = {}
        for name, looks in seen.items():
            watched = make_watched(f"https://{name}.example/1")
            subjects[name] = str(watched.subject)
            start = moment - timedelta(days=4) if name == "quiet" else moment
            for place, each in enumerate(looks):
                look(watched, each, at=start + place * APART)
        found = page(analyst, WATCH)
        assert all(f"/staff/hotline/contents/{each}/" in found for each in subjects.values())
        assert "new.example" not in found

    def test_says_when_some_are_late(self, analyst: Client) -> None:
        make_watched()
        Watched.objects.update(next_check_at=now() - timedelta(hours=2))
        assert "Certains sont en retard" in page(analyst, WATCH)


class TestRemovals:
    def test_stand_by_the_organisation_that_was_told(self, analyst: Client) -> None:
        about = directory.About(kind=OrganisationKind.PLATFORM)
        host = directory.add_organisation(
            name="Réseau Exemple", domains=(), networks=(), about=about, by=KEEPER
        )
        make_removals(3_600, 7_200, 90_000, host=host)
        found = page(analyst, f"{WATCH}removals/?by=platform")
        assert f"/staff/takedown/directory/{host}/" in found
        assert "2 h 00 min" in found
        assert "1 j 1 h" in found

    def test_stand_by_network_and_country(self, analyst: Client) -> None:
        make_removals(60, network=64500)
        assert "AS64500" in page(analyst, f"{WATCH}removals/?by=network")
        assert "France" in page(analyst, f"{WATCH}removals/?by=country")

    @pytest.mark.parametrize(
        "asked", ["by=nonsense", "since=x&until=2026-01-01", "since=2030-01-01"]
    )
    def test_take_nonsense_for_the_last_year(self, analyst: Client, asked: str) -> None:
        assert analyst.get(f"{WATCH}removals/?{asked}").status_code == HTTPStatus.OK

    def test_are_shown_on_the_organisations_page(self, analyst: Client) -> None:
        host = make_host()
        address = f"/staff/takedown/directory/{host}/"
        assert "Délais de retrait" not in page(analyst, address)
        make_removals(3_600, host=host)
        assert "Délais de retrait" in page(analyst, address)


class TestSteps:
    def test_lead_back_to_the_content(self, analyst: Client) -> None:
        watched = make_watched()
        own = f"{WATCH}hotline/{watched.subject}/"
        content = f"/staff/hotline/contents/{watched.subject}/"
        assert analyst.post(f"{own}look/").headers["Location"] == content
        assert told("takedown.watch.look-asked")
        assert analyst.post(f"{own}stop/").headers["Location"] == content
        assert not Watched.objects.exists()
        assert analyst.post(f"{own}look/").headers["Location"] == content

    def test_show_where_it_leads_and_write_that_down(self, analyst: Client) -> None:
        watched = make_watched()
        own = f"{WATCH}hotline/{watched.subject}/leads/"
        assert "Elle ne mène pas ailleurs" in unescape(analyst.post(own).content.decode())
        look(watched, elsewhere("https://new.example/1"))
        answer = analyst.post(own)
        assert "https://new.example/1" in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert len(told("takedown.watch.address-read")) == 2
        assert analyst.post(f"{WATCH}hotline/{uuid4()}/leads/").status_code == HTTPStatus.NOT_FOUND


class TestTheContentsPage:
    def test_shows_what_the_watch_saw_and_the_earlier_file(self, analyst: Client) -> None:
        content = make_decided()
        watching.watch(
            line="hotline", subject=content.id, address="https://images.example/1", by=SYSTEM
        )
        watched, at = Watched.objects.get(), now()
        for place, each in enumerate([GONE, GONE, GONE, ONLINE]):
            look(watched, each, at=at + place * APART)
        clerk.tick()
        found = page(analyst, f"/staff/hotline/contents/{content.id}/")
        assert "Résultats de la veille" in found
        assert "Il est revenu" in found
        assert "Illégal" in found
        assert "images.example" not in found
