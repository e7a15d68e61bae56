"""The extension in a real browser: what it shows, what it refuses, and that it sends nothing.

`activeTab` is given by a real press alone: the pop-up is driven with the tab's address given, and
pressed once by its keys, where a screen without a screen (Xvfb) and a hand (xdotool) are installed.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser import QUIET, Chromium, hears, send
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey
ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PAGE = "https://pictures.example/page?n=1&words=a%20b"
# Only the whole browser loads extensions; its headless shell does not.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
needs_a_screen = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("Xvfb") and shutil.which("xdotool")),
    reason="chromium, Xvfb and xdotool are not all installed",
)
GIVEN = "chrome.tabs.query = async () => [%s];"


@pytest.fixture
def unpacked(live: Live, tmp_path: Path) -> Path:
    """Return the extension of a centre whose form is that of the house that runs here."""
    folder = tmp_path / "extension"
    shutil.copytree(ROOT / "extension", folder)
    centre = json.loads((folder / "centre.json").read_text(encoding="utf-8"))
    centre["form"] = {each: f"{live.address}/{each}/report/" for each in ("fr", "en")}
    (folder / "centre.json").write_text(json.dumps(centre), encoding="utf-8")
    return folder


@contextmanager
def opened(
    chromium: Chromium, folder: Path, profile: Path, *, screen: str = "", lang: str = "fr"
) -> Iterator[BrowserContext]:
    """Open a browser with the extension in it: without a window, or on a screen of X."""
    loads = (f"--disable-extensions-except={folder}", f"--load-extension={folder}")
    context = chromium.browser().browser_type.launch_persistent_context(
        str(profile),
        headless=not screen,
        executable_path=CHROMIUM,
        args=[*QUIET, *loads, f"--lang={lang}"],
        env={**os.environ, "LANGUAGE": lang, "DISPLAY": screen},
        locale=lang,
    )
    try:
        yield context
    finally:
        context.close()


def extension_id(context: BrowserContext) -> str:
    """Return the id that the browser gave the unpacked extension."""
    page = context.new_page()
    page.goto("chrome://extensions/")
    found = page.evaluate(
        "async () => (await chrome.developerPrivate.getExtensionsInfo())"
        ".find((each) => each.location === 'UNPACKED').id"
    )
    page.close()
    return str(found)


def popup(context: BrowserContext, tab: dict[str, Any], *, width: int = 360) -> Page:
    """Return the pop-up as it opens over a tab."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    given = {"id": 1, "index": 0, "incognito": False, **tab}
    page.add_init_script(GIVEN % json.dumps(given))
    page.goto(f"chrome-extension://{extension_id(context)}/popup.html")
    page.wait_for_selector("html[data-ready]")
    return page


@needs_chromium
def test_the_pop_up_shows_the_page_and_fills_the_form(
    chromium: Chromium, live: Live, unpacked: Path, tmp_path: Path
) -> None:
    for lang, go, said in (("fr", "Continuer", "Page"), ("en", "Continue", "Page")):
        with opened(chromium, unpacked, tmp_path / lang, lang=lang) as context:
            asked: list[str] = []
            context.on("request", lambda request, asked=asked: asked.append(request.url))
            page = popup(context, {"url": PAGE, "title": "Une page"})
            assert page.locator("html").get_attribute("lang") == lang
            expect(page.get_by_text("Une page")).to_be_visible()
            expect(page.get_by_text(PAGE)).to_be_visible()
            expect(page.get_by_text(said, exact=True)).to_be_visible()
            kinds = page.locator("#kind option").evaluate_all("all => all.map(e => e.value)")
            assert kinds[0] == ""
            assert kinds[-1] == "unknown"
            page.select_option("#kind", "hate")
            sent = [url for url in asked if not url.startswith(("chrome", "data:"))]
            assert sent == []
            faults = look(page)
            assert faults == []
            with context.expect_page() as opening:
                go_on(page, go)
            form = opening.value
            field = form.locator("textarea[name=addresses]")
            expect(field).to_have_value(PAGE)
            assert form.url == f"{live.address}/{lang}/report/"  # nothing stays after the #
            to_us = [url for url in asked if url.startswith(live.address)]
            assert not any("pictures.example" in url.partition("#")[0] for url in to_us)
            send(form.locator("form[data-autosave] button[value=on]"))
            expect(form.locator("#category-hate")).to_be_checked()


@pytest.mark.whole
@needs_chromium
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("chrome://settings/", "n’est pas sur le web"),
        ("javascript:alert(1)", "n’est pas sur le web"),
        ("file:///home/me/picture.png", "n’est pas sur le web"),
        ("", "illisible"),
        ("https://pictures.example/" + "a" * 9000, "trop longue"),
    ],
    ids=["browser", "script", "file", "none", "long"],
)
def test_what_is_no_page_is_refused_in_plain_words(
    chromium: Chromium, live: Live, unpacked: Path, tmp_path: Path, url: str, says: str
) -> None:
    with opened(chromium, unpacked, tmp_path / "profile") as context:
        page = popup(context, {"url": url, "title": "Une page"})
        expect(page.get_by_role("alert")).to_contain_text(says)
        expect(page.locator("#report")).to_be_hidden()
        link = page.get_by_role("link", name="Ouvrir le formulaire vide")
        assert link.get_attribute("href") == f"{live.address}/fr/report/"
        assert look(page) == []


