"""What a page says of what was just done stays at its bottom: no button lies under it."""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, covered, send
from tests.journeys.test_pages_are_accessible import enter, findings

pytestmark = [pytest.mark.journey, pytest.mark.whole]

SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
BANKS = "/staff/hotline/banks/"


@pytest.mark.parametrize("size", SIZES)
def test_settings_are_saved_and_every_button_is_seen(someone: Someone, size: str) -> None:
    lead = someone(viewport=SIZES[size], bypass_csp=True, reduced_motion="reduce")
    enter(lead, "hotline_lead")
    lead.goto(BANKS)
    lead.locator("main table a").first.click()
    send(lead.get_by_role("button", name="Enregistrer les réglages"))
    said = lead.locator(".toast")
    expect(said).to_contain_text("Enregistré.")
    assert not covered(lead)
    assert not findings(lead)

    # A list that is longer than the screen, under the same words.
    told = said.evaluate("(said) => said.outerHTML")
    for path in (BANKS, f"{BANKS}look-ups/", "/staff/hotline/hashes/", "/staff/hotline/words/"):
        lead.goto(path)
        lead.locator(".toasts").evaluate("(room, told) => (room.innerHTML = told)", told)
        assert not covered(lead), path
