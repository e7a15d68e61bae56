"""An analyst's hour by keyboard alone: the list, a row, the content, the verdict, the next one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key
from tests.journeys.scenarios.people import enters, report_many
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_rests")]

HOST = "clavier.example"
CONTENT = re.compile(r"/staff/hotline/contents/")


@pytest.fixture
def analyst(someone: Someone, live: Live) -> Page:
    report_many(live, *[(f"https://{HOST}/p/{n}", {"category": "hate"}) for n in range(3)])
    page = someone(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    enters(page, "analyst")
    return page


def test_an_hour_without_a_mouse(analyst: Page) -> None:
    page = analyst
    page.goto(f"/staff/hotline/queue/?host={HOST}")
    rows = page.locator("#rows .q-row")
    expect(rows).to_have_count(3)

    # A row is taken and released where it stands: the focus decides, and stays.
    press_key(page, "j")
    page.keyboard.press("c")
    expect(rows.first.locator(".q-mine")).to_be_visible()
    expect(rows.first.locator(".q-open")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".q-mine")).to_have_count(0)
    page.keyboard.press("j")
    expect(rows.nth(1).locator(".q-open")).to_be_focused()
    page.keyboard.press("Enter")

    # The same list stands beside the content, and the focus now means the content.
    page.wait_for_url(CONTENT)
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_class("q-current")
    assert HOST not in page.url
    press_key(page, "c")
    expect(rows.nth(1).locator(".q-mine")).to_be_visible()
    press_key(page, "o")
    expect(page.locator("[data-pane]")).to_be_visible()
    assert not findings(page)

    # A verdict by its keys, then the next one that is free.
    page.keyboard.press("2")
    page.keyboard.press("6")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Qualification enregistrée")).to_be_visible()
    expect(rows).to_have_count(2)
    decided = page.url
    press_key(page, "n")
    page.wait_for_url(lambda url: bool(CONTENT.search(url)) and url != decided)
    press_key(page, "u")
    page.wait_for_url("**/staff/hotline/queue/**")


def test_the_list_is_asked_again_without_moving(analyst: Page) -> None:
    page = analyst
    page.goto(f"/staff/hotline/queue/?host={HOST}")
    press_key(page, "j")
    with page.expect_response(lambda answer: "seen=" in answer.url) as answer:
        page.locator("#rows").dispatch_event("look")
    assert answer.value.status == 204
    expect(page.locator("#rows .q-open").first).to_be_focused()
