"""A young person in danger: taken, answered, passed on, something removed, and wrapped up."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, marks, says, sits
from tests.journeys.test_a_platform_removes import is_removed, prepare
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]


def meets_once(child: Page, lead: Page, *, child_says: str, lead_says: str) -> None:
    """What both wrote while the child's line was down arrives, once, and nobody said hello."""
    says(lead, lead_says)
    child.context.set_offline(False)
    for page in (child, lead):
        for words in (child_says, lead_says):
            expect(page.locator(".message", has_text=words)).to_have_count(1)
    sent = child.locator(".message", has_text=child_says).locator(".delivery")
    expect(sent).to_have_text("reçu")
    expect(child.locator(".message")).to_have_count(3)


def sees_it_removed(child: Page, lead: Page, second: Page, live: Live) -> None:
    """What troubles the child is removed, and their page leads to where they see it."""
    item = prepare(lead, "@autre-faux-compte")
    way = child.get_by_role("link", name="Suivre ma demande de retrait")
    expect(way).to_be_visible()
    is_removed(lead, second, live, item)
    way.click()
    expect(child.get_by_text("C’est fait : tout est retiré.")).to_be_visible()


def says_what_it_was(lead: Page) -> None:
    """Who it was, and a topic that is searched and ticked by keys."""
    marks(lead, "caller_relation", "child")
    lead.get_by_role("combobox", name="Chercher un sujet").press_sequentially("cyberh")
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("button", name="Retirer Cyberharcèlement")).to_be_visible()


def test_a_listener_helps_and_passes_on(someone: Someone, live: Live) -> None:
    # A child has asked for a chat, and pressed that they are not safe.
    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live, in_danger=True)

    # A psychologist takes them with one key, and answers: the numbers and questions are there.
    psychologist = someone(viewport=DESK, bypass_csp=True)
    enters(psychologist, "listener")
    sits(psychologist, "Psychologue")
    press_key(psychologist, "n")
    expect(psychologist.get_by_role("heading", name="Conversation")).to_be_visible()
    says(psychologist, "Je suis là. Où es-tu ?")
    expect(child.get_by_text("Je suis là. Où es-tu ?").first).to_be_visible()
    psychologist.locator("[name=record-summary]").fill("Menaces en ligne.")
    expect(psychologist.locator("#saved")).to_contain_text("enregistrée à")
    assert not findings(psychologist)
    person = psychologist.url
    expect(psychologist.locator(".danger-band a[href^='tel:']").first).to_be_visible()
    psychologist.locator("[name=location]").fill("Sur le pont, près de la gare.")
    expect(psychologist.locator("#steps-saved")).to_contain_text("Enregistré.")
    expect(psychologist.locator("[name=location]")).to_have_value("Sur le pont, près de la gare.")
    assert not findings(psychologist)

    # The head of the helpline sees it on the wallboard and joins.
    lead = someone(viewport=DESK, bypass_csp=True)
    enters(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    assert not findings(lead)
    send(lead.get_by_role("button", name="Je suis là").first)
    expect(lead.locator("[name=location]")).to_have_value("Sur le pont, près de la gare.")
    sits(lead, "Juriste")

    # The psychologist passes them on with a brief; nobody greets the child again.
    psychologist.goto(person)
    psychologist.get_by_text("Passer le relais").first.click()
    psychologist.locator("[name=skill]").select_option("lawyer")
    psychologist.locator("[name=brief]").fill("En sécurité, veut porter plainte.")
    send(psychologist.get_by_role("button", name="Passer le relais"))
    expect(psychologist).to_have_url(re.compile(r"/staff/helpline/$"))
    child.context.set_offline(True)
    says(child, "Tu es toujours là ?")
    expect(child.get_by_text("Pas de connexion")).to_be_visible()
    send(lead.get_by_role("button", name="Personne suivante"))
    expect(lead.get_by_text("En sécurité, veut porter plainte.")).to_be_visible()
    expect(lead.locator("[name=record-summary]")).to_have_value("Menaces en ligne.")
    meets_once(
        child, lead, child_says="Tu es toujours là ?", lead_says="Oui, et je t'explique la suite."
    )
    person = lead.url
    sees_it_removed(child, lead, psychologist, live)
    lead.goto(person)
    says_what_it_was(lead)
    lead.evaluate("scrollTo(0, 0)")  # the band of the danger covers what is scrolled under it
    assert not findings(lead)
    send(lead.locator("[data-wrap-up]"))  # in a danger a key ends nothing
    expect(lead).to_have_url(re.compile(r"/staff/helpline/$"))
    assert live.mail(containing="/staff/helpline/wallboard/")
