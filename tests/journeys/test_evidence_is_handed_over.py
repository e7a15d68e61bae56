"""Evidence of a case goes to the police: a yes is noted, an analyst finds the draft alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import SIZES, enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

CASE = "Hirondelle, des messages le soir"
FACTS = "Une capture du groupe, où l'on menace de montrer à tous des messages privés."


def test_a_yes_is_noted_and_the_police_s_dossier_is_approved(someone: Someone, live: Live) -> None:
    listener = someone(viewport=SIZES["telephone"], bypass_csp=True)
    enter(listener, "listener")
    listener.goto(f"{live.address}/staff/helpline/cases/")
    listener.get_by_role("link", name=CASE).or_(listener.get_by_text(CASE)).first.click()
    case = listener.url
    agrees(listener)
    hands_over(listener)
    listener.goto(case)
    expect(listener.get_by_text("Éléments 3, pour")).to_be_visible()

    analyst = someone(viewport=SIZES["desk"], bypass_csp=True)
    enter(analyst, "analyst")
    analyst.goto(f"{live.address}/staff/takedown/dossiers/")
    analyst.locator("tr", has_text="De la ligne d’écoute").last.get_by_role("link").click()
    expect(analyst.locator("bdi", has_text=FACTS)).to_be_visible()
    expect(analyst.locator("body")).not_to_contain_text("Hirondelle")
    assert not findings(analyst)
    press(analyst, "Approuver")
    live.drain()
    listener.reload()
    expect(listener.get_by_text("approuvé", exact=False).first).to_be_visible()


def agrees(listener: Page) -> None:
    """Note a yes to the third item: what is missing is said, and what was chosen stays."""
    send(listener.get_by_role("link", name="Préparer un dossier pour la police"))
    listener.get_by_label("Élément 3").check()
    press(listener, "Noter l’accord")
    expect(listener.get_by_label("Élément 3")).to_be_checked()
    listener.get_by_label("Le jeune", exact=True).check()
    listener.get_by_label("par téléphone").check()
    assert not findings(listener)
    press(listener, "Noter l’accord")
    expect(listener.get_by_text("L’accord est noté.")).to_be_visible()


def hands_over(listener: Page) -> None:
    """Say what happened, and hand over: afterwards nothing more is offered."""
    listener.locator("[name=offence]").select_option("threats")
    listener.locator("[name=facts_on]").fill("2026-10-05")
    listener.locator("[name=place]").fill("reseau.example, groupe de la classe")
    listener.locator("[name=rationale]").fill(FACTS)
    assert not findings(listener)
    press(listener, "Transmettre")
    expect(listener.get_by_text("Transmis. Un ou une analyste")).to_be_visible()
    expect(listener.locator("[name=rationale]")).to_have_count(0)
