"""Two reviews, the police at once, a verdict taken back: each with its people at the same time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, press_key, send
from tests.journeys.scenarios.people import enters, report_many, takes
from tests.journeys.test_pages_are_accessible import TWO, looked_at, reader
from tests.live import Live

pytestmark = [
    pytest.mark.journey,
    pytest.mark.safety,
    pytest.mark.usefixtures("nobody_rests"),
]

FIRST = """
from dataclasses import replace
from balise.hotline.reports.tests import makers
content = makers.make_content("https://deux-avis.example/page", category="csam")
decision = makers.make_decision(category="csam", offence="csam-sharing")
makers.give_verdict(content.id, replace(decision, rationale="motsdupremier"))
print("CONTENT", content.id)
"""
WORDS = "Un message annonce un acte contre un élève, demain devant le collège."


def decides(page: Page, verdict: str, *, offence: str = "") -> None:
    """Open a content that one has taken, say that one looked, and save a verdict."""
    press_key(page, "o")
    expect(page.locator("[data-pane]")).to_be_visible()
    page.get_by_role("group", name="Qualification").get_by_text(verdict).first.click()
    if offence:
        page.get_by_label("Infraction").select_option(offence)
    page.get_by_label("Certaine", exact=True).check()
    page.get_by_label("Comment le savez-vous ?").select_option("looked")
    press(page, "Enregistrer la qualification")


def two_people(someone: Someone) -> tuple[Page, Page]:
    analyst, lead = reader(someone), reader(someone)
    enters(analyst, "analyst")
    enters(lead, "hotline_lead")
    return analyst, lead


def test_the_second_review_is_blind_and_a_third_person_decides(
    someone: Someone, live: Live
) -> None:
    content = live.balise("shell", "-v0", "-c", FIRST).split("CONTENT ")[1].strip()
    page_of = f"/staff/hotline/contents/{content}/"
    analyst, lead = two_people(someone)

    # The second one reads nothing of the first, opened or not.
    analyst.goto(page_of)
    press_key(analyst, "c")
    expect(analyst.get_by_text("Votre avis, sans connaître le premier")).to_be_visible()
    assert not looked_at(analyst, TWO)
    press_key(analyst, "o")
    expect(analyst.locator("[data-pane]")).to_be_visible()
    assert "motsdupremier" not in analyst.content()
    expect(analyst.locator("[name=verdict]:checked")).to_have_count(0)
    decides(analyst, "Nuisible")
    expect(analyst.get_by_text("Les deux avis diffèrent").first).to_be_visible()

    # The third one reads both, side by side, and decides.
    lead.goto(page_of)
    press_key(lead, "c")
    alert = lead.locator(".alert", has_text="Les deux avis diffèrent")
    expect(alert).to_contain_text("Illégal")
    expect(alert).to_contain_text("Nuisible")
    assert not looked_at(lead, TWO)
    decides(lead, "Illégal", offence="csam-sharing")
    expect(lead.get_by_text("Connu et décidé : Illégal")).to_be_visible()

    # Whoever said otherwise learns it, once.
    analyst.goto("/staff/hotline/reviews/")
    expect(analyst.get_by_text("décidé depuis")).to_be_visible()
    assert not looked_at(analyst, TWO)
    press(analyst, "J’ai lu")
    expect(analyst.get_by_text("Rien à lire.")).to_be_visible()


def test_the_police_are_told_at_once_and_a_key_sends_nothing(someone: Someone, live: Live) -> None:
    host = "police-maintenant.example"
    address = f"https://{host}/page"
    report_many(live, (address, {"category": "hate"}))
    analyst, lead = two_people(someone)
    content = takes(analyst, host)

    # A danger comes while the page is open: it is told there, and in the title.
    report_many(live, (address, {"category": "hate", "danger": True}))
    expect(analyst.locator("#news")).to_contain_text("qui vient d’arriver")
    expect(analyst).to_have_title(re.compile("Danger"))
    analyst.goto(content)

    press_key(analyst, "F9")
    box = analyst.locator("#police-now")
    expect(box.get_by_role("link", name="17", exact=True)).to_be_visible()
    expect(box.get_by_text("Rien pour l’instant")).to_be_visible()
    assert not looked_at(analyst, TWO)
    press(analyst, "J’ai appelé le 17")
    expect(analyst.get_by_text("Police appelée")).to_be_visible()
    press_key(analyst, "F9")
    box.get_by_label("Ce que cela peut être").select_option("hate-incitement")
    box.get_by_label("Ce qui est annoncé, où et quand").fill(WORDS)
    send(box.get_by_role("button", name="Rédiger le dossier"))
    expect(analyst.get_by_text("Avant toute qualification").first).to_be_visible()
    assert not looked_at(analyst, TWO)
    press(analyst, "Approuver sans attendre : quelqu’un le lit dans l’heure")
    expect(analyst.get_by_text("Une deuxième le lit avant")).to_be_visible()

    lead.goto(analyst.url)
    press(lead, "J’ai lu")
    expect(lead.get_by_text("Lu par une deuxième personne")).to_be_visible()


@pytest.mark.whole
def test_a_wrong_verdict_is_undone_alone_and_taken_back_by_two(
    someone: Someone, live: Live
) -> None:
    host = "a-corriger.example"
    report_many(live, (f"https://{host}/page", {"category": "hate"}))
    analyst, lead = two_people(someone)
    content = takes(analyst, host)
    decides(analyst, "Illégal", offence="hate-incitement")
    expect(analyst.get_by_text("Connu et décidé : Illégal")).to_be_visible()

    # Nothing has left: its author undoes it, alone.
    assert not looked_at(analyst, TWO)
    press(analyst, "Défaire : rien n’est encore parti")
    expect(analyst.get_by_text("Qualification annulée").first).to_be_visible()
    press_key(analyst, "c")
    decides(analyst, "Illégal", offence="hate-incitement")

    # Later it takes two, and nothing changes until the second agrees.
    analyst.get_by_text("Annuler cette qualification").click()
    analyst.get_by_label("Elle devrait être").select_option("out-of-scope")
    analyst.get_by_label("Pourquoi la qualification était fausse").fill(
        "La personne a elle-même publié cette image et l’a confirmé par écrit."
    )
    press(analyst, "Demander l’accord d’une deuxième personne")
    expect(analyst.get_by_text("Connu et décidé : Illégal")).to_be_visible()
    lead.goto(content)
    expect(lead.get_by_text("l’a confirmé par écrit")).to_be_visible()
    assert not looked_at(lead, TWO)
    press(lead, "Donner mon accord : annuler")
    expect(lead.get_by_text("Qualification annulée").first).to_be_visible()
    expect(lead.get_by_text("Connu et décidé")).to_have_count(0)
