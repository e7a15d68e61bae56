"""A real browser for the journeys. What it complains of fails the journey that saw it."""

import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    Response,
    expect,
    sync_playwright,
)

from tests.live import Live
from tests.waiting import PATIENCE, until

PICTURES = Path(__file__).parents[1] / "var" / "journeys"
QUIET = [
    "--use-fake-device-for-media-stream",  # a microphone that hears beeps
    "--use-fake-ui-for-media-stream",  # which nobody is asked about, where a page may have one
    "--no-sandbox",  # the journeys may run as root, on pages of our own only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The first takes a third of the processor time of the others, without windows to draw.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
# Milliseconds that a page may take to show what comes. How soon is asserted apart, where it is
# promised.
IN_TIME = PATIENCE * 1_000
OUR_SCRIPTS = 'script[src*="/balise/public."], script[src*="/balise/staff."]'
CLOSING = 60.0  # seconds a browser may take to close what was opened, on such a machine
expect.set_options(timeout=IN_TIME)
_failed = pytest.StashKey[bool]()
_unanswered = pytest.StashKey[list[str]]()

_without_scripts: WeakSet[BrowserContext] = WeakSet()

type Someone = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember that a journey failed, so that its pages are photographed before they close.

    The report shows the last words of the house as well: they name what a page calls an outage. It
    shows the requests that had no answer, which a page may pass over in silence.
    """
    report = yield
    if report.when == "call" and report.failed:
        item.stash[_failed] = True
        if (live := getattr(item, "funcargs", {}).get("live")) is not None:
            report.sections.append(("The house said", live.last_words()))
            asked = "\n".join(item.stash.get(_unanswered, []))
            report.sections.append(("Had no answer", asked))
    return report


def ready(page: Page) -> None:
    """Wait until the scripts of a page listen, and what was sent is answered.

    A page without our scripts, such as one of the CMS, a file or the browser's own, has loaded.
    """
    if page.context in _without_scripts:
        page.wait_for_load_state()
        return
    shown = page.locator(f"html:is([data-ready], :not(:has({OUR_SCRIPTS}))):not([data-sent])")
    expect(shown).to_be_attached()
    page.wait_for_load_state()
    expect(shown).to_be_attached()  # as the first look may have come before the page's head


def send(button: Locator) -> None:
    """Press a button or a link, and wait for what it asks for.

    That is the page that it leads to, or what htmx puts into this one. Where a script of the page
    answers by itself, what it shows is for the journey to wait for.
    """
    page = button.page
    ready(page)
    if page.context in _without_scripts:
        with page.expect_navigation():
            button.click()
        return
    page.evaluate(_LISTEN)
    button.click()
    try:
        ready(page)
    except (AssertionError, Error):
        if not page.is_closed():  # a window may close itself
            raise


def press(page: Page, name: str) -> None:
    """Press a button by its whole name, and wait for what it asks for."""
    send(page.get_by_role("button", name=name, exact=True))


def hears(page: Page, look: Callable[[], object]) -> None:
    """Wait for what the browser tells of a page: it is heard while the browser is asked.

    It is asked for its cookies: a page whose navigation is held answers nothing.
    """
    until(lambda: (page.context.cookies(), look())[1], "the browser did not tell it")


def press_key(page: Page, key: str) -> None:
    """Press a key of the house, in no field, once the page listens to its keys."""
    ready(page)
    field = page.locator(":is(input, textarea):focus")
    if field.count():
        field.blur()
    page.keyboard.press(key)


def take_shown(page: Page) -> None:
    """Take the content whose page is opening, by the key for it, and wait until it is one's own."""
    page.wait_for_url("**/staff/hotline/contents/**")
    press_key(page, "c")
    is_own(page)


def is_own(page: Page) -> None:
    """Wait until the content that is shown is the reader's own, and its page hears their keys."""
    expect(page.locator("#verdict-form[data-kept]")).to_be_attached()
    ready(page)


def installed() -> str:
    """Return the path of the browser that drives journeys; fails the test where there is none."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or pytest.fail(f"Chromium is missing: apt install {PROGRAMS[0]}")


class Chromium:
    """Debian's Chromium: started once, and again after one that had to be ended."""

    def __init__(self, playwright: Playwright, program: str) -> None:
        self._start = partial(playwright.chromium.launch, executable_path=program, args=QUIET)
        self._running: Browser | None = None
        self.pid = 0

    def browser(self) -> Browser:
        """Return the browser that all journeys share."""
        if self._running is None or not self._running.is_connected():
            self._running = self._start()
            asked = self._running.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
            (self.pid,) = (one["id"] for one in asked["processInfo"] if one["type"] == "browser")
        return self._running

    def close(self, *closings: Callable[[], None]) -> None:
        """Close what was opened in it; if that comes to no end, the browser is ended.

        Once it answered no more when a page was closed, after a journey that had found no fault.
        """
        browser = self.browser()
        ending = threading.Timer(CLOSING, os.kill, (self.pid, signal.SIGKILL))
        ending.start()
        try:
            for close in closings:
                close()
        except Error:
            if browser.is_connected():
                raise
        finally:
            ending.cancel()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Give Debian's Chromium."""
    with sync_playwright() as playwright:
        given = Chromium(playwright, installed())
        yield given
        given.close(given.browser().close)


@pytest.fixture
def browser(chromium: Chromium) -> Browser:
    """Give the browser that all journeys share."""
    return chromium.browser()


@pytest.fixture
def someone(
    chromium: Chromium, browser: Browser, live: Live, request: pytest.FixtureRequest
) -> Iterator[Someone]:
    """Open a page for one more person, who shares nothing with the others: `someone()`.

    Keywords go to Playwright's `new_context`, such as `locale="en-GB"` or `viewport={…}`.
    """
    pages: list[Page] = []
    complaints: list[str] = []
    unanswered = request.node.stash[_unanswered] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_page(**choices: object) -> Page:
        settings = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "base_url": live.address}
        context = browser.new_context(**(settings | choices))
        context.set_default_timeout(IN_TIME)
        if not choices.get("java_script_enabled", True):
            _without_scripts.add(context)
        page = context.new_page()
        page.goto = partial(_goto, page.goto, page)  # type: ignore[method-assign]
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda asked: unanswered.append(f"{asked.url} {asked.failure}"))
        pages.append(page)
        return page

    yield open_page

    if request.node.stash.get(_failed, False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        for number, page in enumerate(pages, 1):
            if not page.is_closed():
                page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
    chromium.close(*(page.context.close for page in pages))
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def page(someone: Someone) -> Page:
    """Open a page for one person, in French."""
    return someone()


def _goto(goto: Callable[..., Response | None], page: Page, address: str, **how: Any) -> Any:
    """Open a page as Playwright does, until its scripts listen; or as far as `wait_until` says."""
    answer = goto(address, **how)
    if "wait_until" not in how:
        ready(page)
    return answer


def covered(page: Page) -> list[str]:
    """Give the focus to each thing of the page in turn; return what lies under what stays in view.

    That is under something fixed or sticky which it is not part of: a message, a bar, a band.
    """
    found: list[str] = page.evaluate(_COVERED)
    return found


_COVERED = """() => {
  const stays = (one, but) => {
    for (let at = one; at && !at.contains(but); at = at.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  const things = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const under = [...document.querySelectorAll(`main :is(${things})`)].filter((one) => {
    one.focus();
    if (document.activeElement !== one) return false;
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const [x, y, low] = [(left + right) / 2, (top + bottom) / 2, bottom - 4];
    return [[x, y], [left + 4, low], [right - 4, low]].some(
      (point) => stays(document.elementFromPoint(...point), one),
    );
  });
  document.activeElement?.blur();
  return under.map((one) => `${one.tagName} ${one.name ?? ""} ${one.textContent.trim()}`);
}"""

# For one press: a form that leaves for another page, or a request of htmx, is noted as `data-sent`
# until it is answered. Playwright's clock does not stop what a message port brings.
_LISTEN = """() => {
  const root = document.documentElement;
  const off = new AbortController();
  const { signal } = off;
  window.unlisten?.();
  window.unlisten = () => off.abort();
  const after = new MessageChannel();
  after.port1.onmessage = window.unlisten;
  addEventListener("click", () => after.port2.postMessage(0), { capture: true, signal });
  const leaves = ({ defaultPrevented, target, submitter }) => {
    const said = (name) => submitter?.getAttribute(`form${name}`) ?? target.getAttribute(name);
    if (said("method") === "dialog" || !["", "_self", null].includes(said("target"))) return false;
    return !defaultPrevented || target.matches("[data-autosave]"); // it leaves once it is saved
  };
  addEventListener("submit", (event) => leaves(event) && (root.dataset.sent = ""), { signal });
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const [there, here] = [link, location].map(({ href }) => href.split("#")[0]);
    const isWithin = link.hash && there === here;
    if (link.protocol.startsWith("http") && !isWithin) root.dataset.sent = "";
  }, { signal });
  addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
    root.dataset.sent = "";
    xhr.addEventListener("loadend", () => {
      const isLeft = ["HX-Redirect", "HX-Refresh"].some((name) => xhr.getResponseHeader(name));
      if (!isLeft) delete root.dataset.sent;
    });
  }, { signal });
}"""
