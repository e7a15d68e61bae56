"""Pages for what went wrong: in both languages, with the numbers, without the database."""

from typing import cast

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.web import errors
from balise.foundation.web.doors import public
from balise.foundation.web.testing import StrictClient, check
from balise.foundation.web.urls import outside_languages

FAULTS = (
    errors.BAD_REQUEST,
    errors.NOT_ALLOWED,
    errors.NOT_FOUND,
    errors.TOO_MANY,
    errors.BROKEN,
    errors.OUT_OF_SERVICE,
    errors.FORM_EXPIRED,
)


@public
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204, headers={"X-Words": request.POST.get("words", "")[:9]})


handler403 = "balise.foundation.web.errors.not_allowed"
urlpatterns = [*outside_languages, path("fr/form/", form)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
@pytest.mark.parametrize("place", ["/fr/x/", "/staff/x/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fault_is_a_whole_page(fault: errors.Fault, place: str, language: str) -> None:
    with translation.override(language):
        answer = errors.answer(RequestFactory().get(place), fault)
        title = str(fault.title)
    check(answer, place)
    page = answer.content.decode()
    assert answer.status_code == fault.status
    assert f'<html lang="{language}"' in page
    assert f"<h1>{title}</h1>" in page.replace("&#x27;", "'")
    for code, _name in settings.LANGUAGES:
        assert f'<div class="fault" lang="{code}">' in page
    for number in settings.CENTRE.numbers_on("error"):
        assert page.count(f'href="{number.opens}"') == len(settings.LANGUAGES)
    assert page.count('href="sms:114"') == len(settings.LANGUAGES)
    assert {"119", "3114"} <= {number.number for number in settings.CENTRE.numbers_on("error")}


@pytest.mark.safety
class TestWhoeverHasSomeone:
    """They are there on a page of a fault too: it beats as the others do."""

    ADDRESS = "/staff/helpline/console/pulse/"

    def asked(
        self, actor: Actor | None = None, *, path: str = "/staff/x/", signed_in: bool = False
    ) -> str:
        request = RequestFactory().get(path)
        if signed_in:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = "a-visit"
        if actor:
            request.actor = actor  # type: ignore[attr-defined]
        return errors.answer(request, errors.BROKEN).content.decode()

    def test_goes_on_being_heard(self) -> None:
        listens = Actor(ActorKind.STAFF, "x", frozenset({"helpline.console.work"}))
        page = self.asked(listens)
        assert f'data-pulse="{self.ADDRESS}"' in page
        assert "X-CSRFToken" in page
        other = Actor(ActorKind.STAFF, "x", frozenset({"steering.figures.read"}))
        assert "data-pulse" not in self.asked(other)

    def test_also_where_nobody_could_say_who_asks(self) -> None:
        assert self.ADDRESS in self.asked(signed_in=True)
        assert "data-pulse" not in self.asked()
        assert "data-pulse" not in self.asked(path="/fr/x/", signed_in=True)


def test_a_page_needs_no_address_of_another_door() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert "<h1>" in errors.page(errors.BROKEN)


def test_the_last_page_comes_even_if_the_template_is_broken() -> None:
    page = errors.page(errors.BROKEN, context={"codes": 3})
    assert "<h1>" in page
    assert "3018" in page


def test_the_api_gets_a_problem_document() -> None:
    answer = errors.answer(RequestFactory().get("/api/v1/x"), errors.TOO_MANY, retry_seconds=60)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "60"


@pytest.mark.django_db
class TestAFormThatWasOpenTooLong:
    WORDS = 'J’ai vu "ça" <script>alert(1)</script>\nsur un site'

    def sent(self, client: Client, **headers: str) -> HttpResponse:
        with override_settings(ROOT_URLCONF=__name__):
            given = {"words": self.WORDS, "go": "on"}
            return cast("HttpResponse", client.post("/fr/form/?a=1", given, headers=headers))

    def test_gives_back_what_was_written(self) -> None:
        client = StrictClient(enforce_csrf_checks=True)
        answer = self.sent(client, Origin="http://testserver")
        page = answer.content.decode()
        assert answer.status_code == 403
        assert 'action="/fr/form/?a=1"' in page
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "csrf" in answer.cookies

    def test_can_then_be_sent(self) -> None:
        client = StrictClient(enforce_csrf_checks=True)
        page = self.sent(client, Origin="http://testserver").content.decode()
        token = page.partition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
        with override_settings(ROOT_URLCONF=__name__):
            answer = client.post("/fr/form/", {"words": self.WORDS, "csrfmiddlewaretoken": token})
        assert answer.status_code == 204

    def test_offers_nothing_to_another_site(self) -> None:
        client = StrictClient(enforce_csrf_checks=True)
        page = self.sent(client, Origin="https://trap.example").content.decode()
        assert "J’ai vu" not in page
        assert "csrfmiddlewaretoken" not in page

    def test_offers_nothing_without_knowing_who_asks(self) -> None:
        client = StrictClient(enforce_csrf_checks=True)
        answer = self.sent(client)
        assert answer.status_code == 403
        assert answer.content
        assert "J’ai vu" not in answer.content.decode()


def test_a_mistake_of_ours_is_written_down_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def mistaken() -> None:
        raise ValueError("https://photos.example/secret")

    answer = HttpResponse()
    try:
        mistaken()
    except ValueError:
        answer = errors.server_error(RequestFactory().get("/fr/secret/"))
    reference = caplog.records[-1].getMessage().split()[1]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
    assert reference in answer.content.decode()
