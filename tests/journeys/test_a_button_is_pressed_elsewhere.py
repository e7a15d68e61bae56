"""The button in a page of another site, whose policy forbids all: silent until it is pressed."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import Someone, hears, ready, send
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = pytest.mark.journey
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PHONE = {"width": 360, "height": 740}


@contextmanager
def elsewhere(body: str, policy: str) -> Iterator[str]:
    """Serve a page of another origin; return its address."""
    words = (
        '<!DOCTYPE html><html lang="fr"><head><title>Ailleurs</title>'
        f'<meta name="viewport" content="width=device-width"></head><body>{body}</body></html>'
    ).encode()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.2", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.2:{server.server_port}/page?secret=1"
        finally:
            server.shutdown()


def recorded(page: Page, live: Live) -> list[Request]:
    """Return the list in which each request to the house will be, of any page of this browser."""
    found: list[Request] = []

    def note(request: Request) -> None:
        if request.url.startswith(live.address):
            found.append(request)

    page.context.on("request", note)
    return found


def codes(page: Page) -> list[str]:
    """Return the drawn button, the link and the frame as their page gives them."""
    page.goto("/fr/app/button/")
    page.get_by_label("Plateforme").select_option(label="TikTok")
    send(page.get_by_role("button", name="Créer le bouton"))
    areas = page.locator("textarea")
    expect(areas).to_have_count(3)
    assert not findings(page)
    return [areas.nth(nth).input_value() for nth in range(3)]


@pytest.mark.whole
@pytest.mark.parametrize("form", [0, 1], ids=["drawn", "link"])
def test_it_asks_for_nothing_until_it_is_pressed(someone: Someone, live: Live, form: int) -> None:
    button = codes(someone())[form]
    page = someone(viewport=PHONE)
    asked = recorded(page, live)
    with elsewhere(button, STRICT) as address:
        page.goto(address)
        link = page.get_by_role("link", name="Besoin d’aide")
        expect(link).to_be_visible()
        assert asked == []
        with page.context.expect_page() as opening:
            link.press("Enter")
        app = opening.value
        expect(app.get_by_label("C’est sur quelle application")).to_have_value("tiktok")
        assert app.evaluate("document.referrer") == ""
        assert app.evaluate("window.opener") is None
    assert urlsplit(asked[0].url).path == "/fr/app/from/"
    assert not any("tiktok" in each.url.partition("#")[0] for each in asked)
    assert not any(each.headers.get("cookie") or "secret" in str(each.headers) for each in asked)
    assert app.context.cookies() == []


@pytest.mark.safety
def test_a_press_is_counted_once_and_only_after_a_yes(someone: Someone, live: Live) -> None:
    page = someone(viewport=PHONE)
    asked = recorded(page, live)
    counts: list[str] = []
    page.context.on(
        "request", lambda one: counts.append(one.post_data or "") if "/app/count/" in one.url else 0
    )
    page.goto("/fr/app/from/#tiktok")
    expect(page.get_by_label("C’est sur quelle application")).to_have_value("tiktok")
    assert not findings(page)
    question = page.get_by_role("group", name="compter")
    expect(question.get_by_label("Non")).to_be_checked()
    assert counts == []
    with page.expect_response("**/app/count/"):
        question.get_by_label("Oui").check()
    hears(page, lambda: len(counts) >= 2)
    assert sorted(counts) == ["kind=button&platform=tiktok", "kind=first-open"]
    assert not any(one.headers.get("cookie") for one in asked if "/app/count/" in one.url)
    page.reload()
    expect(page.get_by_role("group", name="compter").get_by_label("Oui")).to_be_checked()
    ready(page)
    assert len(counts) == 2  # loaded again is not pressed again


@pytest.mark.whole
def test_in_a_frame_it_is_one_request_without_a_cookie_or_an_address(
    someone: Someone, live: Live
) -> None:
    button = codes(someone())[2]
    page = someone(viewport=PHONE)
    asked = recorded(page, live)
    with elsewhere(button, f"{STRICT}; frame-src {live.address}") as address:
        page.goto(address)
        link = page.frame_locator("iframe").get_by_role("link", name="Besoin d’aide")
        expect(link).to_be_visible()
        page.wait_for_load_state()
        assert [urlsplit(each.url).path for each in asked] == ["/button/tiktok/"]
        told = asked[0].all_headers()
        assert "cookie" not in told
        assert "referer" not in told
        with page.context.expect_page() as opening:
            link.click()
        expect(opening.value.get_by_label("C’est sur quelle application")).to_have_value("tiktok")
