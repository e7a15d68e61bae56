"""The app's own origin: what the signed release names, what its scripts ask for, no more."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker
from tests.architecture.test_doors import views
from tests.own import APP, HERE, beside, own_origin

from balise.config import checks
from balise.config.own import ROOT_URLCONF
from balise.config.tests.test_open_addresses import BODIES, address, browser, none, walk
from balise.config.tests.test_staff_addresses import methods
from balise.foundation.web import quick_exit
from balise.foundation.web.spending import budget_of
from balise.helpline.app.queries import release

pytestmark = pytest.mark.django_db

# What the scripts of the app call, and where one leaves and comes back.
ASKED = {
    *("", "exit/", "csp/", "^(?P<path>.+)$"),
    *("<str:language>/app/state.json", "app/count/"),
    *(f"app/release.{part}" for part in ("json", "sig", "key")),
    *(f"app/vault/{part}" for part in ("stamp", "invitation", "link", "link/open")),
    "app/vault/invitation/reveal",
    *(f"app/vault/share{part}" for part in ("", "/state", "/revoke")),
    *(f"app/vault/backup/<str:locator>{part}" for part in ("", "/<str:number>")),
    "app/vault/link/withdraw",
}
WRITES = {"post", "put", "patch", "delete"}
MARKS = {quick_exit.AWAY_COOKIE, quick_exit.LEFT_COOKIE}
LEADS = re.compile(r"""<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)""")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Draw and sign the release of a centre whose app has an origin of its own, once."""
    home = tmp_path_factory.mktemp("own")
    with django_db_blocker.unblock(), beside(), override_settings(HOME=home):
        call_command("release", "key", out=home / "private.pem")
        call_command("release", "make")
        call_command("release", "sign", key=home / "private.pem")
    return home


@pytest.fixture
def app(drawn: Path) -> Iterator[Client]:
    """Give a browser at the app's own origin."""
    with own_origin(), override_settings(HOME=drawn):
        yield Client(headers=HERE)


@pytest.fixture
def public(drawn: Path) -> Iterator[Client]:
    """Give a browser at the public origin of that centre."""
    with beside(), override_settings(HOME=drawn):
        yield Client()


def files(home: Path) -> dict[str, Any]:
    told = json.loads((home / "release" / release.MANIFEST).read_bytes())
    return {each["path"]: each for each in told["files"]}


