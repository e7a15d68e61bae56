"""A structure in La Réunion is found by list and by map, on a phone and at a desk, without
JavaScript too.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone
from tests.journeys.scenarios.people import DESK, PHONE
from tests.journeys.test_pages_are_accessible import findings

pytestmark = pytest.mark.journey

NAME = "Ti Kaz numérique"
HERE = "/fr/near-me/"


def names(page: Page) -> list[str]:
    return page.locator(".near-spots a").all_inner_texts()


@pytest.mark.whole
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_structure_overseas_is_found_by_list_and_by_map(
    someone: Someone, viewport: dict[str, int], *, has_script: bool
) -> None:
    page = someone(viewport=viewport, java_script_enabled=has_script)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/fr/")
    page.get_by_role("link", name="Près de chez moi").first.click()
    page.get_by_role("searchbox").fill("97400")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Saint-Denis")
    by_postcode = names(page)
    assert NAME in by_postcode
    expect(page.get_by_text("tout près").first).to_be_visible()

    page.goto(HERE)
    page.locator(".near-places").get_by_role("link", name="La Réunion").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("La Réunion")
    by_map = names(page)
    assert set(by_map) >= set(by_postcode)
    told = page.locator(".near-places li", has_text="La Réunion").locator("strong")
    expect(told).to_have_text(str(len(by_map)))

    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.get_by_text("Créole réunionnais")).to_be_visible()
    house = page.url.split("/fr/")[0]
    assert all(url.startswith((house, "data:")) for url in asked)
    width = page.evaluate("document.documentElement.scrollWidth") if has_script else 0
    assert width <= viewport["width"]


def test_a_press_on_the_map_shows_the_region_and_its_list(someone: Someone) -> None:
    page = someone(viewport=DESK)
    page.goto(HERE)
    spot = page.locator(".near-country a[href*='region=bretagne']")
    expected = int(spot.locator("text").text_content() or 0)
    spot.locator("circle").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Bretagne")
    assert len(names(page)) == expected
    assert findings(page) == []
