"""A reporter who says that someone is in danger, on a telephone; then reports something else."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import PHONE
from tests.journeys.test_pages_are_accessible import findings

pytestmark = [pytest.mark.journey, pytest.mark.safety]


def goes_on(page: Page, way: str) -> None:
    send(page.locator(f"main button[value={way}]"))


def reads_what_to_do_first(page: Page) -> None:
    told = page.locator("main .alert-danger")
    expect(told).to_contain_text("Quelqu’un en danger maintenant")
    for opens in ("tel:17", "tel:112", "sms:114", "tel:119", "tel:3114", "tel:3018"):
        expect(told.locator(f"a[href='{opens}']")).to_be_visible()
    first = page.locator("main").locator(":scope > :not(.messages):not(h1)").first
    expect(first).to_contain_text("Quelqu’un en danger maintenant")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_what_to_do_comes_first_and_nothing_stays_for_the_next(
    someone: Someone, *, script: bool
) -> None:
    page = someone(viewport=PHONE, java_script_enabled=script)
    page.goto("/fr/report/")
    page.locator("[name=addresses]").fill("https://photos.example/danger")
    goes_on(page, "on")
    page.locator("label[for=id_danger]").click()
    page.locator("[name=description]").fill("Elle habite à côté")
    goes_on(page, "on")
    reads_what_to_do_first(page)
    assert not script or not findings(page)
    goes_on(page, "send")
    reads_what_to_do_first(page)
    assert not script or not findings(page)
    code = page.locator("#code").inner_text()

    goes_on(page, "another")
    for _press in range(4):
        expect(page.locator("[name=addresses]")).to_have_value("")
        drawn = page.content()
        for trace in (code, "photos.example", "Elle habite"):
            assert trace not in drawn
        page.go_back()
        if page.url == "about:blank":
            break
