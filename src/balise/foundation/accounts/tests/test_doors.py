"""Who gets through the staff door to which page: anyone, the wrong role, the right one."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import cast
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from balise.foundation.accounts import visits
from balise.foundation.accounts.middleware import REACHABLE, ActorMiddleware
from balise.foundation.accounts.rules import Standing
from balise.foundation.accounts.tests.makers import make_account, rest, sign_in
from balise.foundation.web.doors import Request, staff

pytestmark = pytest.mark.django_db

LOGIN = "/staff/account/login/"
FACTORS = "/staff/account/factors/"

# Each page, and the roles that may open it; "any" is everyone who has passed the second factor.
PAGES = {
    "/staff/": "any",
    "/staff/account/sessions/": "any",
    "/staff/account/factors/": "any",
    "/staff/people/": "accounts_admin data_protection",
    "/staff/people/invite/": "accounts_admin",
    "/staff/partners/": "accounts_admin data_protection",
}
CAST = (
    "analyst",
    "hotline_lead",
    "listener",
    "helpline_lead",
    "editor",
    "steering",
    "accounts_admin",
    "data_protection",
)


class TestTheWalk:
    @pytest.mark.parametrize("page", PAGES)
    def test_anyone_is_sent_to_sign_in(self, client: Client, page: str) -> None:
        answer = client.get(page)

        assert answer.status_code == HTTPStatus.FOUND
        assert answer.headers["Location"].startswith(LOGIN)
        assert "next=" in answer.headers["Location"]

    @pytest.mark.parametrize("role", CAST)
    def test_each_role_opens_its_pages_and_no_other(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))

        opened = {page for page in PAGES if client.get(page).status_code == HTTPStatus.OK}
        assert opened == {
            page for page, roles in PAGES.items() if roles == "any" or role in roles.split()
        }

    @pytest.mark.parametrize("role", [role for role in CAST if role != "accounts_admin"])
    def test_each_act_is_closed_to_other_roles(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        unknown = uuid4()
        acts = [
            f"/staff/people/{unknown}/disable/",
            f"/staff/people/{unknown}/access/",
            f"/staff/people/{unknown}/send-again/",
            f"/staff/partners/tokens/{unknown}/revoke/",
        ]
        assert {client.post(act).status_code for act in acts} == {HTTPStatus.FORBIDDEN}

    def test_an_unknown_person_is_not_found(self, client: Client) -> None:
        sign_in(client, make_account("accounts_admin"))

        for act in ("", "disable/", "access/"):
            page = f"/staff/people/{uuid4()}/{act}"
            answer = client.post(page) if act else client.get(page)
            assert answer.status_code == HTTPStatus.NOT_FOUND


def staff_pages(
    patterns: list[URLPattern | URLResolver] | None = None, path: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name and address of every page under /staff/, ids made up."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from staff_pages(entry.url_patterns, here, inner)
        elif here.startswith("/staff/"):
            address = here.replace("<str:token>", "made-up").replace("<int:pk>", "7")
            for kind in ("account_id", "proposal_id", "partner_id", "token_id"):
                address = address.replace(f"<uuid:{kind}>", str(uuid4()))
            if "<" not in address:
                yield f"{space}{entry.name}", address


class TestDefaultDeny:
    def test_every_page_is_walked(self) -> None:
        assert len(list(staff_pages())) > 30

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_anyone_gets_nothing_but_the_way_in(self, client: Client, method: str) -> None:
        for name, page in staff_pages():
            if name in REACHABLE[Standing.NOBODY]:
                continue
            answer = getattr(client, method)(page)
            assert answer.status_code == HTTPStatus.FOUND, name
            assert answer.headers["Location"].startswith(LOGIN), name

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_without_a_second_factor_there_is_only_its_set_up(
        self, client: Client, method: str
    ) -> None:
        sign_in(client, make_account("accounts_admin"), factor="")
        for name, page in staff_pages():
            if name in REACHABLE[Standing.ENROLLING]:
                continue
            answer = getattr(client, method)(page)
            assert answer.status_code == HTTPStatus.FOUND, name
            assert answer.headers["Location"].startswith(FACTORS), name

    @pytest.mark.parametrize(
        "disguise",
        [
            "/staff/%70eople/",
            "/staff//people/",
            "/staff/people;/",
            "/staff/./people/",
            "/STAFF/people/",
            "/staff/people/%2e%2e/people/",
        ],
    )
    def test_a_disguised_address_opens_nothing(self, client: Client, disguise: str) -> None:
        answer = client.get(disguise)

        assert answer.status_code in {HTTPStatus.FOUND, HTTPStatus.NOT_FOUND}
        assert b"<table" not in answer.content

    def test_a_method_header_changes_nothing(self, client: Client) -> None:
        for header in ("X-HTTP-Method-Override", "X-Original-URL"):
            answer = client.get("/staff/people/", headers={header: "/staff/account/login/"})
            assert answer.headers["Location"].startswith(LOGIN)

    def test_the_public_door_reads_no_session(self, client: Client) -> None:
        sign_in(client, make_account())
        answer = client.get("/fr/")

        assert answer.status_code == HTTPStatus.OK
        assert "Cookie" not in answer.headers.get("Vary", "")


class TestUnattended:
    def test_a_call_the_page_makes_by_itself_keeps_nobody_awake(self, client: Client) -> None:
        account = sign_in(client, make_account())
        rest(client, timedelta(minutes=14))
        request = HttpRequest()
        request.session, request.user = client.session, account
        middleware = ActorMiddleware(lambda _request: HttpResponse())
        seen = request.session["visit"]["seen"]

        calling = staff(visits.unattended(lambda _request: HttpResponse()))
        middleware.process_view(cast("Request", request), calling, (), {})
        assert request.session["visit"]["seen"] == seen
        touching = staff(lambda _request: HttpResponse())
        middleware.process_view(cast("Request", request), touching, (), {})
        assert request.session["visit"]["seen"] > seen
