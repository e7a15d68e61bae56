"""Safer Internet Day: a class joins without a script, its words are read first; then a report."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
CLASS = "5e A, collège des Goélands"
SAYS = "On a compté les notifications d’une heure de cours."
TEACHER = "enseignante@college.example"


@pytest.mark.safety
def test_a_class_joins_and_its_words_are_read_before_they_are_shown(
    someone: Someone, live: Live
) -> None:
    school = someone(viewport=PHONE, java_script_enabled=False)
    school.goto("/fr/safer-internet-day/")
    school.get_by_role("link", name="Déclarer une activité").click()
    school.get_by_label("Nom").fill(CLASS)
    school.get_by_label("Lieu").select_option(label="La Réunion")
    school.get_by_label("Personnes attendues").fill("26")
    school.get_by_label("Une phrase pour le mur").fill(f"{SAYS} Écrire à a@b.example")
    school.get_by_label("Votre adresse e-mail").fill(TEACHER)
    press(school, "Déclarer cette activité")
    expect(school.get_by_text("Retirer les adresses").first).to_be_visible()
    expect(school.get_by_label("Nom")).to_have_value(CLASS)
    school.get_by_label("Une phrase pour le mur").fill(SAYS)
    press(school, "Déclarer cette activité")
    expect(school.get_by_role("heading", level=1)).to_have_text("Activité déclarée")

    words = live.mail(to=TEACHER, containing="/activity/").get_content()
    link = re.search(r"/fr/safer-internet-day/activity/\S+", words)
    assert link
    school.goto(link[0])
    expect(school.get_by_text("une fois l’activité passée")).to_be_visible()

    reader = someone(viewport=PHONE)
    reader.goto("/fr/safer-internet-day/")
    expect(reader.get_by_text(SAYS)).to_have_count(0)
    team = someone()
    enter(team, "coordinator")
    team.goto("/staff/awareness/safer-internet-day/")
    team.get_by_role("row", name="2027").get_by_role("link").nth(2).click()
    card = team.locator(".card", has_text=CLASS)
    press_in = card.get_by_role("button", name="Publier", exact=True)
    send(press_in)
    reader.reload()
    expect(reader.get_by_text(SAYS)).to_be_visible()


@pytest.mark.whole
def test_the_report_tells_bounds_on_the_page_and_on_paper(someone: Someone, tmp_path: Path) -> None:
    reader = someone(locale="en-GB", accept_downloads=True)
    reader.goto("/en/safer-internet-day/2026/")
    reader.get_by_role("link", name="Report of the edition").click()
    expect(reader.get_by_text(re.compile(r"people at least, .* at most"))).to_be_visible()
    with reader.expect_download() as coming:
        reader.get_by_role("link", name="The report (PDF)").click()
    kept = tmp_path / "report.pdf"
    coming.value.save_as(kept)
    assert b"pdfuaid" in kept.read_bytes()
