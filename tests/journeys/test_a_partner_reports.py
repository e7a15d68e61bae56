"""A partner's person reports one and many, is asked something, answers, and follows to the end."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter, findings

pytestmark = pytest.mark.journey

FILE = (
    "adresse;catégorie;vu le;vu à;ce que l'on voit;qui est derrière;contexte;votre référence\r\n"
    "https://lot.example/page/1;hate;20/11/2026;9h05;"
    "Une page dont les légendes appellent à frapper des passants.;rien de connu;permanence;L-1\r\n"
    "nulle part;;hier;;;;;L-2\r\n"
)


def report(page: Page, address: str) -> None:
    """Write one report, as a person who forgets the hour does."""
    page.goto("/staff/hotline/desk/new/")
    page.get_by_label("Adresses exactes").fill(address)
    page.get_by_label("Catégorie").select_option("hate")
    page.get_by_label("Jour où cela a été vu").fill("2026-11-20")
    page.get_by_label("Description").fill("Un fil dont les messages appellent à la violence.")
    page.get_by_label("Éléments connus sur l’auteur").fill("rien de connu")
    page.get_by_label("Contexte").fill("Signalé à notre permanence.")
    send(page.get_by_role("button", name="Enregistrer et voir ce qui manque"))


def test_from_a_first_word_to_an_answer(someone: Someone) -> None:
    page = someone(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    enter(page, "partner_member")

    report(page, "https://guichet.example/fil/7")
    expect(page.get_by_text("90 sur 100")).to_be_visible()
    expect(page.get_by_text("À quelle heure l’avez-vous vu")).to_be_visible()
    assert not findings(page)
    page.get_by_label("Heure où cela a été vu").fill("15:30")
    send(page.get_by_role("button", name="Enregistrer et relire"))
    expect(page.get_by_text("100 sur 100")).to_be_visible()
    press(page, "Envoyer")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Signalement")
    assert not findings(page)
    mine = page.url
    page.get_by_label("Votre message").fill("Le compte a été créé hier.")
    send(page.get_by_role("button", name="Envoyer le message"))
    expect(page.locator(".dialogue")).to_contain_text("Le compte a été créé hier.")

    analyst = someone(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    enter(analyst, "analyst")
    analyst.goto("/staff/hotline/desk/questions/")
    analyst.locator("main tbody tr", has_text="Association Exemple").last.get_by_role(
        "link"
    ).click()
    assert not findings(analyst)
    analyst.get_by_label("Votre réponse").fill("Merci. Est-il public ?")
    press(analyst, "Envoyer la réponse")

    page.goto("/staff/hotline/desk/")
    expect(page.get_by_text("Une question pour vous").first).to_be_visible()
    page.goto(mine)
    expect(page.locator(".dialogue")).to_contain_text("Est-il public ?")


@pytest.mark.whole
def test_many_lines_each_with_its_answer(someone: Someone, tmp_path: Path) -> None:
    page = someone(viewport={"width": 360, "height": 740}, bypass_csp=True)
    enter(page, "partner_member")
    file = tmp_path / "lot.csv"
    file.write_text(FILE, encoding="utf-8")

    page.goto("/staff/hotline/desk/batches/new/")
    page.locator("input[type=file]").set_input_files(file)
    send(page.get_by_role("button", name="Lire le fichier"))

    expect(page.get_by_text("2 lignes ont été lues")).to_be_visible()
    assert not findings(page)
    send(page.get_by_role("button", name="Envoyer la ligne prête"))
    expect(page.get_by_text("1 signalement accepté")).to_be_visible()
    page.get_by_role("link", name="3", exact=True).click()
    expect(page.get_by_label("Adresses exactes")).to_have_value("nulle part")
    expect(page.get_by_label("Jour où cela a été vu")).to_have_value("hier")
    assert not findings(page)


@pytest.mark.safety
def test_opens_no_page_but_its_own(someone: Someone) -> None:
    page = someone()
    enter(page, "partner_member")

    for path in ("/staff/hotline/queue/", "/staff/people/", "/staff/takedown/notices/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403, path
