"""Each address of Wagtail, each method, for nobody, another role and those who write: none breaks.

Places hold what is there, what is not, and words that Wagtail does not expect; what is asked and
sent is empty, or wrong.
"""

import logging
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple

import pytest
from django.conf import settings
from tests.architecture.test_doors import views

from balise.awareness.publications.models import Resource
from balise.awareness.publications.tests.makers import make_paper, make_picture, make_public
from balise.config.tests.test_staff_addresses import (
    METHODS,
    NOBODY,
    WHO_ASKS,
    Answer,
    ask,
    client_of,
)
from balise.foundation.accounts.tests.makers import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1800)]

WRITE = ("editor", "awareness_lead")
ENTRANCES = {"cms/logout/"}
QUERIES = ("", "?page_type=x&p=x&q=%00&link_text=x&target_pages=x&id=x&object_ids=x&ordering=x")
WRONG = {"text": ("x", "wagtailcore"), "int": ("987654", str(2**63))}
NAMED = re.compile(r"<(?:(\w+):)?(\w+)>")
NUMBER, OTHER = re.compile(r"<int:\w+>"), re.compile(r"<[\w:]+>")
PIECE = re.compile(r"[\^$\\]|\(\?P<(\w+)>[^)]*\)")


class Asked(NamedTuple):
    """What was asked by whom, and what came back."""

    who: str
    method: str
    path: str
    answer: Answer


def routes() -> list[str]:
    """Return every route of Wagtail behind the staff door."""
    return sorted({route for route, _view in views() if route.startswith("cms/")})


def there() -> dict[str, str]:
    """Return what is there, by the beginning of a name of a place."""
    shown, printed = make_picture(), make_paper()
    page = Resource.objects.get(pk=make_public(picture=shown, paper=printed))
    paper, picture = str(printed.pk), str(shown.pk)
    return {
        "cms/documents/": paper,
        "cms/images/": picture,
        "cms/api/main/^documents": paper,
        "cms/api/main/^images": picture,
        "cms/": str(page.pk),
        "revision": str(page.latest_revision.pk),
    }


def paths(route: str, real: dict[str, str]) -> Iterator[str]:
    """Yield the addresses of a route: with what is there, then with what is not or is no id."""
    plain = PIECE.sub(lambda piece: f"<int:{piece[1]}>" if piece[1] else "", route)
    words = {"app": "awareness_publications", "model": "resource", "action": "delete"}

    def found(place: re.Match[str]) -> str:
        _kind, name = place.groups()
        if name.startswith("revision"):
            return real["revision"]
        for word, said in words.items():
            if word in name.removeprefix("content_type_"):
                return said
        begins = max((each for each in real if route.startswith(each)), key=len)
        return {"destination_id": "3", "parent_page_id": "2"}.get(name, real[begins])

    yield "/" + NAMED.sub(found, plain)
    if NAMED.search(plain):
        for number, text in zip(WRONG["int"], WRONG["text"], strict=True):
            yield "/" + OTHER.sub(text, NUMBER.sub(number, plain))


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def walk(who: str, methods: tuple[str, ...]) -> list[Asked]:
    """Return what someone was answered at each address of Wagtail; nothing of it stays."""
    real = there()
    client = client_of(make_account(who) if who != NOBODY else None)
    return [
        Asked(who, method, path + query, ask(client, method, path + query))
        for route in routes()
        if route not in ENTRANCES
        for path in paths(route, real)
        for query in QUERIES
        for method in methods
    ]


def none(found: list[Asked]) -> None:
    assert not found, "\n".join(map(str, [len(found), *found[:60]]))


@pytest.mark.parametrize(
    ("who", "methods"),
    [
        ("editor", ("get", "post")),
        pytest.param("editor", METHODS, marks=pytest.mark.whole),
        pytest.param("awareness_lead", METHODS, marks=pytest.mark.whole),
    ],
)
def test_nothing_breaks_for_those_who_write(who: str, methods: tuple[str, ...]) -> None:
    asked = walk(who, methods)

    assert {one.answer.status for one in asked} > {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
    none([one for one in asked if one.answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR])


@pytest.mark.parametrize(
    ("who", "methods"),
    [
        (NOBODY, ("get", "post")),
        *(
            pytest.param(who, METHODS, marks=pytest.mark.whole)
            for who in (NOBODY, "analyst", "listener", "steering", "partner_member")
        ),
    ],
)
def test_others_are_shown_nothing_and_write_nothing(who: str, methods: tuple[str, ...]) -> None:
    asked = walk(who, methods)
    refused = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    let_in = [
        one
        for one in asked
        if one.answer.status not in refused and one.answer.leads != settings.LOGIN_URL
    ]

    assert len(asked) > len(routes())
    none(let_in)
    none([one for one in asked if set(one.answer.wrote) - WHO_ASKS])
