"""Each address outside the staff door: nothing that a stranger sends breaks it or opens the API.

The addresses are read from the URL conf, so that a new one is asked too. What each page does for
the person it is meant for is tested beside its module; streams are in `test_stream_addresses.py`.
"""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from tests.architecture.test_doors import views

from balise.config.modules import modules
from balise.config.roles import ROLES
from balise.config.tests.test_staff_addresses import PLACE, SECRET, methods
from balise.foundation.accounts.tests.makers import make_account, make_token, sign_in

pytestmark = pytest.mark.django_db

# Sent with each method that takes a body: what a form, a program or an attacker may send.
BODIES = (
    ("application/x-www-form-urlencoded", b""),
    ("application/x-www-form-urlencoded", b"go=send&addresses=%00%FF&code=%F0%9F&age_band=nobody"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ("application/json", b""),
    ("application/json", b'{"a": [[[["\\ud800"]]]], "a": 1e999}'),
    ("application/json", b"null"),
    ("text/plain; charset=nothing", b"\x00\xff"),
)
# What a program sends that has read the document: one for each address that takes a body.
LAWFUL = {
    "api/v1/hotline/reports": {"addresses": ["https://pictures.example/1"]},
    "api/v1/matching/look-up/": {"signals": [{"kind": "md5", "value": "0" * 32}]},
    "api/v1/hotline/hashes/questions": {"hashes": [{"kind": "md5", "hash": "0" * 32}]},
    "api/v1/hotline/hashes/answers": {
        "answers": [{"handle": "00000000-0000-4000-8000-000000000000", "answer": "received"}]
    },
}
# What describes the API is for everyone.
DOCUMENTS = {"api/v1/", "api/v1/openapi.json"}
SHUT = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
}
UNREAD = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}


class Asked(NamedTuple):
    """What was sent to which address, and what came back."""

    route: str
    method: str
    kind: str
    body: bytes
    status: int
    fault: str


def routes(door: str) -> list[str]:
    """Return the routes of a door."""
    return sorted({route for route, view in views() if view.door == door})


def address(route: str) -> str:
    """Return an address in which nothing is real."""
    return "/" + PLACE.sub(
        lambda place: str(uuid4()) if place[1].startswith("uuid") else "nothing", route
    )


def browser() -> Client:
    """Return the browser of a stranger, which holds the token of a form."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    return client


def walk(door: str, client: Client, **headers: str) -> Iterator[Asked]:
    """Send each body to each address of a door by each method that it takes."""
    for route in routes(door):
        path = address(route)
        for method in methods(client, path):
            for kind, body in BODIES if method in {"post", "put", "patch"} else [("", b"")]:
                status, fault = HTTPStatus.INTERNAL_SERVER_ERROR, ""
                said = {"X-CSRFToken": SECRET, **headers}
                try:
                    answer = client.generic(method.upper(), path, body, kind, headers=said)
                    status = HTTPStatus(answer.status_code)
                except Exception as error:  # noqa: BLE001 - what the walk is there to find
                    fault = f"{type(error).__name__}: {error}"
                yield Asked(route, method, kind, body, status, fault)


def none(found: list[Asked]) -> None:
    assert not found, "\n".join(map(str, [len(found), *found[:40]]))


def is_open(one: Asked) -> bool:
    """Return whether the API did something; it tells anyone which methods an address takes."""
    return one.status not in SHUT and one.route not in DOCUMENTS and one.method != "options"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Let the refusals of the walk stay out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_nothing_that_is_sent_breaks_a_public_page() -> None:
    there = set(routes("public"))  # in the language of now, which each page changes
    asked = list(walk("public", browser()))

    assert {each.route for each in asked} == there
    none([each for each in asked if each.status >= HTTPStatus.INTERNAL_SERVER_ERROR])


@pytest.mark.parametrize("who", ["nobody", "of the staff", "with a false token"])
def test_the_api_is_shut_without_a_token(who: str) -> None:
    client, headers = browser(), {}
    if who == "of the staff":
        sign_in(client, make_account(ROLES[0].code))
    elif who == "with a false token":
        headers = {"Authorization": f"Bearer {SECRET}"}
    asked = list(walk("api", client, **headers))

    assert {each.route for each in asked} == set(routes("api"))
    none([each for each in asked if is_open(each)])


def test_a_token_without_a_scope_opens_nothing() -> None:
    """A body that is wrong may be refused first: the document of what is right is for everyone."""
    token = make_token()[1]
    asked = list(walk("api", browser(), Authorization=f"Bearer {token}"))
    lawful = sent_lawfully(token)

    none([one for one in asked if is_open(one) and not (one.kind and one.status in UNREAD)])
    assert lawful == dict.fromkeys(LAWFUL, HTTPStatus.FORBIDDEN)


def test_each_lawful_body_is_read_where_the_scope_is_there() -> None:
    """Else the refusal above could be of the body."""
    document = Client().get("/api/v1/openapi.json").json()
    takes_a_body = {
        address.removeprefix("/")
        for address, methods_of in document["paths"].items()
        for operation in methods_of.values()
        if "requestBody" in operation
    }
    scopes = [scope.code for module in modules().values() for scope in module.scopes]
    refused = UNREAD | SHUT

    assert takes_a_body == LAWFUL.keys()
    found = sent_lawfully(make_token(*scopes)[1])
    assert not {route: status for route, status in found.items() if status in refused}


def sent_lawfully(token: str) -> dict[str, int]:
    """Return what each lawful body is answered."""
    told = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    return {
        route: Client()
        .post(f"/{route}", body, content_type="application/json", headers=told)
        .status_code
        for route, body in LAWFUL.items()
    }
