"""“One moment”: what someone reads whose file waits behind others, and what they typed is there."""

from collections.abc import Callable
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Page, Route

from balise.foundation.web import errors
from tests.browser import Someone
from tests.journeys.test_pages_are_accessible import FOUR, TWO, looked_at, reader

pytestmark = pytest.mark.journey

TYPED = "{the text of my badge}"
OURS = {"sec-fetch-site": "same-origin"}
ASKED = {
    "typed": lambda path: RequestFactory().post(path, {"text": TYPED}, headers=OURS),
    "a file": lambda path: RequestFactory().post(
        path, {"file": SimpleUploadedFile("badge.json", b"{}")}, headers=OURS
    ),
    "a paper": lambda path: RequestFactory().get(path),
}


def told(path: str, language: str, how: str) -> HttpResponse:
    """Return what a door answers whose lane is full."""
    request = ASKED[how](path)
    with override(language), closing(request):
        request.resolver_match = resolve(path)
        return errors.one_moment(request)


def shown(page: Page, answer: HttpResponse, path: str) -> None:
    """Open the answer in a browser, with the styles and scripts of the house."""
    page.unroute_all()
    page.route(f"**{path}", answered_with(answer))
    page.goto(path)


def answered_with(answer: HttpResponse) -> Callable[[Route], None]:
    return lambda route: route.fulfill(
        status=answer.status_code, content_type="text/html; charset=utf-8", body=answer.content
    )


@pytest.mark.whole
@pytest.mark.parametrize("how", ASKED)
def test_axe_finds_nothing_on_one_moment(someone: Someone, how: str) -> None:
    page = reader(someone)
    for language, first in (("fr", "Un instant"), ("en", "One moment")):
        for path in (f"/{language}/badges/verify/", "/staff/awareness/training/"):
            shown(page, told(path, language, how), path)
            assert page.get_by_role("heading", level=1).inner_text() == first
            assert not looked_at(page, FOUR), (path, language)


def test_what_was_typed_stands_there_to_be_sent_again(someone: Someone) -> None:
    path = "/fr/badges/verify/"
    page = reader(someone)
    shown(page, told(path, "fr", "typed"), path)
    assert page.locator("form[method=post] [name=text]").input_value(timeout=5_000) == TYPED
    assert "dix secondes" in page.locator("main").inner_text()
    assert "cookies" not in page.locator("main").inner_text()
    assert not looked_at(page, TWO)
