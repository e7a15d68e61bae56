"""The code of a vault may have letters: typed by fingers, by keys alone, on a narrow page."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_the_vault_is_used import PHONE, VAULT, checks, shown, types

pytestmark = [pytest.mark.journey, pytest.mark.safety]

LONG: Final = "Trois pommes & 1 étoile"
# What a page of 1,280 points is at 400 %, and a small telephone.
WIDTHS: Final = (320, 360)
TOO_WIDE: Final = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
}"""


def has_letters(page: Page, code: str) -> None:
    """Turn to the keyboard, type a code there, and go on."""
    send(page.get_by_role("button", name="Des lettres aussi"))
    writes(page, code)


def writes(page: Page, code: str) -> None:
    """Type a code into the field, and go on."""
    page.get_by_label("Code", exact=True).fill(code)
    page.locator('[data-do="done"]').click()


def to_the_choice(page: Page) -> None:
    """Begin a vault, up to the choice of its code."""
    page.goto(VAULT)
    page.get_by_role("link", name="Créer mon coffre").click()
    shown(page, "choose")


def test_a_long_code_with_letters_opens_the_vault_and_another_does_not(someone: Someone) -> None:
    page = someone(**PHONE)
    to_the_choice(page)
    has_letters(page, LONG)
    expect(page.locator("#pad-says")).to_contain_text("encore une fois")
    writes(page, LONG)
    shown(page, "words")
    words = page.locator(".vault-words li").all_inner_texts()
    page.get_by_role("link", name="Je les ai notés").click()
    checks(page, words)
    shown(page, "list")
    page.reload()
    shown(page, "lock")
    # Nothing tells that this code has letters.
    expect(page.locator("[data-digit]")).to_have_count(10)
    expect(page.locator("[data-digit]").first).to_be_visible()
    has_letters(page, LONG.lower())
    expect(page.locator("#pad-says")).to_contain_text("Ce n’est pas ton code")
    writes(page, LONG)
    shown(page, "list")


@pytest.mark.whole
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("121212", "se répète"),
        ("123456", "compte"),
        ("120513", "une date"),
        ("147258", "Ces touches se suivent"),
    ],
)
def test_a_code_that_anybody_tries_first_is_refused_with_its_reason(
    someone: Someone, code: str, why: str
) -> None:
    page = someone(**PHONE)
    to_the_choice(page)
    types(page, code)
    expect(page.locator("#pad-says")).to_contain_text(why)


@pytest.mark.whole
def test_keys_alone_choose_a_code_of_letters(someone: Someone) -> None:
    page = someone(**PHONE)
    to_the_choice(page)
    page.get_by_role("button", name="Des lettres aussi").press("Enter")
    field = page.get_by_label("Code", exact=True)
    expect(field).to_be_focused()
    for _time in range(2):
        field.press_sequentially("pluie7")
        expect(page.get_by_role("status").filter(has_text="6 signes tapés")).to_be_visible()
        field.press("Enter")
    shown(page, "words")


@pytest.mark.whole
@pytest.mark.parametrize("width", WIDTHS)
def test_both_ways_of_typing_fit_a_narrow_page(someone: Someone, width: int) -> None:
    page = someone(viewport={"width": width, "height": 256 if width == WIDTHS[0] else 740})
    to_the_choice(page)
    assert not page.evaluate(TOO_WIDE)
    field = page.get_by_label("Code", exact=True)
    field.fill("une phrase que personne ne connaît, et qui est longue")
    assert not page.evaluate(TOO_WIDE)
    send(page.get_by_role("button", name="Des lettres aussi"))
    assert not page.evaluate(TOO_WIDE)
    expect(field).to_be_in_viewport()
    send(page.get_by_role("button", name="Chiffres seulement"))
    expect(page.locator("[data-digit='5']")).to_be_visible()
    assert field.input_value().startswith("une phrase")
