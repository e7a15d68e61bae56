"""An analyst takes the fingerprint of a picture on the page they are on, by the extension.

`activeTab` is given by a real press alone: keys are pressed on a screen without a screen (Xvfb).
The page of pictures is drawn here; its pictures come from another address than the page.
"""

import base64
import io
import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect
from scripts.extension import SOURCE, files

from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.tests import drawn
from tests.bare_page import bare_page
from tests.browser import Chromium, send
from tests.journeys.scenarios.people import report_many
from tests.journeys.test_a_page_is_reported_by_extension import (
    PopUp,
    a_screen,
    look,
    needs_a_screen,
    needs_chromium,
    opened,
    popup,
    xdotool,
)
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole]
INSIDE: Final = drawn.hills("large", 1200, 560)
LARGE: Final = drawn.Barred(INSIDE, 1200, 800, 0, 120)
SMALL: Final = drawn.hills("small", 320, 240)
ALIKE: Final = 31
PAGE: Final = """<!doctype html><title>Pictures</title><style>img { display: block }</style>
<p>Words</p><img id=small width=200 src=https://files.example/small.png>
<img id=large width=600 src=https://files.example/large.png>
<div style="height:3000px"></div><img width=300 src=https://files.example/small.png>"""


def answer(route: Route) -> None:
    """Answer as the page of pictures, and as the other address that has them."""
    name = route.request.url.rpartition("/")[2]
    if name in {"large.png", "small.png"}:
        made = io.BytesIO()
        shown = drawn.barred(LARGE) if name == "large.png" else drawn.pixels(SMALL)
        Image.fromarray(shown).save(made, "PNG")
        route.fulfill(body=made.getvalue(), content_type="image/png")
    else:
        route.fulfill(body=PAGE, content_type="text/html")


