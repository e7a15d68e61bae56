"""A lead takes over a record while its listener still writes it: no word is lost, and both know."""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import (
    DESK,
    PHONE,
    asks_for_a_chat,
    enters,
    leave_unwritten,
    sits,
)
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.usefixtures("nobody_waits")]

WORDS = "Un résumé que j’écrivais."


def test_who_still_writes_it_is_told_and_keeps_the_words(someone: Someone, live: Live) -> None:
    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live)
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    press_key(listener, "n")
    expect(listener.get_by_role("heading", name="Conversation")).to_be_visible()
    leave_unwritten(child, listener)
    listener.goto("/staff/helpline/console/records/")
    # Another journey may have left some: the latest is last.
    listener.locator("main a[href*='/console/records/']").last.click()
    summary = listener.locator("[name=record-summary]")
    expect(summary).to_be_visible()
    address = listener.url

    lead = someone(viewport=DESK)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/console/records/")
    contact = address.rstrip("/").rpartition("/")[2]
    send(lead.locator(f"form[action*='{contact}/take-over/'] button"))
    lead.wait_for_url(f"**/records/{contact}/")

    # What is typed stays in its field, and the page says why it is not saved.
    summary.fill(WORDS)
    expect(listener.locator("#saved")).to_contain_text("a repris cette fiche")
    expect(listener.locator(".toast-error")).to_have_count(0)
    expect(summary).to_have_value(WORDS)
    assert not findings(listener)
    # Who presses the button all the same reads their words on the page, and can copy them.
    send(listener.locator("[data-wrap-up]"))
    expect(listener.locator("main dd", has_text=WORDS)).to_be_visible()
    assert WORDS in (listener.locator("[data-copy]").get_attribute("data-copy") or "")
    assert not findings(listener)
    # Back, and the way to their console.
    listener.goto(address)
    expect(listener.locator("main")).to_contain_text("a repris cette fiche")
    listener.locator("main").get_by_role("link", name="Mon poste").last.click()
    listener.wait_for_url("**/staff/helpline/")
