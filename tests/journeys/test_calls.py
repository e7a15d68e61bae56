"""A parent calls; someone calls and says nothing: the exchange tells, a listener takes each."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import marks, sits
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]

SIZE = {"width": 1280, "height": 800}
# What an exchange tells, as the simulator does: one call, by its name.
TELLS = """
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, WaitKind
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, EndedBy, Happening
for happening in "{happenings}".split():
    ended_by = EndedBy.CALLER if happening == "ended" else EndedBy.UNKNOWN
    told = CallFact(Happening(happening), now(), ended_by)
    event = CallTold(source="simulator", event_id="{ref}/" + happening, ref="{ref}", told=told,
        digest=happening.encode(), number="+33199001234")
    taken = take_event(event=event, by=SYSTEM)
    # Before all that the demonstration lets wait.
    item = queue.open_item(WaitKind.CALL, taken.call_id, is_waiting=True)
    if item:
        waiting.raise_risk(item_id=item, risk=Risk.B, by=SYSTEM)
"""


def tells(live: Live, ref: str, happenings: str) -> None:
    live.balise("shell", "-v0", "-c", TELLS.format(ref=ref, happenings=happenings))


def takes(page: Page) -> None:
    """Take who is next, whom the exchange has just put in the line."""
    page.goto("/staff/helpline/")
    send(page.get_by_role("button", name="Personne suivante"))
    expect(page.get_by_role("heading", name="Appel", exact=True).first).to_be_visible()


def wraps_up(page: Page, contact_type: str) -> None:
    marks(page, "contact_type", contact_type)
    topics = page.get_by_role("combobox", name="Chercher un sujet")
    if contact_type != "silent" and topics.count():
        topics.press_sequentially("images intimes")
        page.keyboard.press("Enter")
    send(page.locator("[data-wrap-up]"))
    expect(page).to_have_url(re.compile(r"/staff/helpline/$"))


def test_a_parent_calls_and_then_someone_who_says_nothing(someone: Someone, live: Live) -> None:
    listener = someone(viewport=SIZE, bypass_csp=True)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    tells(live, "parent", "ringing queued")
    takes(listener)
    tells(live, "parent", "answered")
    listener.locator("[name=record-summary]").fill("Des photos de sa fille circulent.")
    expect(listener.locator("#saved .hint")).to_be_visible()
    assert "+33199001234" not in listener.content()
    assert not findings(listener)
    tells(live, "parent", "ended")
    wraps_up(listener, "about-child")

    tells(live, "silent", "ringing queued")
    takes(listener)
    tells(live, "silent", "answered")
    listener.get_by_text("Si personne ne parle").click()
    expect(listener.get_by_text("Rien ne t’oblige à parler.")).to_be_visible()
    assert not findings(listener)
    tells(live, "silent", "ended")
    wraps_up(listener, "silent")
    send(listener.get_by_role("button", name="Quitter mon poste"))


@pytest.mark.safety
def test_two_people_open_the_number_of_a_life_in_danger(someone: Someone, live: Live) -> None:
    listener = someone(viewport=SIZE, bypass_csp=True)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    tells(live, "danger", "ringing queued")
    takes(listener)
    tells(live, "danger", "answered")
    send(listener.get_by_role("button", name="Danger immédiat"))
    send(listener.get_by_role("button", name="Demander le numéro"))
    expect(listener.get_by_text("Vous avez demandé le numéro")).to_be_visible()
    assert not findings(listener)

    lead = someone(viewport={"width": 360, "height": 740}, bypass_csp=True)
    enter(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    assert not findings(lead)
    send(lead.get_by_role("button", name="D’accord"))
    expect(lead.get_by_text("Vous avez donné votre accord")).to_be_visible()
    assert not findings(lead)

    send(listener.get_by_role("button", name="Ouvrir le numéro"))
    expect(listener.locator("bdi", has_text="+33199001234")).to_be_visible()
    assert "33199001234" not in listener.url
    assert not findings(listener)
    listener.get_by_role("link", name="Retour", exact=True).click()
    expect(listener.get_by_text("Le numéro a été lu")).to_be_visible()
    assert "33199001234" not in listener.content()
    tells(live, "danger", "ended")
    wraps_up(listener, "silent")
    send(listener.get_by_role("button", name="Quitter mon poste"))
    lead.goto("/staff/helpline/wallboard/")
