"""A real browser for the journeys. What it complains of fails the journey that saw it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.live import Live

PICTURES = Path(__file__).parents[1] / "var" / "journeys"
QUIET = [
    "--no-sandbox",  # the journeys may run as root, on pages of our own only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds for what a page must come to show. How soon is asserted apart, where it is promised:
# these minutes are for a machine whose cores are taken.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)
_failed = pytest.StashKey[bool]()

type Someone = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember that a journey failed, so that its pages are photographed before they close."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[_failed] = True
    return report


def press(page: Page, name: str) -> None:
    """Press a button by its whole name, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def someone(browser: Browser, live: Live, request: pytest.FixtureRequest) -> Iterator[Someone]:
    """Open a page for one more person, who shares nothing with the others: `someone()`.

    Keywords go to Playwright's `new_context`, such as `locale="en-GB"` or `viewport={…}`.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_page(**choices: object) -> Page:
        settings = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "base_url": live.address}
        context = browser.new_context(**(settings | choices))
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield open_page

    if request.node.stash.get(_failed, False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        for number, page in enumerate(pages, 1):
            if not page.is_closed():
                page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
    for page in pages:
        page.context.close()
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def page(someone: Someone) -> Page:
    """Open a page for one person, in French."""
    return someone()