def unpacked(folder: Path, staff: str) -> Path:
    """Return the package for analysts, whose page of staff is at an address."""
    centre = json.loads((SOURCE / "centre.json").read_text("utf-8")) | {"staff": staff}
    for name, octets in files(json.dumps(centre)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(octets)
    return folder


def shown(context: BrowserContext) -> Page:
    page = context.pages[0]
    page.goto("https://pictures.example/page?n=1")
    page.wait_for_function("[...document.images].every((each) => each.complete)")
    page.bring_to_front()
    return page


ANSWERS: Final = """
chrome.scripting.executeScript = async () => [{ result: { found: %s, width: 400, height: 300 } }];
chrome.tabs.captureVisibleTab = async () => %s;
"""


def as_address(picture: Image.Image) -> str:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"


FORM: Final = """(async () => {
  document.getElementById("fingerprint").click();
  for (;;) {
    const alert = document.querySelector("#analyst [role=alert]");
    const form = document.querySelector("#analyst form");
    if (alert) return alert.textContent;
    if (form) return [...form.querySelectorAll("input")].map((each) => each.ariaLabel);
    await new Promise((done) => setTimeout(done, 20));
  }
})()"""


@needs_a_screen
def test_the_fingerprint_of_the_picture_that_is_chosen_goes_to_the_staffs_page(
    chromium: Chromium, tmp_path: Path
) -> None:
    with bare_page() as staff, a_screen() as screen:
        folder = unpacked(tmp_path / "extension", f"{staff}/")
        with opened(chromium, folder, tmp_path / "profile", screen=screen) as context:
            asked: list[tuple[str, str | None]] = []
            context.route(re.compile(r"\.example/"), answer)
            page = shown(context)
            before = page.content()
            context.on("request", lambda one: asked.append((one.url, one.post_data)))
            pop_up = PopUp(page, screen)
            pop_up.told()
            found = pop_up.ask(FORM)
            # What is not seen whole is not among them.
            assert [label.partition(" :")[0].partition("\u202f:")[0] for label in found] == [
                "Image 1",
                "Image 2",
            ]
            assert "600 × 400" in found[0]
            assert page.content() == before  # nothing tells the page
            with context.expect_page() as opening:
                xdotool(screen, "key Return")
            carried = opening.value
            carried.wait_for_load_state()
            told = read(carried)
            assert told["address"] == "https://pictures.example/page?n=1"
            (fingerprint,) = told["fingerprints"]
            assert fingerprint.keys() == {"pdq", "quality", "turns", "trimmed"}
            assert fingerprint["trimmed"].keys() == {"pdq", "quality", "turns"}
            pixels = (drawn.barred(LARGE), drawn.pixels(INSIDE))
            for hashes, shown_ in zip((fingerprint, fingerprint["trimmed"]), pixels, strict=True):
                turned = pdq.hash_pixels_turned(shown_)
                for one, other in zip(hashes["turns"], turned.values, strict=True):
                    assert pdq.distance(bytes.fromhex(one), other) <= ALIKE
            sent = [each for each in asked if not each[0].startswith(("chrome", "data:", "blob:"))]
            assert all(url.partition("#")[0] == f"{staff}/" and not body for url, body in sent)


@needs_a_screen
def test_it_comes_to_the_content_of_that_address_and_is_looked_up(
    chromium: Chromium, live: Live, tmp_path: Path
) -> None:
    report_many(live, ("https://pictures.example/page?n=1", {"category": "hate"}))
    with a_screen() as screen:
        folder = unpacked(tmp_path / "extension", f"{live.address}/staff/hotline/fingerprints/")
        with opened(chromium, folder, tmp_path / "profile", screen=screen) as context:
            context.route(re.compile(r"\.example/"), answer)
            analyst = context.new_page()
            analyst.goto(f"{live.address}/staff/demonstration/")
            send(analyst.locator("form:has([name=role][value=analyst]) button"))
            analyst.wait_for_url("**/staff/")
            pop_up = PopUp(shown(context), screen)
            pop_up.told()
            assert pop_up.ask(FORM)
            with context.expect_page() as opening:
                xdotool(screen, "key Return")
            page = opening.value
            page.wait_for_url("**/staff/hotline/content/*/fingerprints/")
            look_up = page.locator("form[data-fingerprints] button")
            expect(look_up).to_be_visible()
            send(look_up)
            page.wait_for_url("**/staff/hotline/contents/**")
            expect(page.locator(".fp").first).to_be_visible()


def read(page: Page) -> dict[str, Any]:
    """Return what the part of an address after its # says."""
    told = parse_qs(page.evaluate("location.hash.slice(1)"), strict_parsing=True)
    return {"address": told["address"][0], "fingerprints": json.loads(told["fingerprints"][0])}


@needs_chromium
def test_the_map_of_the_page_is_read_and_used_by_keys(chromium: Chromium, tmp_path: Path) -> None:
    """The pop-up is driven with the page's answers given, so that axe can look at it."""
    folder = unpacked(tmp_path / "extension", "http://127.0.0.1/staff/hotline/fingerprints/")
    dot = as_address(Image.new("RGB", (400, 300), "white"))
    boxes = [
        {"left": 20, "top": 20, "width": 200, "height": 150, "own": [4, 3], "fit": "fill"},
        {"left": 250, "top": 60, "width": 130, "height": 200, "own": [2, 3], "fit": "fill"},
    ]
    for lang in ("fr", "en"):
        with opened(chromium, folder, tmp_path / lang, lang=lang) as context:
            context.add_init_script(ANSWERS % (json.dumps(boxes), json.dumps(dot)))
            page = popup(context, {"url": "https://pictures.example/", "title": "Une page"})
            page.locator("#fingerprint").click()
            expect(page.locator(".map label")).to_have_count(2)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert look(page) == []
            expect(page.get_by_role("radio").first).to_be_focused()
            page.keyboard.press("ArrowDown")
            expect(page.get_by_role("radio").last).to_be_checked()


@needs_a_screen
def test_a_page_without_a_picture_that_is_seen_whole_is_refused_in_plain_words(
    chromium: Chromium, tmp_path: Path
) -> None:
    with a_screen() as screen:
        folder = unpacked(tmp_path / "extension", "http://127.0.0.1/staff/hotline/fingerprints/")
        with opened(chromium, folder, tmp_path / "profile", screen=screen) as context:
            context.route(re.compile(r"\.example/"), answer)
            page = shown(context)
            page.evaluate("scrollTo(0, 1500)")
            pop_up = PopUp(page, screen)
            pop_up.told()
            assert "entièrement visible" in pop_up.ask(FORM)
