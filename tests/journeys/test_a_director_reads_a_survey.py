"""A director reads results of a survey, by each group and as a file, and finds nobody's answer.

Everyone reads the same on a telephone, in French and in English.
"""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone
from tests.journeys.test_pages_are_accessible import enter, findings

pytestmark = pytest.mark.journey

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
STUDY = "Les parents en parlent-ils"
FEWEST = 11
WITHHELD = "retenu"


def seen(page: Page) -> None:
    """Check that a page is accessible, and fits."""
    assert not findings(page), page.url


def downloaded(page: Page, name: str) -> list[dict[str, str]]:
    """Take a file of the page, and return its lines."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=name).click()
    with Path(coming.value.path()).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def tells_nobody(figures: list[dict[str, str]]) -> None:
    """Check that no line is of few people, and that what is withheld has no number at all."""
    assert {each["crossed_by"] for each in figures} == {"", "age", "parent"}
    for each in figures:
        assert not each["base"] or int(each["base"]) >= FEWEST, each
        if each["remark"]:
            assert (each["value"], each["low"], each["high"]) == ("", "", ""), each
        else:
            assert each["value"], each
    assert any(each["remark"] for each in figures)


@pytest.mark.safety
def test_a_director_reads_a_survey(someone: Someone) -> None:
    page = someone(viewport=DESK, bypass_csp=True, accept_downloads=True)
    enter(page, "steering")
    page.goto("/staff/awareness/surveys/results/")
    seen(page)
    page.get_by_role("link", name=STUDY).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(STUDY)
    expect(page.get_by_role("button", name="Publier les résultats")).to_have_count(0)
    expect(page.get_by_text("Réponses inventées").first).to_be_visible()
    seen(page)
    for group in ("Quel âge a l’enfant", "Qui êtes-vous pour cet enfant"):
        page.get_by_role("link", name=group).click()
        expect(page.locator("table.crossed").first).to_be_visible()
        expect(page.locator("td.withheld").first).to_have_text(WITHHELD)
        bases = page.locator("table.crossed tbody tr td:last-child").all_inner_texts()
        numbers = [int("".join(filter(str.isdigit, each))) for each in bases if each != WITHHELD]
        assert numbers
        assert min(numbers) >= FEWEST
        seen(page)
    page.goto(f"{page.url.partition('?')[0]}?by=talk")
    expect(page.get_by_text("Page introuvable").first).to_be_visible()
    page.go_back()
    tells_nobody(downloaded(page, "Chiffres (CSV)"))
    codes = downloaded(page, "Dictionnaire des codes")
    assert "Chaque semaine ou presque" in {each["says"] for each in codes}


@pytest.mark.whole
def test_everyone_reads_the_same_on_a_telephone(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    page.goto("/fr/surveys/")
    page.get_by_role("link", name=STUDY).click()
    page.get_by_role("link", name="Résultats").click()
    expect(page.get_by_text("ce ne sont plus des mineurs").first).to_be_visible()
    expect(page.get_by_text("Effet de plan").first).to_be_visible()
    expect(page.get_by_text("12 textes, lus et expurgés par l’équipe")).to_be_visible()
    seen(page)
    page.goto(page.url.replace("/fr/", "/en/"))
    expect(page.get_by_text("they are no longer minors").first).to_be_visible()
    expect(page.get_by_text("Design effect").first).to_be_visible()
    page.get_by_role("link", name="How old is the child").click()
    expect(page.locator("td.withheld").first).to_have_text("withheld")
    seen(page)
