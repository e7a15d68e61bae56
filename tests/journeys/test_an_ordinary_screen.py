"""Under an ordinary name the app begins with what the name says; a word leads to the app behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from balise.foundation import clock
from tests.browser import Someone, press, ready, send
from tests.journeys.test_quick_exit import PHONE

pytestmark = pytest.mark.journey

HOME = re.compile(r"/fr/app/$")
NOTES, AGENDA = (f"/fr/app/looks/{code}/screen/" for code in ("notes", "agenda"))


@pytest.fixture
def phone(someone: Someone) -> Page:
    """Open a page on a telephone."""
    return someone(viewport=PHONE)


def writes(page: Page, words: str) -> None:
    page.get_by_role("textbox").fill(words)
    page.keyboard.press("Enter")


@pytest.mark.safety
def test_notes_are_notes_and_the_name_of_the_centre_is_kept_nowhere(phone: Page) -> None:
    phone.goto(NOTES)
    ready(phone)
    expect(phone).to_have_title("Notes")
    expect(phone.get_by_text("3018")).to_have_count(0)
    writes(phone, "Acheter du pain")
    expect(phone.get_by_role("listitem")).to_contain_text("Acheter du pain")

    phone.reload()
    ready(phone)
    expect(phone.get_by_role("listitem")).to_contain_text("Acheter du pain")
    writes(phone, " 3018 ")
    expect(phone).to_have_url(HOME)
    kept = phone.evaluate("JSON.stringify(localStorage)")
    assert "Acheter du pain" in kept
    assert "3018" not in kept
    phone.go_back()
    assert "/screen/" not in phone.url  # the app took its place: the way back is not told

    phone.goto(NOTES)
    ready(phone)
    send(phone.get_by_role("button", name="Supprimer"))
    expect(phone.get_by_text("Aucune note.")).to_be_visible()


def test_a_day_of_the_calendar_has_its_own_list_and_help_leads_on(phone: Page) -> None:
    phone.goto(AGENDA)
    ready(phone)
    today = clock.today()
    writes(phone, "Piscine")
    expect(phone.locator("[aria-pressed=true]")).to_have_text(str(today.day))
    other = 1 if today.day > 1 else 2
    send(phone.locator("[data-days] button", has_text=str(other)).first)
    expect(phone.get_by_text("Rien de noté ce jour-là.")).to_be_visible()
    press(phone, "Mois suivant")
    expect(phone.locator("[aria-pressed=true]")).to_have_count(0)
    writes(phone, "Aide")
    expect(phone).to_have_url(HOME)
