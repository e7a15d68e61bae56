"""A source of hashes pages out of order, cuts a page short and lets a link expire: it is survived.

The source is the demonstration's own, which `balise run` serves.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone
from tests.journeys.test_a_platform_removes import see
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole]

SIZE = {"width": 1280, "height": 800}
EXCHANGE = "/staff/hotline/hashes/"

# As the worker does, which waits for its turn; the invented source may have started a moment ago.
FOLLOW = """
import socket, time
from datetime import timedelta
from django.conf import settings
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries.exchanging import bank_names
from balise.hotline.matching.exchange.actions import reading
from balise.hotline.matching.exchange.models import Source
from balise.hotline.matching.exchange.rules.items import stamp
from balise.hotline.matching.exchange.tasks.fetching import fetch
if "ncmec" not in bank_names():
    keeping.add_bank(code="ncmec", name="NCMEC", by=SYSTEM)
source_id = reading.add_source(code="ncmec", bank="ncmec", by=SYSTEM)
Source.objects.filter(id=source_id).update(checkpoint=stamp(now() - timedelta(days=29)))
give_up_at = time.monotonic() + 180
while time.monotonic() < give_up_at:
    try:
        socket.create_connection(("127.0.0.1", settings.HASHES.loopback)).close()
        break
    except OSError:
        time.sleep(0.1)
fetch.func(source_id=str(source_id))
"""
CAME = """
from balise.hotline.matching.banks.models import Entry
found = Entry.objects.filter(bank__code="ncmec", kind="pdq", state="on")
print("CAME", found.filter(reference__startswith="7/1-").count())
"""


def test_an_exchange_survives_a_corrupt_page(live: Live, someone: Someone) -> None:
    live.balise("shell", "-v0", "-c", FOLLOW)
    lead = someone(viewport=SIZE, bypass_csp=True)
    enter(lead, "hotline_lead")
    lead.goto(f"{EXCHANGE}sources/ncmec/")
    see(lead, live, "Lue, des pages passées")
    expect(lead.get_by_text("Page illisible", exact=True).first).to_be_visible()
    expect(lead.get_by_role("button", name="Demander maintenant").first).to_be_visible()
    assert not findings(lead)

    # Forty are on the list, ten of them on the page that is cut short.
    assert "CAME 30" in live.balise("shell", "-v0", "-c", CAME)

    lead.goto(EXCHANGE)
    expect(lead.get_by_text("Quelqu’un doit intervenir")).to_be_visible()
    assert not findings(lead)
    lead.goto("/staff/")
    expect(lead.get_by_text("Alarmes de l’échange d’empreintes")).to_be_visible()
