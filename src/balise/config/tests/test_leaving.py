"""Once someone has left, no public address draws or changes anything, in whatever state it is.

The addresses are those of the URL conf: a new one fails here until `public_pages.py` says how a
browser comes to see it, and what it takes.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from pytest_django.fixtures import Settings
from tests.architecture.test_doors import views
from tests.walks import of_each, rolled_back

from balise.config import bodies
from balise.config.tests import public_pages
from balise.config.tests.public_pages import ACCEPTED, FILES, PAGES
from balise.config.tests.public_ways import Reach, Send
from balise.config.urls import public as public_addresses
from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.foundation.web import errors, pauses, quick_exit
from balise.foundation.web.doors import public
from balise.foundation.web.floods import Floods
from balise.foundation.web.testing import StrictClient
from balise.foundation.web.urls import outside_languages
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.rules import TokenUnknown
from balise.helpline.conversations.streams import admitting
from balise.helpline.conversations.tests.test_blocked import MOMENT
from balise.helpline.conversations.tests.test_presence import seated
from balise.takedown.notices.tests.makers import make_sent

pytestmark = pytest.mark.django_db

LANGUAGE = f"{configured.LANGUAGE_CODE}/"
# Outside the languages: where one leaves and comes back, what leads on, what machines ask for.
NO_PAGES = {"", "exit/", "csp/", "r/<slug:code>", "robots.txt", "sitemap.xml", "oai", "favicon.ico"}
NO_PAGES |= {"badges/did.json", "badges/revoked.json", "figures/<str:mark>/data.zip"}
NO_PAGES |= {"figures/api/latest.json", "figures/api/<str:mark>.json"}
NO_PAGES |= {"app/count/"}  # one bare use, without a cookie
NO_PAGES |= {"app/button/sites.json", "app/button/sites.sig", "button/<slug:platform>/"}
NO_PAGES |= {
    "worker.js",
    "app/shared/",
    *(f"app/release.{each}" for each in ("json", "sig", "key")),
}
NO_PAGES |= {"card/latest/<slug:code>/", "card/<str:mark>/<slug:number>/"}  # shown by other sites
NO_PAGES |= {f"app/vault/{each}" for each in ("stamp", "invitation", "link", "link/open")}
NO_PAGES |= {"app/vault/invitation/reveal"}
NO_PAGES |= {f"app/vault/share{each}" for each in ("", "/state", "/revoke")}
NO_PAGES |= {f"app/vault/backup/<str:locator>{each}" for each in ("", "/<str:number>")}
NO_PAGES |= {"app/vault/link/withdraw"}
NO_PAGES |= {"app/vault/moving/", "app/vault/handing/"}  # shown to nobody
AWAY = configured.CENTRE.quick_exit
# 114 is written to. The first page is short: it has the police and the helpline.
IN_DANGER = ("tel:17", "sms:114", "tel:119", "tel:3114", "tel:3018")
# Read by a host or someone concerned, at work.
PROFESSIONAL = ("/fr/notice/", "/fr/contest/")
# It shows nothing of ours: there is nothing to leave.
ORDINARY = ("/fr/app/looks/notes/screen/",)


def routes() -> set[str]:
    """Return every route behind the public door, without its language."""
    found = {route for route, view in views() if view.door == "public"}
    return {route.removeprefix(LANGUAGE) for route in found if route not in NO_PAGES}


def cases(table: dict[str, Any]) -> list[Any]:
    return [
        pytest.param(route, each, id=f"{route}{number or ''}")
        for route, ways in table.items()
        for number, each in enumerate(ways if isinstance(ways, tuple) else (ways,))
    ]


@contextmanager
def a_centre_for(route: str) -> Iterator[Client]:
    """Give a browser, and what stands behind its page.

    Where a page begins a chat, it is day and someone listens; where it is about a notice, there is
    one: a host was told by mail.
    """
    with ExitStack() as stack:
        if route.startswith("talk/"):
            stack.enter_context(clock.at(MOMENT))
            seated()
        if any(part in route for part in ("notice/", "contest/")):
            postmaster = Postmaster()
            url = stack.enter_context(a_mail_server(postmaster))
            stack.enter_context(override_settings(MAILERS=mailers_from(url)))
            make_sent(postmaster)
        yield StrictClient()


def leave(client: Client) -> None:
    assert client.get("/exit/")["Location"] == AWAY


def is_plain(answer: Any) -> bool:
    """Return whether an answer leads to the plain page, and holds nothing itself."""
    leads = (answer.status_code, answer.headers.get("Location")) == (HTTPStatus.SEE_OTHER, AWAY)
    return leads and not answer.content and "no-store" in answer["Cache-Control"]


def can_be_left(answer: Any) -> bool:
    page = answer.content.decode()
    return 'id="quick-exit"' in page and "balise/exit" in page and AWAY in page


def numbers_stand_together(page: str) -> bool:
    """Return whether a page that says whom to call in danger leaves none of them out."""
    return 'href="tel:112"' not in page or all(f'href="{number}"' in page for number in IN_DANGER)


def test_every_address_is_known() -> None:
    assert routes() == set(PAGES) | set(FILES) | set(ACCEPTED)


def test_what_each_address_takes_is_known(client: Client) -> None:
    stored = {route for route in FILES if "<path:" in route}
    for route in sorted(routes() - set(ACCEPTED) - stored):
        named = re.sub(r"<uuid:\w+>", str(UUID(int=0)), route)
        named = re.sub(r"<int:\w+>", "1", named)
        answer = client.post("/fr/" + re.sub(r"<(str|slug):\w+>", "nothing", named))
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, route


@of_each(("route", "reach"), cases(PAGES), apart=rolled_back)
def test_a_page_can_be_left_and_does_not_come_back(route: str, reach: Reach) -> None:
    with a_centre_for(route) as client:
        place = reach(client)
        page = client.get(place)
        assert page.headers["Content-Type"].startswith("text/html"), page.status_code
        assert can_be_left(page) or place.startswith((*PROFESSIONAL, *ORDINARY))
        assert numbers_stand_together(page.text) or place == "/fr/"
        kept = dict(client.cookies)
        leave(client)
        # The beacon may be lost: then the browser still holds what it held.
        for cookies in ({}, kept):
            client.cookies.update(cookies)
            before = Entry.objects.count()
            assert is_plain(client.get(place))
            assert is_plain(client.get(place.replace("/fr/", "/en/")))
            assert is_plain(client.post(place, {"text": "Encore"}))
            assert Entry.objects.count() == before
        client.get("/")
        assert not is_plain(client.get(place))


@of_each(("route", "reach"), cases(FILES), apart=rolled_back)
@pytest.mark.whole
def test_a_file_is_given_no_more(route: str, reach: Reach) -> None:
    with a_centre_for(route) as client:
        place = reach(client)
        given = client.get(place)
        assert given.status_code == HTTPStatus.OK
        b"".join(given)  # what is read to its end is closed
        kept = dict(client.cookies)
        leave(client)
        client.cookies.update(kept)
        assert is_plain(client.get(place))
        answer = client.get(place, headers={"Sec-Fetch-Dest": "image"})
        assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")


@of_each(("route", "send"), cases(ACCEPTED), apart=rolled_back)
def test_what_is_accepted_leads_elsewhere(route: str, send: Send) -> None:
    with a_centre_for(route) as client:
        sending = send(client)
        answer = client.post(sending.path, sending.fields, headers=sending.headers)
        if sending.headers:
            assert answer.status_code in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}
            assert not answer.content or answer["Content-Type"] == "application/json"
            return
        if answer.get("Content-Disposition", "").startswith("attachment"):
            return  # a file takes the place of no page
        if sending.draws:
            assert answer.status_code == HTTPStatus.OK
            assert "no-store" in answer["Cache-Control"]
            leave(client)
            del client.cookies[quick_exit.AWAY_COOKIE]  # five minutes later, it is sent again
            answer = client.post(sending.path, sending.fields)
        assert answer.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}, answer.text
        assert client.get(answer["Location"]).status_code < HTTPStatus.BAD_REQUEST


@of_each(("route", "send"), cases(ACCEPTED), apart=rolled_back)
@pytest.mark.whole
def test_what_is_sent_again_changes_nothing(route: str, send: Send) -> None:
    with a_centre_for(route) as client:
        sending = send(client)
        kept = dict(client.cookies)
        leave(client)
        client.cookies.update(kept)
        before = Entry.objects.count()
        assert is_plain(client.post(sending.path, sending.fields))
        fetched = {**sending.headers, "Sec-Fetch-Dest": "empty"}
        answer = client.post(sending.path, sending.fields, headers=fetched)
        assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
        assert Entry.objects.count() == before
        # Whoever comes back of their own accord sends it after all.
        client.get("/")
        client.cookies.update({name: cookie for name, cookie in kept.items() if name != "away"})
        assert not is_plain(client.post(sending.path, sending.fields, headers=sending.headers))


@of_each(("route", "send"), cases(ACCEPTED), apart=rolled_back)
@pytest.mark.whole
def test_what_is_sent_back_can_be_left(route: str, send: Send) -> None:
    with a_centre_for(route) as client:
        sending = send(client)
        answer = client.post(sending.path, {"step": "where"})
        if "html" in answer.headers.get("Content-Type", "") and answer.content:
            assert can_be_left(answer) or sending.path.startswith(PROFESSIONAL)


def test_the_stream_of_a_chat_opens_no_more() -> None:
    token = saying.ask(nickname="Renard").token
    admitting.admit_young(f"talk={token}")
    with pytest.raises(TokenUnknown):
        admitting.admit_young(f"talk={token}; away=1")


@pytest.mark.whole
def test_what_a_browser_is_given_is_dropped_by_leaving(client: Client) -> None:
    for each in (*PAGES.values(), *FILES.values()):
        for reach in each if isinstance(each, tuple) else (each,):
            if reach not in (public_pages.mailing, public_pages.contested):
                b"".join(client.get(reach(client)))
    given = {name for name, cookie in client.cookies.items() if cookie.value}
    assert given
    assert given <= quick_exit.names(quick_exit.Where.COOKIE)
    leave(client)
    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert left == {quick_exit.AWAY_COOKIE, quick_exit.LEFT_COOKIE}


@public
def fails(request: HttpRequest) -> HttpResponse:
    raise OSError(28 if "full" in request.GET else 1, "No space left")


urlpatterns = [
    *outside_languages,
    path("fr/", include([path("fails/", fails), *public_addresses])),
]
handler400 = "balise.foundation.web.errors.bad_request"
handler403 = "balise.foundation.web.errors.not_allowed"
handler404 = "balise.foundation.web.errors.not_found"
handler500 = "balise.foundation.web.errors.server_error"


class TestAFault:
    FAULTS = (
        ("get", "/fr/nowhere/", HTTPStatus.NOT_FOUND),
        ("get", "/nowhere", HTTPStatus.NOT_FOUND),
        ("get", "/fr/talk/say/", HTTPStatus.METHOD_NOT_ALLOWED),
        ("post", "/fr/privacy/", HTTPStatus.METHOD_NOT_ALLOWED),
        ("post", "/fr/talk/", HTTPStatus.FORBIDDEN),
        ("get", "/fr/fails/", HTTPStatus.INTERNAL_SERVER_ERROR),
        ("get", "/fr/fails/?full", HTTPStatus.SERVICE_UNAVAILABLE),
    )

    @pytest.mark.parametrize(("method", "place", "status"), FAULTS)
    def test_can_be_left_and_does_not_come_back(
        self, method: str, place: str, status: HTTPStatus
    ) -> None:
        checks_tokens = status is HTTPStatus.FORBIDDEN
        client = StrictClient(enforce_csrf_checks=checks_tokens, raise_request_exception=False)
        with override_settings(ROOT_URLCONF=__name__):
            answer = getattr(client, method)(place)
            assert (answer.status_code, can_be_left(answer)) == (status, True)
            leave(client)
            assert is_plain(getattr(client, method)(place))

    def test_of_one_field_too_many(self, client: Client) -> None:
        many = {f"name{number}": "x" for number in range(201)}
        answer = client.post("/fr/write/", many)
        assert (answer.status_code, can_be_left(answer)) == (HTTPStatus.BAD_REQUEST, True)
        leave(client)
        assert is_plain(client.post("/fr/write/", many))

    def test_of_too_much_at_once(self) -> None:
        refusal = HTTPStatus.CONTENT_TOO_LARGE
        status, _told, page = bodies.said(refusal, path="/fr/write/", cookies="")
        assert (status, b'id="quick-exit"' in page) == (refusal, True)
        status, told, page = bodies.said(refusal, path="/fr/write/", cookies="talk=x; away=1")
        assert (status, told["Location"], page) == (HTTPStatus.SEE_OTHER, AWAY, b"")

    def test_of_writing_too_fast(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
    ) -> None:
        monkeypatch.setattr(pauses, "_floods", Floods())
        settings.WRITES_NEARBY = 1
        for _turn in range(3):
            client.post("/fr/write/", {"text": "Bonjour"}, REMOTE_ADDR="203.0.113.7")
        answer = client.post("/fr/write/", {"text": "Bonjour"}, REMOTE_ADDR="203.0.113.7")
        assert (answer.status_code, can_be_left(answer)) == (HTTPStatus.TOO_MANY_REQUESTS, True)
        leave(client)
        assert is_plain(client.post("/fr/write/", {"text": "Bonjour"}, REMOTE_ADDR="203.0.113.7"))

    def test_gives_no_words_back_to_a_browser_that_was_left(self) -> None:
        client = StrictClient(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
        assert "Mes mots" in client.post("/fr/write/", {"text": "Mes mots"}).text
        leave(client)
        del client.cookies[quick_exit.AWAY_COOKIE]  # five minutes later
        answer = client.post("/fr/write/", {"text": "Mes mots"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "Mes mots" not in answer.text

    def test_that_stands_alone_can_be_left_with_and_without_script(self) -> None:
        page = errors.page(errors.OUT_OF_SERVICE, alone=True, context={"inline_script": "leave()"})
        assert f'<a class="exit-button" href="{AWAY}"' in page
        assert "leave()" in page

    def test_of_which_nothing_is_left_to_draw_can_be_left(self) -> None:
        assert 'href="/exit/"' in errors.page(errors.BROKEN, context={"codes": 3})
