"""The twelve words of a vault: all are typed back once, and a wrong one is pointed at."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_the_vault_is_used import PHONE, VAULT, makes_a_vault, shown, to_the_check

pytestmark = [pytest.mark.journey, pytest.mark.safety]

TWELVE: Final = "Tes douze mots, dans l’ordre"
POINTED: Final = (
    "({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)"
)


def another(word: str) -> str:
    """Return a word of the list that this one is not."""
    return "zoologie" if word != "zoologie" else "abaisser"


def test_all_twelve_are_typed_back_and_a_wrong_one_is_pointed_at(someone: Someone) -> None:
    page = someone(**PHONE)
    words = to_the_check(page)
    fields = page.locator("#vault input")
    expect(fields).to_have_count(12)
    for nth, word in enumerate(words):
        fields.nth(nth).fill(another(word) if nth == 7 else word.upper())
    send(page.get_by_role("button", name="Vérifier"))
    expect(page.get_by_role("alert").filter(has_text="le mot 8 est différent")).to_be_visible()
    expect(fields.nth(7)).to_be_focused()
    expect(page.locator("#vault input[aria-invalid=true]")).to_have_count(1)
    # The paper is wrong: the words are looked at again, and what was typed is still there.
    page.get_by_role("link", name="Revoir mes mots").click()
    shown(page, "words")
    page.get_by_role("link", name="Je les ai notés").click()
    shown(page, "check")
    expect(fields.nth(3)).to_have_value(words[3].upper())
    fields.nth(7).fill(words[7])
    send(page.get_by_role("button", name="Vérifier"))
    shown(page, "list")


@pytest.mark.whole
def test_a_word_that_was_not_typed_makes_no_vault(someone: Someone) -> None:
    page = someone(**PHONE)
    words = to_the_check(page)
    fields = page.locator("#vault input")
    for nth, word in enumerate(words[:-1]):
        fields.nth(nth).fill(word)
    send(page.get_by_role("button", name="Vérifier"))
    expect(page.get_by_role("alert").filter(has_text="le mot 12 est différent")).to_be_visible()
    page.goto(VAULT)
    shown(page, "first")


@pytest.mark.whole
def test_a_wrong_word_that_should_open_the_vault_is_pointed_at(someone: Someone) -> None:
    page = someone(**PHONE)
    words = makes_a_vault(page)
    page.reload()
    shown(page, "lock")
    for wrong in ("ordinateur", another(words[4])):
        opens_with(page, [*words[:4], wrong, *words[5:]])
        expect(page.get_by_role("alert").filter(has_text="mot 5")).to_be_visible()
        is_pointed_at(page, wrong)


@pytest.mark.whole
def test_a_new_telephone_points_at_a_word_that_is_in_no_list(someone: Someone) -> None:
    page = someone(**PHONE)
    opens_with(page, [*["abaisser"] * 9, "ordinateur", "abaisser", "abaisser"])
    expect(page.get_by_role("alert").filter(has_text="Le mot 10 n’est pas")).to_be_visible()
    is_pointed_at(page, "ordinateur")


def opens_with(page: Page, words: list[str]) -> None:
    """Type words that should open the vault."""
    page.goto(f"{VAULT}#recover")
    shown(page, "recover")
    page.get_by_label(TWELVE).fill(" ".join(words))
    send(page.get_by_role("button", name="Continuer"))


def is_pointed_at(page: Page, word: str) -> None:
    """See a word selected in the field, where the next key replaces it."""
    field = page.get_by_label(TWELVE)
    expect(field).to_be_focused()
    assert field.evaluate(POINTED) == word
