"""L7: a partner sends a batch twice, with ten duplicates in it, one in danger.

Ten are said to be duplicates of lines, the second batch makes nothing new, the dangerous one is
first.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send, take_shown
from tests.journeys.scenarios.people import DESK, PHONE, enters
from tests.journeys.test_pages_are_accessible import findings

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_rests")]

_HEAD = "adresse;catégorie;vu le;vu à;ce que l'on voit;qui est derrière;contexte;danger immédiat"
_SEEN = "Des messages qui appellent à frapper des passants, chaque soir."
DANGER = "https://lot-sept.example/fil/13"


def line(address: str, *, category: str = "Haine", seen: str = _SEEN, danger: str = "non") -> str:
    return f"{address};{category};20/11/2026;9h05;{seen};rien de connu;permanence;{danger}"


def brings(page: Page, file: Path) -> None:
    page.goto("/staff/hotline/desk/batches/new/")
    page.locator("input[type=file]").set_input_files(file)
    send(page.get_by_role("button", name="Lire le fichier"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lignes d’un fichier")


def test_a_batch_that_is_sent_twice(someone: Someone, tmp_path: Path) -> None:
    once = [line(f"https://lot-sept.example/page/{number}") for number in range(1, 11)]
    short = line("https://lot-sept.example/Mes images/12", seen="Court.")
    danger = line(DANGER, category="PEDOPORNOGRAPHIE", danger="oui")
    file = tmp_path / "lot.csv"
    file.write_text("\r\n".join([_HEAD, *once, *once, short, danger]), encoding="utf-8")

    partner = someone(viewport=DESK, bypass_csp=True)
    enters(partner, "partner_member")
    brings(partner, file)
    rows = partner.locator("main tbody tr")
    expect(rows).to_have_count(22)
    for number in range(10):
        same = rows.nth(10 + number)
        expect(same).to_contain_text(f"La même que la ligne {number + 2}")
        expect(same).to_contain_text(f"https://lot-sept.example/page/{number + 1}")
    expect(rows.nth(20)).to_contain_text("La description est courte\u202f: 40 caractères au moins")
    assert not findings(partner)
    first = partner.url
    brings(partner, file)  # before the first is sent
    second = partner.url

    partner.goto(first)
    send(partner.get_by_role("button", name="Envoyer les 12 lignes prêtes"))
    expect(partner.get_by_text("12 signalements acceptés")).to_be_visible()
    partner.goto(second)
    send(partner.get_by_role("button", name="Envoyer les 12 lignes prêtes"))
    expect(partner.get_by_text("Aucune ligne n’est prête")).to_be_visible()
    expect(partner.get_by_text("Déjà envoyé par vous")).to_have_count(13)
    brings(partner, file)
    expect(partner.get_by_role("button", name="Envoyer les")).to_have_count(0)

    analyst = someone(viewport=DESK)
    enters(analyst, "analyst")
    analyst.goto("/staff/hotline/queue/?host=lot-sept.example")
    expect(analyst.locator("#rows .q-row")).to_have_count(12)
    expect(analyst.locator("#rows .q-row").first).to_contain_text("Exploitation sexuelle")
    send(analyst.locator("#rows .q-open").first)
    take_shown(analyst)
    send(analyst.get_by_role("button", name="Ouvrir les données chiffrées"))
    expect(analyst.get_by_text(DANGER).first).to_be_visible()

    on_the_way = someone(viewport=PHONE, bypass_csp=True)
    enters(on_the_way, "partner_member")
    on_the_way.goto(first)
    expect(on_the_way.locator("main tbody tr").nth(21)).to_contain_text(DANGER)
    assert not findings(on_the_way)
