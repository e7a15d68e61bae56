"""A copy of the vault comes back: half of it, in two goes, and more slowly than the vault locks."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import TWO, looked_at
from tests.journeys.test_the_vault_is_used import (
    ANOTHER,
    PHONE,
    VAULT,
    chooses,
    goes,
    makes_a_vault,
    shown,
    unlocks,
)
from tests.journeys.test_the_vault_meets_trouble import error, writes_a_note

pytestmark = pytest.mark.journey

# Another page covers this one, and goes.
HIDES = """() => {
    for (const hidden of [true, false]) {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event("visibilitychange"));
    }
}"""


def copies(page: Page) -> None:
    """Make a copy of the vault that is open."""
    goes(page, "backup", "backup")
    send(page.get_by_role("button", name="Faire une copie"))
    expect(page.get_by_text("La copie est complète.")).to_be_visible()


def brings_back(page: Page, words: list[str]) -> None:
    """Type the twelve words of a vault, and choose a code for it."""
    page.goto(f"{VAULT}#recover")
    page.get_by_label("Tes douze mots").fill(" ".join(words))
    send(page.get_by_role("button", name="Continuer"))
    chooses(page, ANOTHER)


def test_half_a_copy_is_said_to_be_half(someone: Someone) -> None:
    page = someone(**PHONE)
    words = makes_a_vault(page)
    writes_a_note(page)
    goes(page, "backup", "backup")
    page.route("**/backup/*/0?of=*", lambda route: route.abort())
    send(page.get_by_role("button", name="Faire une copie"))
    error(page).to_contain_text("La copie est incomplète")
    new = someone(**PHONE)
    brings_back(new, words)
    expect(new.get_by_text("Il manque une partie de la copie")).to_be_visible()


@pytest.mark.whole
def test_a_copy_that_was_cut_off_goes_on(someone: Someone) -> None:
    page = someone(**PHONE)
    words = makes_a_vault(page)
    for _note in range(2):
        writes_a_note(page)
    copies(page)

    # On a new phone the network goes after the first of two.
    new = someone(reduced_motion="reduce", **PHONE)
    last = "**/app/vault/backup/*/2"
    new.route(last, lambda route: route.abort())
    brings_back(new, words)
    expect(new.get_by_text("Pas de réseau.")).to_be_visible()

    # What came is there, the rest is not forgotten, and no other copy takes its place.
    new.goto("/fr/app/")
    new.goto(VAULT)
    unlocks(new, ANOTHER)
    items = new.locator('[data-slot="items"] > li')
    expect(items).to_have_count(1)
    half = new.get_by_text("Ta copie n’est pas revenue en entier.")
    expect(half).to_be_visible()
    assert not looked_at(new, TWO)
    goes(new, "backup", "backup")
    send(new.get_by_role("button", name="Faire une copie"))
    error(new).to_contain_text("Ta copie n’est pas revenue en entier.")
    new.goto(f"{VAULT}#")
    new.unroute(last)
    new.get_by_role("link", name="Faire revenir le reste").click()
    brings_back(new, words)
    expect(new.get_by_text("Tout est revenu. Éléments : 2.")).to_be_visible()
    new.get_by_role("link", name="Ouvrir mon coffre").click()
    expect(items).to_have_count(2)
    expect(half).to_have_count(0)


@pytest.mark.whole
@pytest.mark.parametrize("left_for", ["a while", "another page"])
def test_a_long_way_back_is_not_cut_off_by_the_lock(someone: Someone, left_for: str) -> None:
    page = someone(**PHONE)
    words = makes_a_vault(page)
    writes_a_note(page)
    copies(page)

    new = someone(**PHONE)
    new.clock.install()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    first = "**/app/vault/backup/*/1"
    new.route(first, hold)
    with new.expect_request(first):
        brings_back(new, words)
    if left_for == "a while":
        new.clock.fast_forward("10:00")
    else:
        new.evaluate(HIDES)
    new.mouse.click(180, 20)  # whoever finds it touches it
    held.pop().continue_()
    expect(new.get_by_text("Tout est revenu. Éléments : 1.")).to_be_visible()

    # Whoever finds it then needs the code, and it locks as ever.
    new.get_by_role("link", name="Ouvrir mon coffre").click()
    unlocks(new, ANOTHER)
    expect(new.locator('[data-slot="items"] > li')).to_have_count(1)
    new.clock.fast_forward("01:30")
    shown(new, "lock")
