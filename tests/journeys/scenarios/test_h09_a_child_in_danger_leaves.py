"""H9: a child in risk A leaves without a word; someone else wraps up an hour later.

The record says A. To save a lower one, the page asks why; what was typed stays.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import (
    DESK,
    PHONE,
    asks_for_a_chat,
    enters,
    leave_unwritten,
    marks,
    sits,
)
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

AN_HOUR_AGO = """
from datetime import timedelta
from django.db.models import F
from balise.helpline.contacts.models import Contact
one = Contact.objects.filter(state="open", channel="chat").latest("begun_at")
Contact.objects.filter(id=one.id).update(begun_at=F("begun_at") - timedelta(hours=1))
print("CONTACT", one.id)
"""
LOWERED = """
from balise.foundation.journal.models import Entry
told = Entry.objects.filter(event="helpline.contact.risk-lowered")
print("TOLD", [dict(one.facts) for one in told])
"""


def test_the_record_says_a_until_someone_says_why_not(someone: Someone, live: Live) -> None:
    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live, in_danger=True)
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    press_key(listener, "n")
    expect(listener.get_by_role("heading", name="Conversation")).to_be_visible()

    leave_unwritten(child, listener)
    contact = live.balise("shell", "-v0", "-c", AN_HOUR_AGO).split("CONTACT ")[1].strip()

    # An hour later a supervisor finishes it: it says A, and a lower one asks why.
    lead = someone(viewport=DESK, bypass_csp=True)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/console/records/")
    send(lead.locator(f"form[action*='{contact}/take-over/'] button"))
    lead.wait_for_url(re.compile(rf"records/{contact}/$"))
    risk = lead.locator("[name=record-risk]")
    label = lead.locator("label[for=id_record-risk_0]")
    expect(label).to_contain_text("A – vie en danger immédiat")
    assert not findings(lead)
    marks(lead, "contact_type", "information")
    risk.and_(lead.locator("[value=C]")).check()
    lead.locator("[name=wrap-lowered_words]").fill("La mère est avec elle.")
    send(lead.locator("[data-wrap-up]"))
    expect(lead.get_by_text("le motif d’un risque plus bas").first).to_be_visible()
    expect(lead.locator("[name=wrap-lowered_words]")).to_have_value("La mère est avec elle.")
    expect(risk.and_(lead.locator("[value=C]"))).to_be_checked()
    assert not findings(lead)
    lead.locator("[name=wrap-lowered]").select_option("help-there")
    send(lead.locator("[data-wrap-up]"))
    lead.wait_for_url("**/staff/helpline/")
    told = live.balise("shell", "-v0", "-c", LOWERED).split("TOLD ")[1]
    assert "'before': 'A'" in told
    assert "'reason': 'help-there'" in told
    assert "mère" not in told
