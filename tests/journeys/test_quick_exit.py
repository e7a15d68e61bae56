"""Leaving: by button, by three presses of Shift, without script; and Back does not return."""

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Someone
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.safety]

AWAY = re.compile(r"^https://www\.meteofrance\.com/")
PLAIN = "<!doctype html><html lang='fr'><title>Météo</title><h1>Beau temps</h1></html>"
PHONE = {"width": 360, "height": 740}


def with_a_neighbour(page: Page, *, answers: bool = True) -> None:
    """Answer for the plain page, wherever a link, a script or a redirection leads to it."""
    devtools = page.context.new_cdp_session(page)

    def answer(event: dict[str, Any]) -> None:
        if answers:
            body = base64.b64encode(PLAIN.encode()).decode()
            headers = [{"name": "Content-Type", "value": "text/html; charset=utf-8"}]
            answer = {"requestId": event["requestId"], "responseCode": 200}
            devtools.send(
                "Fetch.fulfillRequest", answer | {"responseHeaders": headers, "body": body}
            )

    devtools.on("Fetch.requestPaused", answer)
    devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "https://www.meteofrance.com/*"}]})


def in_the_middle(page: Page, *, answers: bool = True) -> Page:
    """Walk from the home into the form, and write something."""
    with_a_neighbour(page, answers=answers)
    page.goto("/fr/")
    page.get_by_role("link", name="Signaler un contenu").first.click()
    page.get_by_label("Adresse de la page").fill("https://photos.example/1")
    return page


def is_away(page: Page) -> None:
    expect(page.get_by_role("heading", name="Beau temps")).to_be_visible()


def is_back(page: Page) -> None:
    """Type our address. What leads away may still be on its way, and then does so once more."""

    def is_here() -> bool:
        page.goto("/")  # until its scripts listen: what leads away has hidden the page by then
        return "Balise" in page.title()

    until(is_here, "one does not come back")


def goes_back_nowhere(page: Page) -> None:
    """Press Back as often as there are pages: none of ours comes back."""
    for _press in range(3):
        page.go_back()
        assert "photos.example" not in page.content()
        assert "Balise" not in page.title()


def cookies_of_ours(context: BrowserContext, address: str) -> set[str]:
    return {cookie.get("name", "") for cookie in context.cookies(address)}


class TestTheButton:
    def test_replaces_the_page_and_back_does_not_return(self, page: Page) -> None:
        in_the_middle(page)
        page.get_by_role("link", name="Quitter vite").click()
        is_away(page)
        goes_back_nowhere(page)

    @pytest.mark.whole
    def test_hides_the_page_before_the_network_answers(self, page: Page) -> None:
        in_the_middle(page, answers=False)
        seen = page.evaluate(
            """() => new Promise((done) => {
                const start = performance.now();
                document.querySelector("#quick-exit a").click();
                requestAnimationFrame(() => done({
                    display: getComputedStyle(document.body).display,
                    title: document.title,
                    after: performance.now() - start,
                }));
            })"""
        )
        assert seen["display"] == "none"
        assert seen["title"] == "www.meteofrance.com"
        assert seen["after"] < 200

    def test_leaves_nothing_in_the_browser(self, page: Page) -> None:
        in_the_middle(page)
        address = page.url
        page.evaluate("sessionStorage.setItem('talk-1', '1')")
        assert cookies_of_ours(page.context, address)
        page.get_by_role("link", name="Quitter vite").click()
        is_away(page)
        # The beacon's answer may come after the page where one is away.
        until(lambda: cookies_of_ours(page.context, address) == {"away", "left"})
        page.context.clear_cookies()
        page.goto(address)
        assert page.evaluate("sessionStorage.length") == 0

    @pytest.mark.whole
    def test_stays_in_reach_on_a_telephone(self, someone: Someone) -> None:
        page = in_the_middle(someone(viewport=PHONE))
        page.mouse.wheel(0, 4000)
        button = page.get_by_role("link", name="Quitter vite")
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        button.click()
        is_away(page)

    @pytest.mark.whole
    def test_closes_the_other_tabs_too(self, page: Page) -> None:
        in_the_middle(page)
        other = page.context.new_page()
        with_a_neighbour(other)
        other.goto("/fr/privacy/")
        page.get_by_role("link", name="Quitter vite").click()
        is_away(page)
        is_away(other)


class TestTheKeys:
    def test_three_presses_of_shift_leave(self, page: Page) -> None:
        in_the_middle(page)
        page.keyboard.press("Shift")
        expect(page.get_by_text("Encore deux fois")).to_be_attached()
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        is_away(page)
        goes_back_nowhere(page)

    @pytest.mark.whole
    def test_capitals_do_not_leave(self, page: Page) -> None:
        in_the_middle(page)
        page.get_by_label("Adresse de la page").press_sequentially("ABC DEF")
        for letter in "ABCD":
            page.keyboard.press(f"Shift+{letter}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "/fr/" in page.url


class TestWithoutScript:
    def test_is_a_link_and_back_does_not_return(self, someone: Someone) -> None:
        page = in_the_middle(someone(java_script_enabled=False))
        address = page.url
        page.get_by_role("link", name="Quitter vite").click()
        assert AWAY.match(page.url)
        assert cookies_of_ours(page.context, address) == {"away", "left"}
        for _press in range(2):
            page.go_back()
            assert AWAY.match(page.url)

    @pytest.mark.whole
    def test_typing_the_name_of_the_site_comes_back(self, someone: Someone) -> None:
        page = in_the_middle(someone(java_script_enabled=False))
        page.get_by_role("link", name="Quitter vite").click()
        is_away(page)
        page.goto("/fr/")
        assert AWAY.match(page.url)
        page.goto("/")
        assert page.url.endswith("/fr/")
        assert not cookies_of_ours(page.context, page.url) & {"away", "left"}
