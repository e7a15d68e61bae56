"""L6: the address has a space, a tab, a trailing comma, three in a line, a handle, a phone number.

Each is what the reporter meant, or is asked; none is cut, none is merged with another.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import PHONE
from tests.journeys.test_pages_are_accessible import findings

pytestmark = pytest.mark.journey

ADDRESS = "Adresse de la page"


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def reporter(someone: Someone, request: pytest.FixtureRequest) -> Page:
    """A person on a telephone, whose browser runs scripts or does not."""
    page = someone(viewport=PHONE, java_script_enabled=request.param)
    page.goto("/fr/report/")
    return page


def goes_on(page: Page) -> None:
    send(page.get_by_role("button", name="Continuer"))


def kept(page: Page) -> list[str]:
    """Return the addresses that the second step says it has kept."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Que signalez-vous ?")
    page.wait_for_load_state()
    return page.locator(".understood li > bdi").all_inner_texts()


def test_two_pictures_in_folders_with_a_space_are_two(reporter: Page) -> None:
    lines = "https://album.example/Mes images/a.png\nhttps://album.example/Mes photos/b.png"
    reporter.get_by_label(ADDRESS).fill(lines)
    goes_on(reporter)

    asked = reporter.get_by_role("group", name="Est-ce bien cela")
    expect(asked).to_have_count(2)
    expect(asked.first).to_contain_text("https://album.example/Mes images/a.png")
    expect(asked.first.get_by_role("radio").first).to_be_checked()
    expect(reporter.get_by_label(ADDRESS)).to_have_value(lines)
    goes_on(reporter)

    assert kept(reporter) == [
        "https://album.example/Mes%20images/a.png",
        "https://album.example/Mes%20photos/b.png",
    ]


@pytest.mark.whole
def test_words_or_a_mark_after_an_address_are_left_out_if_one_says_so(reporter: Page) -> None:
    reporter.get_by_label(ADDRESS).fill(
        "https://album.example/page/1,\nhttps://album.example/page/2 vu hier soir"
    )
    goes_on(reporter)

    asked = reporter.get_by_role("group", name="Est-ce bien cela")
    expect(asked).to_have_count(2)
    for number in range(2):
        asked.nth(number).locator("label").nth(1).click()
    goes_on(reporter)

    assert kept(reporter) == ["https://album.example/page/1", "https://album.example/page/2"]


@pytest.mark.whole
def test_three_on_a_line_are_three(reporter: Page) -> None:
    three = [f"https://album.example/trois/{number}" for number in (1, 2, 3)]
    reporter.get_by_label(ADDRESS).fill("; ".join([", ".join(three[:2]), three[2]]))
    goes_on(reporter)

    assert kept(reporter) == three


@pytest.mark.whole
def test_an_account_and_a_number_lead_to_where_they_are_asked_for(reporter: Page) -> None:
    reporter.get_by_label(ADDRESS).fill("@renard_75")
    goes_on(reporter)

    name = reporter.get_by_label("Nom ou numéro du compte")
    expect(name).to_be_visible()
    expect(name).to_have_value("@renard_75")
    expect(reporter.get_by_label(ADDRESS)).to_have_value("")
    reporter.get_by_label("Nom de l’application").fill("Réseau Exemple")
    goes_on(reporter)
    assert kept(reporter) == ["Réseau Exemple · @renard_75"]

    reporter.goto("/fr/report/")
    send(reporter.get_by_role("button", name="Corriger l’adresse"))
    reporter.get_by_label("Nom ou numéro du compte").fill("")
    reporter.get_by_label("Nom de l’application").fill("")
    reporter.get_by_label(ADDRESS).fill("06 12 34 56 78")
    goes_on(reporter)
    expect(reporter.get_by_label("Nom ou numéro du compte")).to_have_value("06 12 34 56 78")
    expect(reporter.get_by_label(re.compile("téléphone"), exact=False).first).to_be_checked()
    goes_on(reporter)
    assert kept(reporter) == ["06 12 34 56 78"]


@pytest.mark.whole
def test_the_question_is_accessible(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    page.goto("/fr/report/")
    page.get_by_label(ADDRESS).fill("https://album.example/a\tb,")
    goes_on(page)

    expect(page.get_by_role("group", name="Est-ce bien cela")).to_be_visible()
    assert not findings(page)
