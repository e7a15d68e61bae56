"""axe finds nothing on the pages of the house: on a telephone and a desk, by day and by night."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import Someone

pytestmark = pytest.mark.journey

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SIZES = {"telephone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
PUBLIC = (
    "/fr/",
    "/en/",
    "/fr/leaving/",
    "/fr/privacy/",
    "/fr/accessibility/",
    "/fr/legal/",
    "/fr/report/",
    "/fr/nothing-here/",
)
STAFF = ("/staff/", *(f"/staff/design/?line={line}" for line in ("house", "hotline", "awareness")))


def findings(page: Page) -> list[str]:
    """Return what axe finds, and what does not fit the width of the window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("(rules) => axe.run({ runOnly: rules })", rules)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [
        f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ] + ([f"{overflow} px too wide"] if overflow > 0 else [])


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages(someone: Someone, size: str, light: str) -> None:
    page = someone(viewport=SIZES[size], color_scheme=light, bypass_csp=True)
    for path in PUBLIC:
        page.goto(path)
        assert not findings(page), path


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_staff_pages(someone: Someone, size: str, light: str) -> None:
    page = someone(viewport=SIZES[size], color_scheme=light, bypass_csp=True)
    page.goto("/staff/demonstration/")
    page.get_by_role("button").filter(has_text="Analyste").first.click()
    page.wait_for_url("**/staff/")
    for path in STAFF:
        page.goto(path)
        assert not findings(page), path


def test_text_twice_as_large_still_fits(someone: Someone) -> None:
    page = someone(viewport={"width": 640, "height": 480})
    for path in PUBLIC[:-1]:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path
