"""H14: a danger, and something goes wrong in the middle of it.

It is said while the chat is passed on; nobody else is in the house; whoever looks after it is no
supervisor any more; the child's clock is off, and what they paste far too long; the database takes
nothing.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.faults import own_browser
from tests.journeys.scenarios.people import (
    DESK,
    PHONE,
    asks_for_a_chat,
    enters,
    proposes_the_end,
    says,
    sits,
)
from tests.journeys.test_pages_are_accessible import findings
from tests.live import DATABASE, Live
from tests.waiting import let_pass

pytestmark = [
    pytest.mark.journey,
    pytest.mark.safety,
    pytest.mark.usefixtures("nobody_waits"),
]

DANGER = "Je suis en danger maintenant"
# Ten minutes pass since the end was proposed.
LATER = """
from datetime import timedelta
from django.db.models import F
from balise.helpline.queue.models import Danger
Danger.objects.filter(ended_at=None).update(proposed_at=F("proposed_at") - timedelta(minutes=11))
"""
NO_LEAD_ANY_MORE = """
from balise.foundation.accounts.models import Account
Account.objects.filter(role="helpline_lead", is_active=True).update(role="listener")
"""
A_LEAD_AGAIN = """
from balise.foundation.accounts.models import Account
Account.objects.filter(email__startswith="helpline_lead").update(role="helpline_lead")
"""
DANGERS = """
from balise.helpline.queue.models import Danger
print("DANGERS", [(one.said_by, one.ended_at is not None, one.is_alone, bool(one.read_by))
                  for one in Danger.objects.order_by("declared_at")])
"""


@pytest.fixture
def child(someone: Someone, live: Live) -> Page:
    """Give the page of a child who waits."""
    page = someone(viewport=PHONE)
    asks_for_a_chat(page, live)
    return page


@pytest.fixture
def listener(someone: Someone, child: Page) -> Page:
    """Give the page of the listener who has taken the child."""
    page = someone(viewport=DESK, bypass_csp=True)
    enters(page, "listener")
    sits(page, "Psychologue")
    send(page.get_by_role("button", name="Personne suivante"))
    says(page, "Je suis là avec toi.")
    expect(child.get_by_text("Je suis là avec toi.").first).to_be_visible()
    return page


def says_danger(child: Page, listener: Page) -> None:
    """Press the child's own key, and see the numbers before the listener."""
    send(child.get_by_role("button", name=DANGER))
    expect(listener.locator(".danger-band a[href^='tel:']").first).to_be_visible()


def dangers(live: Live) -> list[str]:
    """Return what is known of each danger of this house, the newest last."""
    said = live.balise("shell", "-v0", "-c", DANGERS).split("DANGERS")[1]
    return re.findall(r"\([^)]+\)", said)


