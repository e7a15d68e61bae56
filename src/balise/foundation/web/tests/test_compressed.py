"""Pages of staff leave compressed; files and the public door's pages as they are."""

import gzip
from http import HTTPStatus

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.web.doors import View, public, staff

TAKES = {"Accept-Encoding": "gzip"}
LONG = "mot " * 1_000


def answered(view: View, *, takes: bool = True) -> HttpResponse:
    request = RequestFactory().get("/", headers=TAKES if takes else {})
    request.actor = Actor(ActorKind.STAFF, "x", frozenset())  # type: ignore[attr-defined]
    return view(request)


def page(_request: object) -> HttpResponse:
    return HttpResponse(LONG)


def file(_request: object) -> HttpResponse:
    return HttpResponse(LONG, content_type="text/csv")


def test_a_page_of_staff_is_compressed_for_a_browser_that_takes_it() -> None:
    answer = answered(staff(page))
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == LONG
    assert "Accept-Encoding" in answer["Vary"]
    assert len(answer.content) < len(LONG) // 5
    assert "Content-Encoding" not in answered(staff(page), takes=False)


def test_the_same_page_has_another_length_each_time() -> None:
    lengths = {len(answered(staff(page)).content) for _time in range(40)}
    assert len(lengths) > 5  # its length tells nobody what it says (BREACH)


@pytest.mark.parametrize("view", [staff(file), public(page)])
def test_other_answers_stay_as_they_are(view: View) -> None:
    assert "Content-Encoding" not in answered(view)


@pytest.mark.django_db
def test_the_home_of_staff_is_compressed() -> None:
    client = Client()  # plain: the one of the fixture reads pages as they are
    sign_in(client, make_account("listener"))
    answer = client.get("/staff/", headers=TAKES)
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(answer.content)
