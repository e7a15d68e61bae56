"""Every kind of answer carries the headers of the house."""

from contextlib import closing
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client, override_settings

EXACT = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'; report-uri /csp/; report-to csp"
)
TRUSTED = "; require-trusted-types-for 'script'; trusted-types balise"
ANSWERS = {
    "/": 302,
    "/fr/": 200,
    "/en/legal/": 200,
    "/fr/nothing-here/": 404,
    "/staff/": 302,
    "/api/v1/nothing-here/": 404,
    "/robots.txt": 200,
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_an_answer_carries_them(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXACT} == EXACT
    assert answer["Cache-Control"] == "no-store"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Server" not in answer.headers


def test_a_public_page_trusts_no_text_as_script(client: Client) -> None:
    assert client.get("/fr/")["Content-Security-Policy"] == CSP + TRUSTED
    assert client.get("/fr/nothing-here/")["Content-Security-Policy"] == CSP + TRUSTED


def test_a_staff_page_runs_htmx(client: Client) -> None:
    policy = client.get("/staff/account/login/")["Content-Security-Policy"]
    assert "trusted-types" not in policy
    assert "unsafe" not in policy
    assert "script-src 'self' 'nonce-" in policy


@override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
def test_a_static_file_may_be_kept_but_not_taken_elsewhere() -> None:
    answer = Client().get("/static/balise/tokens.css")
    assert answer.status_code == 200
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" not in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()


def test_a_visit_leaves_no_cookie(client: Client) -> None:
    for path in ("/", "/fr/", "/fr/privacy/", "/fr/leaving/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == HTTPStatus.OK, path
        assert not client.cookies, path


@override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
def test_a_script_may_be_a_worker_of_our_pages() -> None:
    name = "Cross-Origin-Embedder-Policy"
    said = {"/static/balise/pulse.js": "require-corp", "/static/balise/tokens.css": None}
    for path, value in said.items():
        with closing(Client().get(path)) as answer:
            assert answer.headers.get(name) == value
    proxy = Path(__file__).parents[5] / "deploy" / "nginx.conf"
    assert f"add_header {name} require-corp" in proxy.read_text(encoding="utf-8")
