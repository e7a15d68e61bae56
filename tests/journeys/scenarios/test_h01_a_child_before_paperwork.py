"""H1: removals, messages and call-backs wait, and a child who is afraid asks for a chat."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press_key
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

PAPER = """
from datetime import timedelta
from uuid import uuid4
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries import live
from balise.helpline.queue.rules import Risk, WaitKind
from balise.helpline.removals.models import Request
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script
for request_id in Request.objects.order_by("asked_at").values_list("id", flat=True)[:4]:
    kind = WaitKind.REMOVAL
    waiting.enqueue(kind=kind, subject=request_id, risk=Risk.D, returning=True, by=SYSTEM)
for _each in range(3):
    make_written("On se moque de moi sur un réseau.")
for _each in range(2):
    calling_back.ask_call_back(number="0199000001", since=now(), until=now() + timedelta(hours=2),
        script=Script.OPEN, by=SYSTEM)
calling_back.queue_due()
print("WAITS", live().later_count)
"""


def test_the_next_press_brings_the_child(someone: Someone, live: Live) -> None:
    listener = someone(viewport=DESK)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    assert int(live.balise("shell", "-v0", "-c", PAPER).split("WAITS ")[1]) >= 9

    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live)
    standing = child.locator("[data-standing]")
    # At night the page says that it is closed, and that a listener is still there.
    expect(standing).to_have_text(re.compile("Personne n’est avant toi|Le tchat vient de fermer"))
    expect(standing).not_to_contain_text(re.compile(r"avant toi\s?:"))
    says(child, "J’ai peur.")
    expect(child.locator(".delivery", has_text="reçu")).to_be_visible()

    listener.goto("/staff/helpline/")
    press_key(listener, "n")
    expect(listener.get_by_role("heading", name="Conversation")).to_be_visible()
    expect(listener.get_by_text("J’ai peur.").first).to_be_visible()
    says(listener, "Je suis là avec toi.")
    expect(child.get_by_text("Je suis là avec toi.").first).to_be_visible()
