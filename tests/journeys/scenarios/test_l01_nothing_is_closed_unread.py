"""L1: a report of child abuse by a minor, danger ticked, among 60 adverts that are all closed."""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press
from tests.journeys.scenarios.people import PHONE, enters, follows, report_many, reports_by_phone
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety]

HOST = "annonces.example"
QUEUE = f"/staff/hotline/queue/?host={HOST}"
CLOSE = "Clore la sélection : hors champ"
# The worker comes by when the ten minutes are over.
TEN_MINUTES_LATER = """
from datetime import timedelta
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.hotline.reports.actions import closing
print("CLOSED", closing.take_effect(at=now() + timedelta(minutes=10), by=SYSTEM))
"""


def test_the_dangerous_one_is_never_in_it(someone: Someone, live: Live) -> None:
    live.balise("shell", "-v0", "-c", TEN_MINUTES_LATER)  # what others closed in this house
    adverts = [(f"https://{HOST}/a/{n}", {"category": "shocking"}) for n in range(60)]
    codes = report_many(live, *adverts)
    child = someone(viewport=PHONE)
    reports_by_phone(
        child, f"https://{HOST}/a/this-one", words="Mon frère est avec lui.", in_danger=True
    )

    lead, reporter = someone(), someone(viewport=PHONE)
    enters(lead, "hotline_lead")
    lead.goto(QUEUE)
    first = lead.locator("#rows .q-row").first
    expect(first.get_by_text("Danger", exact=True)).to_be_visible()
    boxes = lead.locator("#rows .q-tick")
    expect(boxes).to_have_count(50)
    for box in boxes.all():
        box.check()
    press(lead, CLOSE)

    # What would be closed is listed, and what not, each with its reason. Nothing is closed yet.
    refused = lead.get_by_role("region", name="Non clos")
    expect(refused.locator("tbody tr")).to_have_count(1)
    for reason in ("Quelqu’un est peut-être en danger", "Signalé par une personne mineure"):
        expect(refused.get_by_text(reason)).to_be_visible()
    expect(refused.get_by_text("Cette catégorie n’est jamais close")).to_be_visible()
    expect(lead.get_by_role("region", name="Seraient clos").locator("tbody tr")).to_have_count(49)
    press(lead, "Clore ces 49 contenus comme hors champ")
    expect(lead.get_by_text("Annulation possible jusqu’à")).to_be_visible()
    closing = lead.url

    # The queue is rid of them at once; whoever follows reads no false word.
    lead.goto(QUEUE)
    expect(lead.locator("#rows .q-row")).to_have_count(12)
    expect(lead.locator("#rows .q-row").first.get_by_text("Danger", exact=True)).to_be_visible()
    closed_one = _closed(live)
    follows(reporter, codes[closed_one])
    expect(reporter.get_by_text("En cours d’examen")).to_be_visible()

    # It is undone as one.
    lead.goto(closing)
    press(lead, "Tout annuler")
    lead.goto(QUEUE)
    expect(lead.locator("#rows .q-tick")).to_have_count(50)

    # Closed again: one is reported anew and stays, the others follow when the time is over.
    for box in lead.locator("#rows .q-tick").all():
        box.check()
    press(lead, CLOSE)
    press(lead, "Clore ces 49 contenus comme hors champ")
    again = _closed(live)
    report_many(live, (f"https://{HOST}/a/{again}", {"category": "shocking", "danger": True}))
    assert "CLOSED 48" in live.balise("shell", "-v0", "-c", TEN_MINUTES_LATER)
    lead.goto(QUEUE)
    expect(lead.locator("#rows .tag", has_text="Danger")).to_have_count(2)
    follows(reporter, codes[again])
    expect(reporter.get_by_text("Relève d’un autre service", exact=True)).to_have_count(0)
    follows(reporter, codes[_closed(live, state="closed")])
    expect(reporter.get_by_text("Relève d’un autre service", exact=True)).to_be_visible()


_WHICH = """
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries.receipts import identity_key
for n in range(60):
    content = Content.objects.get(identity_key=identity_key(f"https://{host}/a/{{n}}"))
    if content.state == {state!r}:
        print("ADVERT", n)
        break
"""


def _closed(live: Live, *, state: str = "closing") -> int:
    """Return the number of an advert that is in this state."""
    said = live.balise("shell", "-v0", "-c", _WHICH.format(host=HOST, state=state))
    return int(said.split("ADVERT ")[1])
