"""Hostile text in all that people wrote: a browser opens the pages that show most of it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import Someone
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety]

# Run in the centre: plants through the real actions, and prints who may open what.
PLANT = """
import json
from uuid import uuid4
from django.conf import settings
from django.test import Client
from balise.awareness.learning.events.tests import makers as events
from balise.awareness.places.orders.tests import makers as orders
from balise.awareness.partnership.partners.tests import makers as partners
from balise.awareness.places.structures.tests import makers as structures
from balise.awareness.partnership.trends.tests import makers as trends
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests import makers as publications
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests import makers as cases
from balise.helpline.console.actions import accepting
from balise.helpline.console.tests.makers import make_asking
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.actions import seating
from balise.hotline.reports.tests import makers as reports
from tests.hostile.planting import ALL_IN_ONE, planted

roles = ("listener", "analyst", "coordinator", "editor")
with planted(ALL_IN_ONE) as done:
    accounts = {code: make_account(code) for code in roles}
    who = {code: actor_of(one) for code, one in accounts.items()}
    seating.sit(skills=(), chat_cap=2, by=who["listener"])
    talk = make_asking()
    chat = accepting.accept(by=who["listener"])
    saying.say(token=talk.token, text="Bonjour à vous", client_id=uuid4())
    case = cases.make_case(by=who["listener"])
    cases.make_entry(case, Section.INCIDENTS, by=who["listener"], happened="On le bouscule.")
    said, _ = reports.make_report("https://pictures.example/1", description="Voilà ce que c’est.")
    content = said.contents.get()
    reports.take_and_open(content.id, by=who["analyst"])
    structure, event = structures.make_structure(), events.make_public()
    order = orders.make_accepted(orders.make_kit(copies=100, mark="7Z"))
    organisation, use = partners.make_organisation("Une maison"), trends.make_use()
    page = publications.make_public(slug="plante", title="Un texte")

def cookie(code):
    client = Client()
    sign_in(client, accounts[code])
    return client.cookies[settings.SESSION_COOKIE_NAME].value

print(json.dumps({
    "taken": len(done.taken),
    "name": settings.SESSION_COOKIE_NAME,
    "talk": str(talk.token),
    "pages": {
        cookie("listener"): [
            "/staff/helpline/", f"/staff/helpline/{chat.item}/", f"/staff/helpline/cases/{case}/",
        ],
        cookie("analyst"): [f"/staff/hotline/contents/{content.id}/", "/staff/hotline/queue/"],
        cookie("coordinator"): [
            f"/staff/awareness/structures/{structure}/", f"/staff/awareness/orders/asked/{order}/",
            f"/staff/awareness/partners/{organisation}/", f"/staff/awareness/trends/{use}/",
        ],
        cookie("editor"): [f"/cms/pages/{page}/edit/", f"/cms/pages/{page}/view_draft/"],
        "": [
            "/fr/talk/room/", "/fr/resources/plante/", "/fr/resources/", f"/fr/events/{event}/",
            f"/fr/near-me/{structure}/",
        ],
    },
}))
"""
COUNTED = """
window.ran = 0;
window.q7x = () => { window.ran += 1; };
addEventListener("securitypolicyviolation", () => { window.ran += 1; });
"""
FEWEST = 6  # actions that took what was planted, and pages that show it


@pytest.fixture(scope="module")
def told(live: Live) -> dict[str, Any]:
    return json.loads(live.balise("shell", "-v0", "-c", PLANT).strip().splitlines()[-1])


@pytest.mark.usefixtures("nobody_waits")
def test_no_page_that_shows_what_was_planted_runs_it(
    someone: Someone, live: Live, told: dict[str, Any]
) -> None:
    assert told["taken"] > FEWEST
    showed = 0
    for session, addresses in told["pages"].items():
        page = someone()
        page.add_init_script(COUNTED)
        cookie = (told["name"], session) if session else ("talk", told["talk"])
        page.context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": live.address}])
        for address in addresses:
            showed += look(page, address)
    assert showed > FEWEST


def look(page: Page, address: str) -> bool:
    """Open a page; return whether it shows what was planted, as text."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"
    page.mouse.move(200, 200)
    page.keyboard.press("Tab")
    assert page.evaluate("window.ran") == 0, address
    assert page.locator("q7x, [q7x], img[src=x]").count() == 0, address
    return "q7x" in page.content()
