"""H5: a child waits, writes that they want to die tonight, then nothing more.

The risk that is offered rises, the child comes before who waited longer, a supervisor is called,
and the child reads that they come first, with the numbers and no waiting time; with a script and
without one. A listener confirms what words raised with one key.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

TONIGHT = "jveu mourir ce soir"
TOLD = """
from balise.foundation.journal.models import Entry
told = Entry.objects.filter(event="helpline.item.risk-judged").order_by("id")
print("TOLD", [f"{one.facts['before']}{one.facts['risk']} {one.facts['how']}" for one in told])
"""


def comes_first(child: Page) -> None:
    """A child reads that they come first and whom to call, and no time."""
    hall = child.locator("[data-waiting]")
    expect(hall.get_by_text("Tu passes en premier.")).to_be_visible()
    expect(hall.get_by_role("link", name=re.compile("112")).first).to_be_visible()
    assert "minutes" not in hall.locator("[data-standing]").inner_text()


def test_a_child_who_writes_of_dying_comes_first(someone: Someone, live: Live) -> None:
    lead = someone(viewport=DESK, bypass_csp=True)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")

    earlier = someone(viewport=PHONE)
    asks_for_a_chat(earlier, live, nickname="Loutre")
    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live, nickname="Renard")
    expect(child.get_by_text("Tu passes en premier.")).to_have_count(0)
    says(earlier, "je suis mort de rire")
    says(child, TONIGHT)

    # The child reads it on the page that is open, and after it was loaded again.
    comes_first(child)
    child.reload()
    comes_first(child)
    assert not findings(child)
    # One who only laughed waits as before.
    expect(earlier.get_by_text("Tu passes en premier.")).to_have_count(0)

    # The supervisor sees it on an open page, marked as a guess.
    expect(lead.get_by_text("Danger immédiat").first).to_be_visible()
    expect(lead.get_by_text("Repéré par des mots").first).to_be_visible()
    lead.set_viewport_size(PHONE)
    assert not findings(lead)

    # Without a script it reads the same.
    plain = someone(viewport=PHONE, java_script_enabled=False)
    code = asks_for_a_chat(plain, live, nickname="Merle")
    plain.goto("/fr/talk/room/?write")
    says(plain, "g envie de mourir ce soir")
    comes_first(plain)
    assert code

    # The next press brings the child who wrote first, before who waited longer.
    sits(listener, "Psychologue")
    press_key(listener, "n")
    expect(listener.get_by_text(TONIGHT).first).to_be_visible()
    band = listener.locator(".danger-band")
    expect(band.get_by_text("C’est une liste de mots")).to_be_visible()
    assert not findings(listener)
    press_key(listener, "c")
    expect(band.get_by_text("C’est une liste de mots")).to_have_count(0)
    expect(band.get_by_role("link", name=re.compile("112")).first).to_be_visible()
    told = live.balise("shell", "-v0", "-c", TOLD).split("TOLD ")[1]
    assert told.count("FA words") == 2
    assert "AA judged" in told
    says(listener, "Je suis là. Où es-tu ?")
    expect(child.get_by_text("Je suis là. Où es-tu ?").first).to_be_visible()
