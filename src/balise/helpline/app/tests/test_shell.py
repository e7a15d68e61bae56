"""The pages of the app: the same for everyone, and what changes is asked apart."""

from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.encryption import p256
from balise.foundation.web.quick_exit import AWAY_SECONDS
from balise.helpline.app import module
from balise.helpline.app.documents.gathering import Gathering
from balise.helpline.app.queries import release

pytestmark = pytest.mark.django_db

PAGES = ("", "danger/", "help/", "removing/", "offline/", "settings/", "looks/", "looks/notes/")
ADDRESSES = [f"/{code}/app/{page}" for code, _name in settings.LANGUAGES for page in PAGES]


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    """Give a centre without a release."""
    settings.HOME = tmp_path
    return tmp_path


def sign(home: Path) -> None:
    """Make a key, and sign the release of this centre."""
    key = home / "private.pem"
    call_command("release", "key", out=key)
    call_command("release", "make")
    call_command("release", "sign", key=key)


class TestTheSameForEveryone:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_two_people_at_two_hours_get_the_same_bytes(self, address: str) -> None:
        first = Client().get(address)
        other = Client(headers={"Accept-Language": "en", "User-Agent": "other"})
        other.cookies["talk"] = "something"
        with clock.at(clock.now() + timedelta(hours=9)):
            second = other.get(address)

        assert first.status_code == HTTPStatus.OK
        assert first.content == second.content
        assert not first.cookies
        assert "nonce-" not in first["Content-Security-Policy"]

    def test_they_are_what_the_release_lists(self, client: Client) -> None:
        listed = {each.path: each for each in Gathering().files()}

        assert set(ADDRESSES) <= set(listed)
        for path in (*ADDRESSES, "/worker.js"):
            told = listed[path].told["sha256"]
            assert sha256(client.get(path).content).hexdigest() == told
        policy = Gathering()
        policy.files()
        assert (
            policy.headers["Content-Security-Policy"]
            == (client.get("/fr/app/")["Content-Security-Policy"])
        )

    def test_they_list_what_they_need(self) -> None:
        listed = {each.path for each in Gathering().files()}

        for name in ("app/app.css", "app/app.js", "app/look.js", "app/looks/notes.svg"):
            stem, _, kind = name.rpartition(".")
            assert any(
                each.startswith(f"/static/{stem}") and each.endswith(kind) for each in listed
            )

    def test_what_changes_is_asked_apart(self, client: Client) -> None:
        told = client.get("/fr/app/state.json").json()

        assert told["says"]
        assert any("Guadeloupe" in each for each in told["elsewhere"])


class TestTheRelease:
    def test_is_given_once_it_is_signed(self, client: Client, home: Path) -> None:
        call_command("release", "make")
        assert client.get("/app/release.json").status_code == HTTPStatus.NOT_FOUND
        assert [each.id for each in module.the_release_is_signed()] == ["balise.W472"]
        sign(home)
        parts = [client.get(f"/app/release.{part}").content for part in ("json", "sig", "key")]

        told, signature, public = parts
        assert p256.is_signed(told, signature=signature.decode(), public=public.decode())
        assert module.the_release_is_signed() == []

    def test_that_was_changed_is_not_given(self, client: Client, home: Path) -> None:
        sign(home)
        file = release.folder() / release.MANIFEST
        file.write_bytes(file.read_bytes().replace(b"/fr/app/", b"/fr/bad/"))

        assert client.get("/app/release.json").status_code == HTTPStatus.NOT_FOUND

    def test_no_key_is_written_over_another(self, home: Path) -> None:
        call_command("release", "key", out=home / "one.pem")
        with pytest.raises(CommandError):
            call_command("release", "key", out=home / "one.pem")
        assert (home / "one.pem").stat().st_mode & 0o777 == 0o400

    def test_no_key_that_is_none_signs(self, home: Path) -> None:
        call_command("release", "make")
        (home / "none.pem").write_text("none")
        with pytest.raises(CommandError):
            call_command("release", "sign", key=home / "none.pem")


class TestTheWorker:
    def test_knows_the_plain_page_and_for_how_long(self, client: Client) -> None:
        answer = client.get("/worker.js")

        assert answer["Content-Type"].startswith("text/javascript")
        assert f"const AWAY = {AWAY_SECONDS} * 1000" in answer.text
        assert settings.CENTRE.quick_exit.split("/")[2] in answer.text

    def test_what_is_shared_without_it_leads_to_the_vault(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/app/shared/", {"text": "x"})

        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert answer["Location"].endswith("/app/vault/#shared")


def test_a_look_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/fr/app/looks/nothing/").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/fr/app/nothing.webmanifest").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/fr/app/notes.webmanifest").json()["lang"] == "fr"