class TestWhatIsThere:
    def test_is_each_file_of_the_release_byte_for_byte(self, app: Client, drawn: Path) -> None:
        listed = files(drawn)
        assert {"/fr/app/", "/en/app/vault/", "/fr/app/notes.webmanifest", "/worker.js"} <= set(
            listed
        )
        for path, told in listed.items():
            answer = app.get(path)
            assert answer.status_code == HTTPStatus.OK, path
            assert sha256(answer.content).hexdigest() == told["sha256"]
            assert not answer.cookies

    def test_leads_inside_or_says_the_whole_address(self, drawn: Path) -> None:
        listed, led = files(drawn), set()
        for path, told in listed.items():
            if not path.startswith(("/fr/", "/en/")) or path.endswith("webmanifest"):
                continue
            page = (drawn / "release/files" / told["sha256"]).read_text("utf-8")
            for found in LEADS.findall(page):
                at = found.partition("#")[0].partition("?")[0]
                led.add(at)
                is_inside = at in listed or at in {"", "/exit/"}
                is_outside = at.startswith((settings.PUBLIC_ADDRESS, "tel:", "sms:", "https:"))
                assert is_inside or is_outside, (path, found)
        assert {f"{settings.PUBLIC_ADDRESS}/fr/talk/", "/fr/app/quiz/"} <= led

    def test_is_signed_with_a_policy_that_names_the_public_origin(self, app: Client) -> None:
        answer = app.get("/fr/app/vault/")
        policy = answer["Content-Security-Policy"]
        for directive in ("connect-src 'self'", "form-action 'self'", "frame-src"):
            assert f"{directive} {settings.PUBLIC_ADDRESS}" in policy
        assert "nonce-" not in policy
        assert "frame-src" not in app.get("/fr/app/")["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy

    def test_runs_nothing_but_what_the_app_runs(self, app: Client, drawn: Path) -> None:
        (page,) = (path for path in files(drawn) if "/verify." in path)
        assert app.get(page)["Content-Type"] == "application/octet-stream"

    def test_is_the_home_at_the_name_of_the_site(self, app: Client) -> None:
        english = app.get("/", headers={"Accept-Language": "en"})
        assert english.content == app.get("/en/app/").content
        app.cookies[quick_exit.AWAY_COOKIE] = "1"
        back = app.get("/")
        assert back.status_code == HTTPStatus.OK
        assert back.cookies[quick_exit.AWAY_COOKIE]["max-age"] == 0

    def test_is_whether_the_chat_is_open(self, app: Client) -> None:
        assert app.get("/fr/app/state.json").json()["says"]
        assert app.get("/en/app/state.json").json()["elsewhere"]
        assert app.get("/xx/app/state.json").status_code == HTTPStatus.NOT_FOUND

    def test_takes_one_use_of_who_agreed(self, app: Client) -> None:
        sent = app.post("/app/count/", {"kind": "open"}, headers={"Origin": APP})
        assert sent.status_code in {HTTPStatus.NO_CONTENT, HTTPStatus.BAD_REQUEST}


class TestNothingElse:
    def test_is_there_of_all_doors(self, app: Client) -> None:
        asked = 0
        with override_settings(ROOT_URLCONF="balise.config.urls"):
            every = {route for route, _view in views()}
        here = {address(route) for route, _view in views(get_resolver(ROOT_URLCONF))}
        for route in every:
            path = address(route)
            if path in here | {"/fr/app/state.json"} or release.given(path):
                continue
            answer = app.get(path)
            assert answer.status_code == HTTPStatus.NOT_FOUND, path
            assert not answer.cookies
            assert "Location" not in answer
            asked += 1
        assert asked > 500

    def test_is_called_by_a_script(self) -> None:
        assert {route for route, _view in views(get_resolver(ROOT_URLCONF))} == ASKED

    def test_is_broken_by_what_is_sent(self, app: Client) -> None:
        found = []
        for route, view in views(get_resolver(ROOT_URLCONF)):
            path = "/nothing/" if route.startswith("^") else address(route)
            for method in methods(app, path):
                for kind, body in BODIES if method in WRITES else [("", b"")]:
                    answer = app.generic(method.upper(), path, body, kind)
                    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                        found.append((route, method, body, answer.status_code))
                    assert set(answer.cookies) <= MARKS
                    assert b"<html" not in answer.content or answer.status_code in {200, 404}
            is_free = getattr(view, "writes_nothing", "")
            assert (
                is_free
                or budget_of(view, RequestFactory().put("/"))
                or not (WRITES & set(methods(app, path)))
            ), route
        assert not [one for one in found if one[-1] not in {503, 507}], found

    def test_leads_anywhere_but_out(self, app: Client) -> None:
        answer = app.get("/exit/")
        assert answer["Location"] == f"{settings.PUBLIC_ADDRESS}/exit/"
        assert set(answer.cookies) == MARKS
        for path in ("/fr/app/", "/fr/app/vault/", "/nothing/", "/app/release.json"):
            away = app.get(path)
            assert away["Location"] == settings.CENTRE.quick_exit
            assert not away.content
        assert app.get("/").status_code == HTTPStatus.OK

    def test_comes_from_another_origin(self, app: Client) -> None:
        for told in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": settings.PUBLIC_ADDRESS},
            {"Origin": "https://other.example", "Sec-Fetch-Site": "same-origin"},
        ):
            refused = app.post("/app/count/", {"kind": "open"}, headers=told)
            assert refused.status_code == HTTPStatus.FORBIDDEN, told
        beside_us = {"Sec-Fetch-Site": "same-site", "Origin": settings.PUBLIC_ADDRESS}
        assert app.post("/exit/", headers=beside_us).status_code == HTTPStatus.NO_CONTENT

    def test_answers_to_another_name(self, drawn: Path) -> None:
        with own_origin(), override_settings(HOME=drawn):
            other = Client(headers={"host": "centre.example"})
            assert other.get("/fr/app/").status_code == HTTPStatus.BAD_REQUEST

    def test_was_shared_without_a_worker(self, app: Client) -> None:
        sent = app.post("/app/shared/", {"text": "x"}, headers={"Origin": "null"})
        assert sent.status_code == HTTPStatus.NOT_FOUND
        assert "n’est pas arrivé" in sent.text


