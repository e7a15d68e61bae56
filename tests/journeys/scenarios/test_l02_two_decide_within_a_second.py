"""L2: two analysts on one content decide within a second, one of them by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import enters, report_many, takes
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_rests")]

HOST = "deux-a-la-fois.example"
VERDICT = "Enregistrer la qualification"


def prepares(page: Page, words: str) -> None:
    """Fill in a verdict by keys as far as keys go; it is not given yet."""
    press_key(page, "2")
    expect(page.get_by_label("Nuisible, non illégal")).to_be_checked()
    page.get_by_label("Certaine", exact=True).check()
    page.get_by_label("Comment le savez-vous ?").select_option("looked")
    page.locator("#id_rationale").fill(words)


def test_one_verdict_and_the_other_keeps_their_text(someone: Someone, live: Live) -> None:
    report_many(live, (f"https://{HOST}/page", {"category": "hate"}))
    analyst, lead = someone(), someone()
    enters(analyst, "analyst")
    enters(lead, "hotline_lead")
    content = takes(analyst, HOST)
    press_key(analyst, "o")
    expect(analyst.locator("[data-pane]")).to_be_visible()
    lead.goto(content)
    prepares(analyst, "Le mien, au clavier.")
    prepares(lead, "Le mien, à la souris.")

    analyst.get_by_role("button", name=VERDICT).focus()
    analyst.keyboard.press("Enter")
    send(lead.get_by_role("button", name=VERDICT))

    expect(analyst.get_by_text("Connu et décidé")).to_be_visible()
    # Whichever came first: the other reads whose it is, and finds their own words.
    said = re.compile(r"a déjà sa qualification, enregistrée par \w+|\w+ travaille sur ce contenu")
    expect(lead.get_by_text(said).first).to_be_visible()
    expect(lead.locator("#id_rationale")).to_have_value("Le mien, à la souris.")
    expect(lead.get_by_label("Certaine", exact=True)).to_be_checked()
    told = live.balise("shell", "-v0", "-c", _COUNT)
    assert "VERDICTS 1" in told


_COUNT = f"""
from balise.hotline.reports.models import Assessment
from balise.hotline.reports.queries.receipts import identity_key
found = Assessment.objects.filter(content__identity_key=identity_key("https://{HOST}/page"))
print("VERDICTS", found.count())
"""
