"""An analyst's hour by keyboard alone: the list, a row, the content, the verdict, the next one."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, covered, is_own, press_key, send
from tests.journeys.scenarios.people import enters, report_many
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_rests")]

HOST = "clavier.example"
CONTENT = re.compile(r"/staff/hotline/contents/")


def path(address: str) -> str:
    return urlsplit(address).path


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
    page.keyboard.press("v")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Qualification enregistrée")).to_be_visible()
    expect(rows).to_have_count(2)
    assert not covered(page)
    decided = page.url
    press_key(page, "n")
    page.wait_for_url(lambda url: bool(CONTENT.search(url)) and url != decided)
    press_key(page, "u")
    page.wait_for_url("**/staff/hotline/queue/**")


@pytest.mark.whole
def test_the_next_content_takes_the_place_of_the_first(analyst: Page) -> None:
    page = analyst
    page.goto(f"/staff/hotline/queue/?host={HOST}")
    row = page.locator("#rows .q-open").first.get_attribute("href") or ""
    page.goto("/staff/hotline/queue/")  # the next one is any that waits
    page.goto(row)
    press_key(page, "c")
    is_own(page)
    first = page.url
    page.evaluate("window.isSamePage = true")
    press_key(page, "o")
    expect(page.locator("[data-hold]").first).to_be_focused()
    page.keyboard.press("t")
    with page.expect_request(lambda asked: asked.url == f"{first}look/") as told:
        page.keyboard.press("Control+Shift+Enter")
    assert "ends" in (told.value.post_data or "")  # it is read no longer

    page.wait_for_url(lambda url: bool(CONTENT.search(url)) and url != first)
    second = page.url
    assert page.evaluate("window.isSamePage")
    expect(page.locator("#head h1")).to_be_focused()
    expect(page.locator("[data-pane]")).to_have_count(0)
    expect(page.locator(".toast-success")).to_have_count(1)
    expect(page.locator(".toast-success a")).to_have_attribute("href", path(first))
    expect(page.locator(".toast-close")).to_be_visible()
    expect(page.locator(".q-current .q-mine")).to_be_visible()
    expect(page.locator("[name=next][data-leads-here]")).to_have_value(path(second))
    assert not findings(page)

    # Its keys are its own; Back shows the first one, as it was decided.
    press_key(page, "o")
    expect(page.locator("[data-hold]").first).to_be_focused()
    page.go_back()
    page.wait_for_url(first)
    expect(page.get_by_text("Connu et décidé")).to_be_visible()
    page.go_forward()
    page.wait_for_url(second)
    expect(page.locator(".q-current .q-mine")).to_be_visible()
    press_key(page, "u")
    page.wait_for_url("**/staff/hotline/queue/**")


@pytest.mark.whole
def test_a_verdict_that_is_refused_leaves_everything_there(analyst: Page) -> None:
    page = analyst
    page.goto(f"/staff/hotline/queue/?host={HOST}")
    send(page.locator("#rows .q-open").first)
    page.wait_for_url(CONTENT)
    press_key(page, "c")
    is_own(page)
    here = page.url
    page.locator("#id_rationale").fill("Pas encore ouvert.")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page.locator("#id_rationale")).to_have_value("Pas encore ouvert.")
    assert page.url == here
    press_key(page, "u")
    page.wait_for_url("**/staff/hotline/queue/**")


@pytest.mark.whole
def test_the_list_is_asked_again_without_moving(analyst: Page) -> None:
    page = analyst
    page.goto(f"/staff/hotline/queue/?host={HOST}")
    press_key(page, "j")
    with page.expect_response(lambda answer: "seen=" in answer.url) as answer:
        page.locator("#rows").dispatch_event("look")
    assert answer.value.status == 204
    expect(page.locator("#rows .q-open").first).to_be_focused()
