"""What others print and count: a press file looked at before it is entered, readings judged.

The same article comes five times under five titles; a lower reading is asked about.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from balise.foundation import clock
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter, findings

pytestmark = pytest.mark.journey

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
TITLES = (
    "La ligne d’écoute des familles ouvre aussi la nuit",
    "La nuit aussi, la ligne d’écoute ouvre aux familles",
    "Familles : une ligne d’écoute ouverte aussi la nuit",
    "Ouverte la nuit aussi, la ligne d’écoute des familles",
    "Une ligne d’écoute pour les familles, la nuit aussi",
)


def seen(page: Page) -> None:
    """Check that a page is accessible, and fits, on a desk and a telephone."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert not findings(page), page.url


def press_file(day: date) -> FilePayload:
    """Return a file of a monitoring service: five titles of one article, two rows to correct."""
    audiences = ("22,9 K", "13,5\u202fMn", "1\u00a0010", "plus de 8 000", "")
    rows = [
        f"{day:%d/%m/%Y};Gazette {at};{title};{audience}"
        for at, (title, audience) in enumerate(zip(TITLES, audiences, strict=True))
    ]
    rows += ["12/03/2032;Le Futur;Un titre de demain;5", f"{day:%d/%m/%Y};;Sans média;beaucoup"]
    text = "\r\n".join(("Date;Média;Titre;Audience", *rows))
    return {"name": "veille.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.whole
def test_a_press_file_is_looked_at_and_five_titles_are_one_article(someone: Someone) -> None:
    page = someone(viewport=DESK, bypass_csp=True, reduced_motion="reduce")
    enter(page, "steering_office")
    day = clock.today() - timedelta(days=3)
    page.goto("/staff/steering/press/import/")
    page.locator("input[type=file]").set_input_files(press_file(day))
    send(page.get_by_role("button", name="Vérifier chaque ligne"))

    refused = page.get_by_role("table", name="Lignes à corriger")
    expect(refused.get_by_role("row")).to_have_count(3)
    expect(refused).to_contain_text("12/03/2032 · Le Futur · Un titre de demain · 5")
    expect(refused).to_contain_text("beaucoup")
    fresh = page.get_by_role("table", name="Nouvelles lignes")
    for number in ("22 900", "13 500 000", "1 010", "8 000"):
        expect(fresh).to_contain_text(number)
    seen(page)
    send(page.get_by_role("button", name="Importer 5 lignes"))
    expect(page.get_by_text("5 lignes ont été importées.").first).to_be_visible()
    seen(page)

    page.get_by_role("link", name="Articles repris").click()
    card = page.locator("form:has([name=item])").filter(has_text=TITLES[0])
    expect(card.locator("[name=item]")).to_have_count(5)
    seen(page)
    card.get_by_role("button", name="Un seul article").press("Enter")
    expect(page.locator("form:has([name=item])").filter(has_text=TITLES[0])).to_have_count(0)

    # The same file again changes nothing.
    page.goto("/staff/steering/press/import/")
    page.locator("input[type=file]").set_input_files(press_file(day))
    send(page.get_by_role("button", name="Vérifier chaque ligne"))
    expect(page.get_by_text("Ce fichier a déjà été importé").first).to_be_visible()
    expect(page.get_by_role("button", name="Importer")).to_have_count(0)


@pytest.mark.whole
def test_a_lower_reading_is_asked_about_and_one_of_2032_refused(someone: Someone) -> None:
    page = someone(viewport=DESK, bypass_csp=True, reduced_motion="reduce")
    enter(page, "steering_office")
    page.goto("/staff/steering/readings/")
    page.get_by_role("link", name="App Store").first.click()
    thing = page.url

    page.locator("[name=day]").fill("2032-01-01")
    page.locator("[name=value]").fill("30 000")
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("Ce jour n’est pas encore arrivé.").first).to_be_visible()
    expect(page.locator("[name=value]")).to_have_value("30 000")
    seen(page)

    today = clock.today().isoformat()
    page.locator("[name=day]").fill(today)
    page.locator("[name=value]").fill("14,2 K")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("C’est plus bas que le").first).to_be_visible()
    expect(page.locator("[name=value]")).to_have_value("14,2 K")
    page.locator("[name=why]").select_option(value="purged")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_role("row").filter(has_text="14 200").first).to_be_visible()
    assert page.url.partition("#")[0] == thing
    seen(page)
