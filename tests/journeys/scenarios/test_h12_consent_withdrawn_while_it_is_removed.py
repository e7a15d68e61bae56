"""H12: a child takes back their consent to a removal while the platform answers "removed".

The child reads both truths in order, and nothing more leaves for the platform.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press, send
from tests.journeys.scenarios.people import DESK, PHONE, enters
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

# A request that a platform has, told by hand: nobody asks it but us.
ASKED = """
from balise.foundation.encryption.worded import shown
from balise.helpline.removals.actions import asking
from balise.helpline.removals.models import Item
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.models import Account
who = actor_of(Account.objects.filter(role="listener").first())
item = Item.objects.filter(state__in=["sent", "acknowledged"]).order_by("round_at").first()
print("ITEM", item.id)
print("CODE", shown(asking.renew_code(request_id=item.request_id, by=who)))
"""
ANSWERED = """
from balise.foundation.actors import SYSTEM
from balise.helpline.removals.actions import hearing
from balise.helpline.removals.rules.api import Telling, Tells
from balise.takedown.notices.rules.outcomes import Outcome
removed = Telling(tells=Tells.DECIDED, decision=Outcome.REMOVED)
hearing.hear(item_id="{item}", telling=removed, by=SYSTEM)
"""
LEFT = """
from balise.foundation.journal.models import Entry
moved = Entry.objects.filter(event="helpline.removal.moved")
print("LEFT", [entry.facts["after"] for entry in moved].count("sent"))
"""


def test_the_child_reads_both_truths_in_order(someone: Someone, live: Live) -> None:
    asked = live.balise("shell", "-v0", "-c", ASKED)
    item, code = (asked.split(f"{name} ")[1].split()[0] for name in ("ITEM", "CODE"))
    left = live.balise("shell", "-v0", "-c", LEFT).split("LEFT ")[1]

    child = someone(viewport=PHONE)
    child.goto("/fr/removal/")
    child.get_by_label("code").fill(code)
    press(child, "Voir")
    expect(child.get_by_role("heading", level=2).first).to_be_visible()

    # The listener stops it because the child asked; the platform's answer is on its way.
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    listener.goto(f"/staff/helpline/removals/item/{item}/")
    send(listener.locator("button[name=act][value=close]"))
    expect(listener.get_by_text("Clos.").first).to_be_visible()
    live.balise("shell", "-v0", "-c", ANSWERED.format(item=item))

    child.goto("/fr/removal/")
    truths = child.locator("main ol li")
    stopped = truths.filter(has_text="On a arrêté la demande.")
    said = truths.filter(has_text="La plateforme dit que c’est retiré.")
    expect(stopped.first).to_be_visible()
    expect(said.first).to_be_visible()
    words = child.locator("main").inner_text()
    assert words.index("On a arrêté") < words.index("La plateforme dit")
    assert "tout est retiré" not in words
    assert live.balise("shell", "-v0", "-c", LEFT).split("LEFT ")[1] == left
