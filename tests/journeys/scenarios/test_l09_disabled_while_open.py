"""L9: someone is disabled while a page and a stream are open.

Within five seconds both are shut (T010). What the person typed stays on their page, to be copied;
what they had said, or typed of a verdict, is there for whoever takes over, and the child is told
that someone else comes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, is_own, press, send
from tests.journeys.scenarios.people import (
    DESK,
    PHONE,
    asks_for_a_chat,
    enters,
    report_many,
    says,
    sits,
    takes,
)
from tests.live import Live, centre

pytestmark = [
    pytest.mark.journey,
    pytest.mark.safety,
    pytest.mark.storm,
    pytest.mark.usefixtures("nobody_waits", "nobody_rests"),
]

# The promise is five seconds (test_revoked, bench/disabled.py); thrice that for a busy machine.
PROMISED = 15
HOST = "images.example"
DISABLE = """
from uuid import uuid4
from balise.foundation.accounts import access
from balise.foundation.accounts.actions import people
from balise.foundation.accounts.models import Account
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
by = Actor(ActorKind.STAFF, str(uuid4()), frozenset({{access.DISABLE}}))
for one in Account.objects.filter(role={role!r}, is_active=True, is_demonstration=True):
    people.disable(account_id=one.pk, by=by)
print("DISABLED", now().timestamp())
"""
NOTES_WHEN = """
addEventListener("visit-over", () => { window["visit-over"] ??= Date.now() / 1000; });
"""


@pytest.fixture(scope="module")
def live(furnished: Path) -> Iterator[Live]:
    """Give a centre of its own: its people do not come back."""
    with centre(furnished) as started:
        yield started


def disable(live: Live, role: str) -> float:
    """Disable everyone of a role; return when, in seconds since 1970."""
    said = live.balise("shell", "-v0", "-c", DISABLE.format(role=role))
    return float(said.split("DISABLED ")[1])


def is_shut_in_time(page: Page, disabled: float) -> None:
    """The page has covered itself within what was promised, and shut its stream at the latest."""
    over = page.get_by_role("heading", name="Session terminée")
    expect(over).to_be_visible()
    assert page.evaluate("window['visit-over']") - disabled < PROMISED
    expect(page.locator("#content")).to_be_empty()


def typed_is_there(page: Page, words: str) -> None:
    """What was typed can be read and copied, and nothing else of the page."""
    typed = page.locator("[data-typed] textarea")
    expect(typed).to_have_value(words)
    expect(typed).not_to_be_editable()


@pytest.mark.whole
def test_a_listener_in_a_chat(someone: Someone, live: Live) -> None:
    child, listener, colleague = (someone(viewport=size) for size in (PHONE, DESK, DESK))
    listener.add_init_script(NOTES_WHEN)
    asks_for_a_chat(child, live)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    says(listener, "Je suis là avec toi.")
    expect(child.get_by_text("Je suis là avec toi.").first).to_be_visible()
    listener.locator("[data-talk] textarea").fill("Je voulais te dire")

    disabled = disable(live, "listener")
    says(child, "Un mot pour la suite.")
    is_shut_in_time(listener, disabled)
    typed_is_there(listener, "Je voulais te dire")
    expect(listener.get_by_text("Je suis là avec toi.")).to_have_count(0)

    assert listener.request.get("/staff/helpline/stream/").status == 401

    # The child is not left alone, and whoever takes over reads what was said.
    expect(child.locator("[data-log] li", has_text="Quelqu’un d’autre")).to_be_visible()
    enters(colleague, "helpline_lead")
    sits(colleague, "Psychologue")
    send(colleague.get_by_role("button", name="Personne suivante"))
    for words in ("Je suis là avec toi.", "Un mot pour la suite."):
        expect(colleague.locator(".message", has_text=words)).to_be_visible()
    says(colleague, "Je prends la suite.")
    expect(child.locator(".message", has_text="Je prends la suite.")).to_be_visible()


def test_an_analyst_on_a_page(someone: Someone, live: Live) -> None:
    report_many(live, (f"https://{HOST}/a/1", {"category": "csam"}))
    analyst = someone(viewport=DESK)
    analyst.add_init_script(NOTES_WHEN)
    enters(analyst, "analyst")
    address = takes(analyst, HOST)
    reasons = "#verdict-form [name=rationale]"
    analyst.locator(reasons).fill("Une personne y est reconnaissable.")
    expect(analyst.get_by_text("Saisi par vous")).to_be_visible()

    is_shut_in_time(analyst, disable(live, "analyst"))
    typed_is_there(analyst, "Une personne y est reconnaissable.")
    expect(analyst.get_by_text("est enregistré pour la personne")).to_be_visible()
    lead = someone(viewport=DESK)
    enters(lead, "hotline_lead")
    lead.goto(address)
    expect(lead.locator(reasons)).to_have_value("")
    press(lead, "Libérer")
    lead.goto(address)
    press(lead, "Prendre en charge")
    is_own(lead)
    expect(lead.locator(reasons)).to_have_value("Une personne y est reconnaissable.")
    expect(lead.get_by_text(re.compile("Saisi par .+ pas encore enregistrée"))).to_be_visible()
