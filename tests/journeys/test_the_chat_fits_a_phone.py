"""The child's chat on a phone: nothing lies over anything, the composer is always there.

At 360 × 740 (the whole phone) and 360 × 400 (its keyboard is up).
"""

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Someone
from tests.journeys.test_a_child_talks import asks, says
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]

PHONE: Any = {"width": 360, "height": 740}
KEYBOARD_UP: Any = {"width": 360, "height": 400}
LONG = "je sais pas quoi faire, ça dure depuis la rentrée et personne ne dit rien"
# What can be pressed or filled, and can be seen: what is scrolled away lies under nothing.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, summary, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(".skip"))
    .map((one) => {
        const scroller = one.closest(".chat-log, .chat-choices");
        const box = one.getBoundingClientRect();
        const within = scroller?.getBoundingClientRect();
        const top = Math.max(box.top, within?.top ?? 0);
        const bottom = Math.min(box.bottom, within?.bottom ?? innerHeight);
        const says = one.innerText || one.name || one.ariaLabel;
        return { says, left: box.left, right: box.right, top, bottom };
    })
    .filter((one) => one.bottom - one.top > 1)"""


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Return the controls of which one lies over the other, by a pixel and more."""
    found = page.evaluate(CONTROLS)
    return [
        (one["says"], other["says"])
        for one, other in combinations(found, 2)
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


def is_whole_in_view(page: Page, one: Locator) -> bool:
    box, size = one.bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def is_well_laid(page: Page) -> None:
    """Check that the page does not scroll, and what has to be there is there, uncovered."""
    for one in (
        page.get_by_role("link", name="Quitter vite"),
        page.get_by_role("textbox", name="Message"),
        page.get_by_role("button", name="Envoyer"),
        page.get_by_role("button", name="Je suis en danger"),
        page.get_by_role("link", name="Terminer"),
    ):
        expect(one).to_be_visible()
        assert is_whole_in_view(page, one), one
    assert overlapping(page) == []
    assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_on_a_phone_and_above_its_keyboard(someone: Someone, live: Live) -> None:
    page = someone(viewport=PHONE)
    asks(page, live)
    meta = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "interactive-widget=resizes-content" in meta
    is_well_laid(page)
    page.set_viewport_size(KEYBOARD_UP)
    is_well_laid(page)

    page.set_viewport_size(PHONE)
    for words in ("coucou, y a quelqu’un ?", "ils se moquent de moi", LONG):
        says(page, words)
        expect(page.locator(".message", has_text=words).locator(".delivery")).to_have_text("reçu")
    for size in (PHONE, KEYBOARD_UP):
        page.set_viewport_size(size)
        is_well_laid(page)
        log = page.locator(".chat-log").bounding_box()
        last = page.locator(".message").last.bounding_box()
        assert log is not None
        assert last is not None
        end = last["y"] + last["height"]
        assert log["y"] < end <= log["y"] + log["height"]  # its last line is above the composer
        page.reload()
        is_well_laid(page)
        assert is_whole_in_view(page, page.locator(".message").last)


@pytest.mark.whole
def test_more_choices_take_room_and_cover_nothing(someone: Someone, live: Live) -> None:
    page = someone(viewport=PHONE)
    asks(page, live)
    page.locator(".chat-more > summary").click()
    expect(page.get_by_role("button", name="Revenir plus tard avec un code")).to_be_visible()
    is_well_laid(page)


@pytest.mark.whole
def test_without_a_script(someone: Someone, live: Live) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    asks(page, live)
    write = page.get_by_role("link", name="Écrire un message")
    assert is_whole_in_view(page, write)
    write.click()
    field = page.get_by_role("textbox", name="Message")
    assert is_whole_in_view(page, field)
    says(page, LONG)
    expect(page.locator(".message", has_text=LONG)).to_be_in_viewport()
    assert is_whole_in_view(page, page.get_by_role("button", name="Je suis en danger"))