class TestTheRelease:
    def test_before_holds_until_the_new_one_is_signed(self, drawn: Path, tmp_path: Path) -> None:
        with beside(), override_settings(HOME=tmp_path):
            call_command("release", "key", out=tmp_path / "private.pem")
            call_command("release", "make")
            assert release.given("/fr/app/") is None
            call_command("release", "sign", key=tmp_path / "private.pem")
            signed = release.signed()
            call_command("release", "make")
            assert signed is not None
            assert release.signed() == signed
            assert release.given("/fr/app/") is not None

    def test_does_not_give_a_file_that_was_changed(self, app: Client, drawn: Path) -> None:
        told = files(drawn)["/fr/app/danger/"]["sha256"]
        file = drawn / "release/files" / told
        was = file.read_bytes()
        release._given.cache_clear()
        try:
            file.write_bytes(was.replace(b"112", b"999"))
            assert app.get("/fr/app/danger/").status_code == HTTPStatus.NOT_FOUND
        finally:
            file.write_bytes(was)
            release._given.cache_clear()

    def test_says_for_which_origins_it_was_drawn(self, app: Client) -> None:
        told = json.loads(app.get("/app/release.json").content)
        assert told["origins"] == {"app": APP, "public": settings.PUBLIC_ADDRESS}


class TestThePublicOrigin:
    def test_leads_to_the_app(self, public: Client, drawn: Path) -> None:
        pages = [path for path in files(drawn) if path.startswith(("/fr/app/", "/en/app/"))]
        stays = ("/app/vault/", "/app/offline/", "/app/lost/")
        led = [path for path in pages if not path.endswith(stays)]
        assert len(led) > 20
        for path in led:
            answer = public.get(f"{path}?look=notes")
            assert answer.status_code == HTTPStatus.SEE_OTHER, path
            assert answer["Location"] == f"{APP}{path}?look=notes"

    def test_answers_the_quiz_of_who_has_no_script(self, public: Client, drawn: Path) -> None:
        told = files(drawn)["/fr/app/quiz/primary/"]["sha256"]
        page = (drawn / "release/files" / told).read_text("utf-8")
        assert f'action="{settings.PUBLIC_ADDRESS}/fr/app/quiz/primary/"' in page
        assert public.post("/fr/app/quiz/primary/", {"a1": "4"}).status_code == HTTPStatus.OK

    def test_keeps_a_release_of_the_vault_s_page_alone(self, public: Client, drawn: Path) -> None:
        told = json.loads(public.get("/app/release.json").content)
        pages = {each["path"] for each in told["files"] if each["path"].startswith("/fr/")}
        assert pages == {"/fr/app/vault/", "/fr/app/offline/"}
        assert APP in public.get("/worker.js").text
        assert f'data-moved="{APP}/fr/app/vault/"' in public.get("/fr/app/vault/").text
        assert APP not in files(drawn)["/worker.js"]

    def test_gives_a_vault_to_the_app_s_origin_alone(self, public: Client) -> None:
        answer = public.get("/app/vault/moving/")
        assert f"frame-ancestors {APP}" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert f'data-app="{APP}"' in answer.text

    def test_names_the_app_s_address_where_it_leads_there(self, public: Client) -> None:
        assert f"{APP}/fr/app/what-happens/" in public.get("/fr/").text
        assert f"{APP}/fr/app/what-happens/" in public.get("/fr/talk/").text
        assert f"{APP}/fr/app/from/#" in public.get("/fr/app/button/?platform=tiktok").text

    def test_is_left_from_the_app(self, public: Client) -> None:
        answer = public.get("/exit/", headers={"Sec-Fetch-Site": "same-site"})
        assert answer["Location"] == settings.CENTRE.quick_exit
        assert set(answer.cookies) == MARKS

    def test_is_not_broken_by_what_is_sent(self, public: Client) -> None:
        asked = list(walk("public", browser()))
        assert len(asked) > len(BODIES)
        none([one for one in asked if one.status >= HTTPStatus.INTERNAL_SERVER_ERROR])


def test_without_an_origin_of_its_own_nothing_gives_a_vault_away(client: Client) -> None:
    assert client.get("/app/vault/moving/").status_code == HTTPStatus.NOT_FOUND
    assert "data-moved" not in client.get("/fr/app/vault/").text
    assert [each.id for each in checks.the_app_has_an_origin()] == ["balise.W027"]
    assert checks.the_app_stands_alone() == []


@pytest.mark.parametrize(("doors", "at"), [(["app"], ""), (["public", "app"], APP)])
def test_the_app_s_door_opens_alone(doors: list[str], at: str) -> None:
    with override_settings(DOORS=doors, APP_ADDRESS=at):
        assert [each.id for each in checks.the_app_stands_alone()] == ["balise.E026"]


def test_one_mark_of_leaving_is_for_both_hosts() -> None:
    with beside(), override_settings(LEAVING_DOMAIN="centre.example"):
        answer = Client().get("/exit/")
        for name in MARKS:
            assert answer.cookies[name]["domain"] == "centre.example"
            assert answer.cookies[name]["samesite"] == "Strict"
        assert 'data-domain="centre.example"' in Client().get("/fr/").text