@contextmanager
def nothing_is_written(live: Live) -> Iterator[None]:
    """Keep the database for oneself: whoever would write in it waits, and is refused in the end."""
    with closing(sqlite3.connect(live.home / DATABASE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.whole
def test_it_is_said_while_the_chat_is_passed_on(
    someone: Someone, live: Live, child: Page, listener: Page
) -> None:
    lead = someone(viewport=DESK, bypass_csp=True)
    listener.get_by_text("Passer le relais").first.click()
    listener.locator("[name=skill]").select_option("lawyer")
    listener.locator("[name=brief]").fill("Veut porter plainte.")
    # The child presses while the other form is filled in and not yet sent: the page says it first.
    says_danger(child, listener)
    expect(listener.locator("[name=brief]")).to_have_value("Veut porter plainte.")
    send(listener.get_by_role("button", name="Passer le relais"))
    expect(listener).to_have_url(re.compile(r"/staff/helpline/$"))

    # Whoever takes it over has a danger, whatever their profession; it is still one.
    enters(lead, "helpline_lead")
    sits(lead, "Juriste")
    send(lead.get_by_role("button", name="Personne suivante"))
    expect(lead.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    expect(lead.locator(".danger-steps [name=location]")).to_be_visible()
    expect(lead.get_by_text("Veut porter plainte.")).to_be_visible()
    assert dangers(live)[-1] == "('person', False, False, False)"


def test_nobody_else_is_there_and_a_supervisor_reads_why(
    someone: Someone, live: Live, child: Page, listener: Page
) -> None:
    says_danger(child, listener)
    proposes_the_end(listener)
    alone = listener.get_by_role("link", name="Personne ne peut donner son accord")
    expect(alone).to_have_count(0)
    live.balise("shell", "-v0", "-c", LATER)
    alone.click()
    send(listener.get_by_role("button", name="Mettre fin au danger seul"))  # without a reason
    why = listener.get_by_label("Pourquoi personne ne peut donner son accord")
    expect(why).to_have_attribute("aria-invalid", "true")
    assert not findings(listener)
    why.fill("Je suis seule cette nuit.")
    send(listener.get_by_role("button", name="Mettre fin au danger seul"))
    expect(listener.locator(".danger-band")).to_have_count(0)
    assert dangers(live)[-1] == "('person', True, True, False)"

    lead = someone(viewport=DESK, bypass_csp=True)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    expect(lead.get_by_text("Je suis seule cette nuit.")).to_be_visible()
    assert not findings(lead)
    send(lead.get_by_role("button", name="J’ai lu"))
    expect(lead.get_by_text("Je suis seule cette nuit.")).to_have_count(0)
    assert dangers(live)[-1] == "('person', True, True, True)"


@pytest.mark.whole
@pytest.mark.storm
def test_the_listeners_browser_dies_in_it(
    someone: Someone, browser: Browser, live: Live, child: Page
) -> None:
    lead = someone(viewport=DESK, bypass_csp=True)
    enters(lead, "helpline_lead")
    sits(lead, "Juriste")
    with own_browser(browser, live, viewport=DESK) as killed:
        enters(killed.page, "listener")
        sits(killed.page, "Psychologue")
        send(killed.page.get_by_role("button", name="Personne suivante"))
        says(killed.page, "Je suis là avec toi.")
        says_danger(child, killed.page)
        killed.kill()
    # Whoever can take the child is called, whatever their profession; the child reads that too.
    child.get_by_role("link", name="Revenir à la conversation").click()
    expect(child.locator("[data-log] li", has_text="Quelqu’un d’autre")).to_be_visible()
    send(lead.get_by_role("button", name="Personne suivante"))
    expect(lead.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    expect(lead.get_by_text("Je suis là avec toi.").first).to_be_visible()
    assert dangers(live)[-1] == "('person', False, False, False)"


@pytest.mark.whole
def test_whoever_looks_after_it_is_no_supervisor_any_more(
    someone: Someone, live: Live, child: Page, listener: Page
) -> None:
    lead = someone(viewport=DESK, bypass_csp=True)
    says(child, "Il frappe à la porte.")
    says_danger(child, listener)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    send(lead.get_by_role("button", name="Je suis là"))
    expect(lead.get_by_text("Il frappe à la porte.").first).to_be_visible()
    proposes_the_end(listener)
    expect(lead.get_by_role("button", name="Confirmer la fin")).to_be_visible()

    # The words leave the screen, and the end still waits for a second person.
    live.balise("shell", "-v0", "-c", NO_LEAD_ANY_MORE)
    try:
        expect(lead.get_by_text("Il frappe à la porte.")).to_have_count(0)
        expect(lead.get_by_role("button", name="Confirmer la fin")).to_have_count(0)
        assert dangers(live)[-1] == "('person', False, False, False)"
        expect(listener.locator(".danger-band")).to_contain_text("l’accord d’une deuxième personne")
    finally:
        live.balise("shell", "-v0", "-c", A_LEAD_AGAIN)


@pytest.mark.whole
def test_the_childs_clock_is_a_day_off_and_what_is_pasted_too_long(
    someone: Someone, live: Live
) -> None:
    child, listener = someone(viewport=PHONE), someone(viewport=DESK, bypass_csp=True)
    child.clock.install(time="2031-02-03T04:05:06")
    asks_for_a_chat(child, live)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    says(listener, "Je suis là avec toi.")
    expect(child.get_by_text("Je suis là avec toi.").first).to_be_visible()
    field = child.locator("[data-talk] textarea")
    long = "je raconte tout " * 1_250 + "et je vais me tuer ce soir"
    field.fill(long)
    press = child.locator("[data-form] button.button-primary")
    press.press("Enter")  # it is refused on the page
    expect(child.get_by_text("Message trop long")).to_be_in_viewport()
    expect(field).to_have_value(long)
    field.fill("Ce soir je vais me tuer")
    send(press)
    expect(listener.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    expect(listener.get_by_text("je vais me tuer").first).to_be_visible()
    expect(listener.get_by_text("2031")).to_have_count(0)


@pytest.mark.whole
@pytest.mark.storm
def test_the_database_takes_nothing_for_twenty_seconds(
    live: Live, child: Page, listener: Page
) -> None:
    with nothing_is_written(live):
        says(child, "Il est revenu.")
        with child.expect_response("**/not-safe/"):
            child.get_by_role("button", name=DANGER).click()
        let_pass(20)
        listener.locator("[data-talk] textarea").fill("Où es-tu ?")
    # The child reads the numbers, and sends what they pressed once more; what was written follows.
    expect(child.get_by_role("link", name=re.compile("17")).first).to_be_visible()
    send(child.get_by_role("button", name="Réessayer"))
    child.get_by_role("link", name="Revenir à la conversation").click()
    expect(listener.get_by_text("Il est revenu.").first).to_be_visible()
    expect(listener.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    expect(listener.locator("[data-talk] textarea")).to_have_value("Où es-tu ?")
    expect(child.locator("[data-log] li", has_text="Quelqu’un d’autre")).to_have_count(0)
    assert dangers(live)[-1] == "('person', False, False, False)"
