"""Printed kits: a school orders on its phone, a coordinator accepts and delivers, one is traced.

Then two coordinators deliver more than there is, at the same moment: one of them is told.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
STOCK = "/staff/awareness/orders/"


def prints(clerk: Page, kit: str, mark: str, number: str) -> None:
    """Add a kit, and put a print run in stock."""
    enter(clerk, "coordinator")
    clerk.goto(f"{STOCK}kits/add/")
    clerk.get_by_label("Nom").fill(kit)
    clerk.get_by_label("Marque").fill(mark)
    send(clerk.get_by_role("button", name="Enregistrer"))
    clerk.get_by_label("Nombre de kits imprimés").fill(number)
    clerk.get_by_label("Imprimeur").fill("Imprimerie du Port, bon 7")
    send(clerk.get_by_role("button", name="Mettre en stock"))
    expect(clerk.get_by_text(f"{mark.upper()}-000001 – ").first).to_be_visible()


def orders(school: Page, kit: str, place: str, number: str, *, postcode: str = "97400") -> None:
    """Order kits on the public page."""
    school.goto("/fr/order-kits/")
    school.locator("#id_kit").select_option(label=kit)
    school.get_by_label("Nombre de kits").fill(number)
    school.get_by_label("Vous commandez pour").select_option(label="Collège")
    school.get_by_label("Nom de l’établissement").fill(place)
    school.get_by_label("Numéro et rue").fill("1 rue des Écoles")
    school.get_by_label("Code postal").fill(postcode)
    school.get_by_label("Commune").fill("Saint-Denis")
    school.get_by_label("Votre nom").fill("Personne Exemple")
    school.get_by_label("Votre adresse e-mail").fill("accueil@college.example")
    send(school.get_by_role("button", name="Commander les kits"))


def accepts(clerk: Page, place: str) -> None:
    """Open the order of a school, and accept it as it was asked."""
    clerk.goto(f"{STOCK}asked/")
    clerk.get_by_role("link", name=place).click()
    send(clerk.get_by_role("button", name="Accepter ce nombre"))
    expect(clerk.get_by_role("button", name="Faire le bon de livraison")).to_be_visible()


def test_kits_are_ordered_accepted_delivered_and_one_is_traced_from_its_note(
    someone: Someone, tmp_path: Path
) -> None:
    clerk = someone(viewport=DESK, accept_downloads=True)
    prints(clerk, "Kit du voyage", "voy", "100")

    school = someone(viewport=PHONE)
    orders(school, "Kit du voyage", "Collège des Hibiscus", "30", postcode="B-1000")
    expect(school.get_by_text("Ce code postal nous est inconnu.").first).to_be_visible()
    expect(school.get_by_label("Nom de l’établissement")).to_have_value("Collège des Hibiscus")
    school.get_by_label("Code postal").fill("97400")
    send(school.get_by_role("button", name="Commander les kits"))
    reference = school.locator("strong.address").text_content() or ""
    assert re.fullmatch(r"[A-Z2-7]{8}", reference)

    accepts(clerk, "Collège des Hibiscus")
    expect(clerk.get_by_text(reference).first).to_be_visible()
    send(clerk.get_by_role("button", name="Faire le bon de livraison"))
    expect(clerk.get_by_text("VOY-000001 – VOY-000030").first).to_be_visible()
    with clerk.expect_download() as coming:
        clerk.get_by_role("link", name="Bon à imprimer (PDF)").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    assert re.fullmatch(r"BL-\d{6}\.pdf", kept.name)
    assert b"pdfuaid" in kept.read_bytes()

    # What the code on the paper says is this address.
    clerk.goto(f"{STOCK}trace/?q={kept.stem}")
    main = clerk.get_by_role("main")
    for told in ("Collège des Hibiscus", "La Réunion (974)", "Imprimerie du Port, bon 7"):
        expect(main.get_by_text(told).first).to_be_visible()
    clerk.get_by_label("Numéro de kit").fill("VOY-31")
    send(clerk.get_by_role("button", name="Suivre un kit"))
    expect(main.get_by_text("VOY-000031").first).to_be_visible()
    expect(main.get_by_text("Collège des Hibiscus")).to_have_count(0)


@pytest.mark.whole
def test_two_coordinators_at_once_never_deliver_more_than_there_is(someone: Someone) -> None:
    school, clerks = someone(viewport=PHONE), [someone(viewport=DESK) for _clerk in range(2)]
    prints(clerks[0], "Kit du soir", "soir", "100")
    enter(clerks[1], "coordinator")
    for clerk, place in zip(clerks, ("Collège des Badamiers", "Collège des Vacoas"), strict=True):
        orders(school, "Kit du soir", place, "60")
        expect(school.get_by_text("Votre commande est arrivée")).to_be_visible()
        accepts(clerk, place)
    for clerk in clerks:  # neither waits for the answer to the other
        clerk.evaluate("document.querySelector('form:has([name=day])').requestSubmit()")
    for clerk in clerks:
        told = clerk.get_by_text(re.compile("Bon de livraison BL-|40 kits sont en stock"))
        expect(told.first).to_be_visible()
    assert sorted("/notes/" in clerk.url for clerk in clerks) == [False, True]
    clerks[0].goto(STOCK)
    row = clerks[0].get_by_role("row").filter(has_text="Kit du soir")
    expect(row.locator("[data-label='En stock']")).to_have_text("40")
