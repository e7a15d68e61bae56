"""`/cms/` on a host of its own: nothing of it elsewhere, and nothing else there."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.test import Client
from django.test.utils import override_settings

from balise.config import environment as env
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.web.navigation import whole

pytestmark = pytest.mark.django_db

HOST, HERE = "cms.localhost", {"host": "cms.localhost"}
MIDDLEWARE = [
    *configured.MIDDLEWARE[:3],
    "balise.foundation.web.navigation.CmsHostMiddleware",
    *configured.MIDDLEWARE[3:],
]


@pytest.fixture(autouse=True)
def _host() -> Iterator[None]:
    with override_settings(
        CMS_HOST=HOST,
        CMS_ADDRESS=f"http://{HOST}:8000",
        ALLOWED_HOSTS=[*configured.ALLOWED_HOSTS, HOST],
        MIDDLEWARE=MIDDLEWARE,
    ):
        yield


def test_elsewhere_there_is_none_of_it_for_anyone() -> None:
    browser = Client()
    sign_in(browser, make_account("editor"))
    for address in ("/cms/", "/cms/pages/", "/cms/nowhere/"):
        assert browser.get(address).status_code == 404
    assert browser.get("/staff/").status_code == 200


def test_there_one_signs_in_and_writes() -> None:
    browser = Client(headers=HERE)
    assert browser.get("/cms/")["Location"] == "/staff/account/login/?next=%2Fcms%2F"
    assert browser.get("/staff/account/login/").status_code == 200
    sign_in(browser, make_account("editor"))
    assert browser.get("/cms/").status_code == 200
    assert browser.get("/staff/")["Location"] == "/cms/"


@pytest.mark.parametrize(
    "address", ["/staff/people/", "/media/x", "/fr/", "/fr/talk/", "/api/v1/x", "/sitemap.xml"]
)
def test_there_is_nothing_else_there(address: str) -> None:
    browser = Client(headers=HERE)
    sign_in(browser, make_account("editor"))
    assert browser.get(address).status_code == 404


def test_pages_of_staff_lead_to_it() -> None:
    browser = Client()
    sign_in(browser, make_account("editor"))
    assert f'href="http://{HOST}:8000/cms/"' in browser.get("/staff/").text
    assert whole("/staff/") == "/staff/"


def test_its_session_is_of_that_host_alone() -> None:
    assert configured.SESSION_COOKIE_DOMAIN is None
    assert configured.CSRF_COOKIE_DOMAIN is None
    assert configured.CSRF_TRUSTED_ORIGINS == [configured.PUBLIC_ADDRESS]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("CMS.centre.example", "cms.centre.example"),
        ("", ""),
        ("centre.example", ""),
        ("https://cms.centre.example", ""),
        ("cms.centre.example:8000", ""),
    ],
)
def test_a_host_is_a_name_and_another_one(
    monkeypatch: pytest.MonkeyPatch, given: str, read: str
) -> None:
    monkeypatch.setattr(env, "FAULTS", [])
    monkeypatch.setenv("BALISE_CMS_HOST", given)
    found = env.host("BALISE_CMS_HOST", other_than="https://centre.example", id_="balise.E020")
    assert found == read
    assert bool(env.FAULTS) == bool(given and not read)
