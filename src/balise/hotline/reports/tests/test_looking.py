import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import squeezed
from balise.hotline.reports.actions import consulting
from balise.hotline.reports.actions.consulting import NothingSaid
from balise.hotline.reports.models import Content
from balise.hotline.reports.tests.makers import (
    ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)
from balise.hotline.welfare.actions import Enough
from balise.hotline.welfare.models import Exposure, Shift

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


def content_page(content: Content) -> str:
    return f"/staff/hotline/contents/{content.id}/"


class TestTheWalk:
    def test_anyone_and_another_role_open_nothing(self, client: Client) -> None:
        content = make_content()
        for act in ("open", "look"):
            assert client.post(f"{content_page(content)}{act}/").status_code == 302
        sign_in(client, make_account("listener"))
        for act in ("open", "look"):
            assert client.post(f"{content_page(content)}{act}/").status_code == 403
        assert not Shift.objects.exists()

    def test_an_unknown_content_is_not_found(self, client: Client, analyst: Account) -> None:
        nowhere = "/staff/hotline/contents/00000000-0000-4000-8000-000000000000/"
        assert client.post(f"{nowhere}open/").status_code == 404
        assert client.post(f"{nowhere}look/", headers=HTMX).status_code == 404


class TestOpening:
    def test_is_counted_and_written_down(self, client: Client, analyst: Account) -> None:
        content = make_content("https://a.example/x", category="csam", description="their words")
        assert "a.example/x" not in client.get(content_page(content)).text

        page = client.post(f"{content_page(content)}open/", headers=HTMX).text

        assert "https://a.example/x" in page
        assert "their words" in page
        assert 'href="https://a.example' not in page
        assert page.index("their words") < page.index("https://a.example/x")
        for event in ("hotline.content.consulted", "hotline.content.revealed"):
            assert Entry.objects.get(event=event).actor_key == str(analyst.id)
        row = Exposure.objects.get()
        assert (row.severity, row.items, row.seconds) == ("gravest", 1, 0)

    def test_is_a_part_of_the_page_with_script(self, client: Client, analyst: Account) -> None:
        part = client.post(f"{content_page(make_content())}open/", headers=HTMX).text

        assert "<h1" not in part
        assert "data-pane" in part
        assert "data-blur data-greyscale data-mute" in squeezed(part)

    def test_is_a_page_that_covers_itself_without_script(
        self, client: Client, analyst: Account
    ) -> None:
        content = make_content()

        page = client.post(f"{content_page(content)}open/").text

        assert f'http-equiv="refresh" content="60;url={content_page(content)}"' in squeezed(page)
        assert "<textarea" not in page
        assert Exposure.objects.get().seconds == 60

    def test_is_refused_with_what_to_do_instead(self, client: Client, settings: Settings) -> None:
        settings.LOOKING_HOURS = "07:00-16:00"
        content = make_content("https://a.example/x")
        with clock.at(datetime(2026, 11, 17, 20, tzinfo=UTC)):
            sign_in(client, make_account("analyst"))
            page = client.post(f"{content_page(content)}open/", headers=HTMX)
            alone = client.post(f"{content_page(content)}open/")

        assert page.status_code == alone.status_code == 422
        assert "Les heures de consultation sont terminées" in page.text
        assert "Ma journée" in alone.text
        assert "a.example" not in page.text + alone.text
        assert not Entry.objects.filter(event="hotline.content.consulted").exists()

    def test_never_shows_again_what_is_decided(self, client: Client, analyst: Account) -> None:
        content = make_decided()

        page = client.get(content_page(content)).text
        opened = client.post(f"{content_page(content)}open/", headers=HTMX).text

        assert "Connu et décidé : Illégal" in page
        assert "pictures.example" not in opened
        assert "Says what the law forbids." in opened
        assert consulting.consult(content_id=content.id, by=ANALYST).place is None


class TestLooking:
    def test_counts_while_the_page_is_open_and_covers_it_at_the_end(self, client: Client) -> None:
        content = make_content(category="csam")
        nine = datetime(2026, 11, 17, 9, tzinfo=UTC)
        look = f"{content_page(content)}look/"
        with clock.at(nine):
            sign_in(client, make_account("analyst"))
            client.post(f"{content_page(content)}open/", headers=HTMX)
        with clock.at(nine + timedelta(seconds=10)):
            assert client.post(look, {"touched": "1"}, headers=HTMX).status_code == 204
        with clock.at(nine + timedelta(seconds=15)):
            covered = client.post(look, {"ends": "1"}, headers=HTMX)
        with clock.at(nine + timedelta(seconds=25)):
            late = client.post(look, headers=HTMX)

        assert "data-pane" not in covered.text
        assert late.status_code == 422
        assert re.search("[Mm]asqué", late.text)
        assert Exposure.objects.get().seconds == 15

    def test_without_script_covering_leads_back(self, client: Client, analyst: Account) -> None:
        content = make_content()
        client.post(f"{content_page(content)}open/")

        answer = client.post(f"{content_page(content)}look/", {"ends": "1"})

        assert answer.headers["Location"] == content_page(content)


def reasons(content_id: UUID, language: str = "fr") -> str:
    return consulting.reasons_of(content_id=content_id, language=language, by=ANALYST)


class TestReasons:
    def test_go_into_what_is_sent_without_opening_the_rest(self) -> None:
        content = make_decided()

        assert reasons(content.id).startswith("Says")
        assert not Shift.objects.exists()
        with pytest.raises(NothingSaid), translation.override("en"):
            reasons(make_content("https://b.example").id)

    def test_are_in_the_language_of_who_reads_them_if_the_verdict_has_it(self) -> None:
        content = make_content()
        decision = replace(
            make_decision(), rationale="Appelle.", written_in="fr", translations={"en": "Calls."}
        )
        give_verdict(content.id, decision)

        said = [reasons(content.id, language) for language in ("fr", "en", "de")]
        assert said == ["Appelle.", "Calls.", "Appelle."]


def test_who_may_not_look_any_more_opens_nothing(settings: Settings) -> None:
    settings.LOOKING_HOURS = "07:00-16:00"
    content = make_content()
    with clock.at(datetime(2026, 11, 17, 20, tzinfo=UTC)), pytest.raises(Enough):
        consulting.consult(content_id=content.id, by=ANALYST)
