"""Evidence of a case goes to the police: a yes is noted, an analyst finds the draft alone.

The young person reads on their own phone that it was passed on, also once they stopped it.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_a_share_is_asked_in_the_chat import is_asked, opens, shares, talks
from tests.journeys.test_pages_are_accessible import SIZES, enter, findings
from tests.journeys.test_the_vault_is_used import PHONE, goes, makes_a_vault, shown, unlocks
from tests.journeys.test_the_vault_meets_trouble import writes_a_note
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
    agrees(listener, "Élément 3")
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


def test_the_young_person_reads_that_it_was_passed_on_and_so_stopped_too_late(
    someone: Someone, live: Live
) -> None:
    phone = someone(**PHONE)
    listener = someone(viewport=SIZES["telephone"], bypass_csp=True)
    makes_a_vault(phone)
    writes_a_note(phone)
    room, conversation, case = talks(phone, live)
    enter(listener, "listener")
    is_asked(listener, conversation)
    vault = opens(room)
    shares(vault)
    shown(vault, "shares")
    listener.goto(f"{live.address}/staff/helpline/cases/{case}/")
    agrees(listener, "Élément 1")
    # What was agreed to is not handed over yet.
    share = reads_the_shares(vault)
    expect(share).to_contain_text("Pas encore ouvert.")
    hands_over(listener)
    share = reads_the_shares(vault)
    expect(share).to_contain_text("Avec ton accord, transmis pour la police")
    send(share.get_by_role("button", name="Arrêter le partage"))
    expect(share).to_contain_text("Tu as arrêté. C’était déjà transmis pour la police")
    expect(reads_the_shares(vault)).to_contain_text("C’était déjà transmis pour la police")


def reads_the_shares(vault: Page) -> Locator:
    """Open the vault again, and return the one item of what was shared."""
    vault.reload()
    unlocks(vault)
    goes(vault, "shares", "shares")
    return vault.locator('[data-slot="shares"] > li')


def agrees(listener: Page, item: str) -> None:
    """Note a yes to one item: what is missing is said, and what was chosen stays."""
    send(listener.get_by_role("link", name="Préparer un dossier pour la police"))
    listener.get_by_label(item).check()
    press(listener, "Noter l’accord")
    expect(listener.get_by_label(item)).to_be_checked()
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