@pytest.mark.whole
@needs_chromium
def test_a_private_window_is_said_and_a_password_is_left_out(
    chromium: Chromium, unpacked: Path, tmp_path: Path
) -> None:
    with opened(chromium, unpacked, tmp_path / "profile") as context:
        tab = {"url": "https://me:word@pictures.example/", "title": "", "incognito": True}
        page = popup(context, tab)
        expect(page.get_by_text("Fenêtre privée")).to_be_visible()
        expect(page.locator("#address")).to_have_text("https://pictures.example/")
        expect(page.locator("#title")).to_have_text("–")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Continuer")).to_be_focused()


def go_on(page: Page, name: str) -> None:
    """Press a button by its key; the pop-up closes under the hand."""
    with suppress(Error):
        page.get_by_role("button", name=name).press("Enter")


@contextmanager
def a_screen() -> Iterator[str]:
    """Start a screen without a screen; return its name."""
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writes,), stderr=subprocess.DEVNULL) as server:  # noqa: S603
        os.close(writes)
        try:
            with os.fdopen(reads) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


def xdotool(screen: str, words: str) -> None:
    """Press keys on a screen."""
    hand = {**os.environ, "DISPLAY": screen}
    subprocess.run(["xdotool", *words.split()], env=hand, check=True, timeout=300)  # noqa: S603, S607


class PopUp:
    """The pop-up that a real press opened: a page that Playwright does not show."""

    ASKS: Final = (
        "(async () => [document.documentElement.dataset.ready, "
        "document.getElementById('address').textContent, "
        "(await chrome.tabs.query({})).map((each) => each.url ?? '')])()"
    )

    def __init__(self, page: Page, screen: str) -> None:
        self._page = page
        self._wire = page.context.new_cdp_session(page)
        self._told: list[dict[str, Any]] = []
        self._wire.on("Target.receivedMessageFromTarget", self._hear)
        xdotool(screen, "search --sync --onlyvisible --class chromium windowfocus --sync")
        looks = count()

        def has_come() -> bool:
            if self._targets():
                return True
            if next(looks) % 100 == 0:  # a press before the browser listens is lost
                xdotool(screen, "key alt+shift+s")
            return False

        until(has_come, "the pop-up does not open")
        target = {"targetId": self._targets()[0], "flatten": False}
        self._session = self._wire.send("Target.attachToTarget", target)["sessionId"]

    def told(self) -> list[Any]:
        """Return whether it is ready (""), the address it shows, and those of all tabs it sees."""
        while True:
            found = self.ask(self.ASKS)
            if found and found[0] is not None:
                return list(found)

    def ask(self, words: str) -> Any:
        """Return what a few words of script give in the pop-up; None where they fail."""
        asked = {"expression": words, "awaitPromise": True, "returnByValue": True}
        message = {"id": len(self._told), "method": "Runtime.evaluate", "params": asked}
        sent = {"sessionId": self._session, "message": json.dumps(message)}
        self._wire.send("Target.sendMessageToTarget", sent)
        hears(self._page, lambda: len(self._told) > message["id"])
        return json.loads(self._told[-1]["message"])["result"]["result"].get("value")

    def _hear(self, told: dict[str, Any]) -> None:
        self._told.append(told)

    def _targets(self) -> list[str]:
        found = self._wire.send("Target.getTargets")["targetInfos"]
        return [each["targetId"] for each in found if each["url"].endswith("/popup.html")]


@pytest.mark.whole
@needs_a_screen
def test_a_real_press_gives_the_address_of_the_page_and_no_other(
    chromium: Chromium, live: Live, unpacked: Path, tmp_path: Path
) -> None:
    with a_screen() as screen, opened(chromium, unpacked, tmp_path / "p", screen=screen) as context:
        other = context.pages[0]
        other.goto(f"{live.address}/fr/privacy/")
        page = context.new_page()
        page.goto(f"{live.address}/fr/legal/?n=1")
        page.bring_to_front()
        shown, address, seen = PopUp(page, screen).told()
        assert shown == ""
        assert address == f"{live.address}/fr/legal/?n=1"
        assert f"{live.address}/fr/privacy/" not in seen
        with context.expect_page() as opening:
            xdotool(screen, "key Tab key Return")
        form = opening.value
        field = form.locator("textarea[name=addresses]")
        expect(field).to_have_value(f"{live.address}/fr/legal/?n=1")


def look(page: Page) -> list[str]:
    """Return what axe finds, and whether anything is wider than the pop-up."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(e => `${e.id} ${e.nodes[0].html}`)"
    )
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["wider than its window"] if wide else [])]
