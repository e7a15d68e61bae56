"""Each page of staff: for anyone, for another role, for the right one, for someone else's case."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, override_settings
from django.utils.translation import gettext, override, pgettext

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.pictures.tests.makers import a_screen
from balise.helpline.vault import ports, queries
from balise.helpline.vault.actions import inviting, sharing
from balise.helpline.vault.models import Share
from balise.helpline.vault.tests.makers import an_item, invited, shared, taken

pytestmark = pytest.mark.django_db

STAFF = "/staff/helpline/vault/"
WAYS = (
    "case/{case}/invite/",
    "case/{case}/dossier/",
    "item/{share}/open/",
    "item/{share}/close/",
    "item/{share}/seen/",
)
READS = ("item/{share}/", "item/{share}/drawn/")


@pytest.fixture
def listener(client: Client) -> Actor:
    return actor_of(sign_in(client, make_account("listener", name="Camille")))


def in_french(said: str) -> str:
    """Return words as the pages say them, whatever is compiled here."""
    with override("fr"):
        return gettext(said)


def a_shared(by: Actor, **of: Any) -> tuple[UUID, UUID, str]:
    case, _words, known = invited(by)
    share, secret = shared(known, an_item(**of))
    return case, share, secret


def answers_of(client: Client, case: UUID, share: UUID) -> set[int]:
    posts = [client.post(STAFF + way.format(case=case, share=share)) for way in WAYS]
    reads = [client.get(STAFF + way.format(case=case, share=share)) for way in READS]
    return {answer.status_code for answer in (*posts, *reads)}


class TestDoors:
    def test_are_closed_to_anyone(self, client: Client) -> None:
        case, share, _secret = a_shared(make_listener())
        assert answers_of(client, case, share) <= {302, 403}
        assert Share.objects.get().openings == 0

    def test_are_closed_to_other_roles(self, client: Client) -> None:
        case, share, _secret = a_shared(make_listener())
        sign_in(client, make_account("analyst"))
        assert answers_of(client, case, share) <= {403, 404}

    def test_are_closed_on_someone_else_s_case(self, client: Client, listener: Actor) -> None:
        case, share, _secret = a_shared(make_listener(name="Alix"))
        make_case(by=listener)
        assert answers_of(client, case, share) == {404}
        assert Share.objects.get().openings == 0


class TestTheCase:
    def test_shows_the_words_of_its_key_and_the_items(
        self, client: Client, listener: Actor
    ) -> None:
        case, words, known = invited(listener)
        share, secret = shared(known, an_item())
        page = client.get(f"/staff/helpline/cases/{case}/").content.decode()
        assert f"{STAFF}item/{share}/" in page
        shelf = queries.of_case(case, language="fr", seen_by=listener)
        assert shelf is not None
        assert len(shelf.key_words) == 4
        assert " ".join(shelf.key_words) in page
        assert words.words not in page
        sharing.revoke(secret=secret)
        page = client.get(f"/staff/helpline/cases/{case}/").content.decode()
        assert f"{STAFF}item/{share}/" not in page

    def test_shows_no_four_words_before_the_device_does(
        self, client: Client, listener: Actor
    ) -> None:
        case = make_case(by=listener)
        words = inviting.invite(case_id=case, language="fr", by=listener).words
        before = client.get(f"/staff/helpline/cases/{case}/").content.decode()
        assert "Jusque-là, n’en dites aucun." in before
        taken(words)
        after = client.get(f"/staff/helpline/cases/{case}/").content.decode()
        assert "Jusque-là, n’en dites aucun." not in after
        assert "Dites ces quatre mots." in after

    def test_shows_eight_words_once(self, client: Client, listener: Actor) -> None:
        case = make_case(by=listener)
        page = client.post(f"{STAFF}case/{case}/invite/")
        assert page.status_code == HTTPStatus.OK
        assert page.content.decode().count("<li>") >= 8
        assert client.get(f"{STAFF}case/{case}/invite/").status_code == 405

    def test_hands_its_dossier_over(self, client: Client, listener: Actor) -> None:
        case, _share, _secret = a_shared(listener)
        answer = client.post(f"{STAFF}case/{case}/dossier/")
        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Disposition"].startswith("attachment")
        empty = make_case(by=listener, title="Autre")
        assert client.post(f"{STAFF}case/{empty}/dossier/").status_code == HTTPStatus.FOUND


class TestAnItem:
    def test_is_asked_before_it_is_opened(self, client: Client, listener: Actor) -> None:
        _case, share, _secret = a_shared(listener)
        asked = client.get(f"{STAFF}item/{share}/").content.decode()
        assert "tu verras demain" not in asked
        assert Share.objects.get().openings == 0
        opened = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert "tu verras demain" in opened
        assert Share.objects.get().openings == 1

    def test_shows_no_mark_up_of_anyone(self, client: Client, listener: Actor) -> None:
        _case, share, _secret = a_shared(listener, original=b"<script>alert(1)</script>")
        page = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_that_does_not_open_says_so(self, client: Client, listener: Actor) -> None:
        _case, share, _secret = a_shared(listener)
        kept = Share.objects.get()
        kept.body = bytes(kept.body)[:-1]
        kept.save()
        answer = client.post(f"{STAFF}item/{share}/open/", follow=True)
        said = "This item does not open: it was changed, or encrypted to another key."
        assert in_french(said) in answer.content.decode()

    def test_tells_of_a_clock_that_is_a_year_ahead(self, client: Client, listener: Actor) -> None:
        _case, share, _secret = a_shared(listener, taken_at="2099-10-05T17:12:00Z")
        page = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert in_french("The telephone’s time is not right") in page

    def test_is_blurred_first_where_it_is_a_picture(self, client: Client, listener: Actor) -> None:
        case, share, _secret = a_shared(
            listener, kind="photo", original=a_screen(), type="image/png"
        )
        page = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert 'class="veiled"' in page
        drawn = client.get(f"{STAFF}item/{share}/drawn/")
        assert (drawn["Content-Type"], drawn.content[8:12]) == ("image/webp", b"WEBP")
        closed = client.post(f"{STAFF}item/{share}/close/")
        assert str(case) in closed["Location"]

    def test_is_seen_once_the_page_tells_that_it_was_drawn(
        self, client: Client, listener: Actor
    ) -> None:
        _case, share, secret = a_shared(listener)
        seen = f"{STAFF}item/{share}/seen/"
        assert client.post(seen).status_code == HTTPStatus.CONFLICT  # nobody opened it
        page = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert f'hx-post="{seen}"' in page
        assert queries.states([secret])[0]["seen_at"] is None
        assert client.post(seen).status_code == HTTPStatus.NO_CONTENT
        first = queries.states([secret])[0]["seen_at"]
        assert first
        client.post(seen)
        assert queries.states([secret])[0]["seen_at"] == first
        assert Entry.objects.filter(event="helpline.vault.shown").count() == 1

    def test_a_young_person_is_told_first_where_pictures_are_off(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = (
            "Your listener cannot see pictures here, only your words. Write what it shows, or call."
        )
        assert said not in client.get("/en/app/vault/").content.decode()
        monkeypatch.setattr(ports.draw, "_answer", None)
        assert client.get("/en/app/vault/").content.decode().count(said) == 3

    def test_is_not_shown_where_pictures_are_off(
        self, client: Client, listener: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for port in (ports.draw, ports.close):
            monkeypatch.setattr(port, "_answer", None)
        _case, share, _secret = a_shared(
            listener, kind="photo", original=a_screen(), type="image/png"
        )
        page = client.post(f"{STAFF}item/{share}/open/").content.decode()
        assert "veiled" not in page
        with override("fr"):
            said = pgettext("vault", "Pictures and recordings are not shown at this centre.")
        assert said in page
        assert client.get(f"{STAFF}item/{share}/drawn/").status_code == 404


def test_who_says_undressed_reads_where_it_can_be_stopped_today(client: Client) -> None:
    page = client.get("/fr/app/vault/").text
    guarded = page[page.index('data-screen="not-stored"') : page.index('data-screen="details"')]
    assert "https://takeitdown.ncmec.org/" in guarded
    assert "/fr/lab/" in guarded


class TestTheRecorder:
    """Off until counsel has answered; then the microphone is open to one page."""

    PAGE = "/fr/app/vault/"

    def test_no_page_has_a_microphone_until_counsel_has_answered(self, client: Client) -> None:
        with override_settings(RECORDER_BASIS=""):
            page = client.get(self.PAGE)
        assert "microphone=()" in page["Permissions-Policy"]
        assert 'data-screen="add"' in page.text
        assert 'data-screen="record"' not in page.text
        assert "#add/record" not in page.text

    def test_the_vault_s_page_alone_has_it_then(self, client: Client) -> None:
        with override_settings(RECORDER_BASIS="Someone, 2026-12-02"):
            page = client.get(self.PAGE)
            others = [client.get(path) for path in ("/fr/app/", f"{self.PAGE}link/", "/fr/")]
        assert "microphone=(self)" in page["Permissions-Policy"]
        assert "camera=()" in page["Permissions-Policy"]
        assert 'data-screen="record"' in page.text
        for other in others:
            assert "microphone=()" in other["Permissions-Policy"]

    def test_where_the_app_has_an_origin_of_its_own_the_public_one_has_none(
        self, client: Client
    ) -> None:
        own = {"RECORDER_BASIS": "Someone", "APP_ADDRESS": "https://app.centre.example"}
        with override_settings(**own):
            page = client.get(self.PAGE)
        assert "microphone=()" in page["Permissions-Policy"]
        assert 'data-screen="record"' not in page.text
