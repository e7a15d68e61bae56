"""Someone makes a young person open the vault: a second code shows nothing of what is in the other.

What was being written waits sealed, and comes back with its own code alone.
"""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_quick_exit import is_away, is_back, with_a_neighbour
from tests.journeys.test_the_vault_is_used import (
    ANOTHER,
    CODE,
    PHONE,
    VAULT,
    checks,
    chooses,
    goes,
    is_shared,
    makes_a_vault,
    picture,
    puts_away,
    shown,
    to_the_check,
    unlocks,
)

pytestmark = [pytest.mark.journey, pytest.mark.safety]

SECRET: Final = "Ils ont créé un groupe sans moi"
# All that a page holds and its tab remembers, but for what nothing of ours is written in.
HOLDS: Final = """() => JSON.stringify([
    document.documentElement.outerHTML,
    [...document.querySelectorAll("input, textarea, select")].map((each) => each.value),
    location.href, history.state, document.title, { ...sessionStorage }, { ...localStorage },
])"""
BASES: Final = "async () => (await indexedDB.databases()).map(({ name }) => name).sort()"
EARLY: Final = """() => new Promise((done) => {
    const asked = indexedDB.open("passing");
    asked.onsuccess = () => {
        const all = asked.result.transaction("files").objectStore("files").getAll();
        all.onsuccess = async () => {
            asked.result.close();
            const { key, sealed } = all.result[0];
            const out = crypto.subtle.exportKey("raw", key);
            const said = await out.then(() => "given", (refusal) => refusal.name);
            const bytes = String.fromCharCode(...new Uint8Array(sealed));
            const isRead = bytes.includes("capture") || bytes.includes("PNG");
            done([all.result.length, key.extractable, said, isRead]);
        };
    };
})"""


def has_two(page: Page) -> None:
    """Make a vault with a second code, and stay in the true one."""
    makes_a_vault(page)
    page.get_by_role("link", name="Choisir un second code").click()
    chooses(page, ANOTHER)
    shown(page, "list")


def locks(page: Page) -> None:
    """Lock as out of sight would: at once, whatever the screen."""
    page.evaluate("import('/static/vault/screens/app.js').then(({ app }) => app.lock())")
    shown(page, "lock")


def test_what_is_written_comes_back_with_its_own_code_alone(someone: Someone) -> None:
    page = someone(**PHONE)
    has_two(page)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Le premier soir.")
    item = puts_away(page)
    goes(page, "plan/older", "plan-older")
    page.locator("textarea").first.fill(f"{SECRET}, le plan")
    goes(page, f"share/{item}", "share")
    page.locator("#code").fill(f"{SECRET} huit mots")
    goes(page, "add/text", "details")
    page.locator("#words").fill(f"{SECRET}.")
    page.locator("#who").fill(f"{SECRET}, qui")
    goes(page, "add", "add")
    page.locator("#paste").fill(f"{SECRET}, collé")
    assert SECRET in page.evaluate(HOLDS)
    locks(page)
    assert SECRET not in page.evaluate(HOLDS)
    assert "#" not in page.url

    unlocks(page, ANOTHER)
    shown(page, "list")
    for address, screen in {
        "add/text": "details",
        "add": "add",
        "add/details": "add",
        "plan/older": "plan-older",
        "share": "share",
        f"share/{item}": "share",
        "shares": "shares",
        "timeline": "timeline",
    }.items():
        goes(page, address, screen)
        said = page.evaluate(HOLDS)
        assert SECRET not in said, address
        assert "Le premier soir" not in said, address
        assert page.locator("#vault input:checked").count() == 0
    goes(page, "add/text", "details")
    page.locator("#words").fill("Rien de grave.")
    # Back leads to no address of the other.
    for _turn in range(3):
        page.go_back()
    assert SECRET not in page.evaluate(HOLDS)
    locks(page)

    unlocks(page)
    shown(page, "add")
    expect(page.locator("#paste")).to_have_value(f"{SECRET}, collé")
    goes(page, "add/text", "details")
    expect(page.locator("#words")).to_have_value(f"{SECRET}.")
    expect(page.locator("#who")).to_have_value(f"{SECRET}, qui")
    goes(page, "plan/older", "plan-older")
    expect(page.locator("textarea").first).to_have_value(f"{SECRET}, le plan")
    goes(page, "share", "share")
    expect(page.locator("#code")).to_have_value(f"{SECRET} huit mots")
    expect(page.locator("#vault input:checked")).to_have_count(1)


@pytest.mark.whole
def test_the_twelve_words_that_were_typed_are_gone_once_a_code_opens(someone: Someone) -> None:
    page = someone(**PHONE)
    has_two(page)
    locks(page)
    page.get_by_role("link", name="Oublié").click()
    page.get_by_label("Tes douze mots").fill(SECRET)
    page.go_back()
    unlocks(page, ANOTHER)
    goes(page, "recover", "recover")
    expect(page.get_by_label("Tes douze mots")).to_have_value("")


@pytest.mark.whole
def test_addresses_of_one_vault_lead_nowhere_in_the_other(someone: Someone) -> None:
    page = someone(**PHONE)
    has_two(page)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Le premier soir.")
    item = puts_away(page)
    goes(page, f"item/{item}/delete", "delete")
    goes(page, "settings", "settings")
    locks(page)
    unlocks(page, ANOTHER)
    shown(page, "list")
    for _turn in range(3):
        page.go_back()
        shown(page, "list")
        assert item not in page.url
    page.reload()
    assert item not in page.url


def test_a_second_code_has_the_same_settings_and_clears_its_own_alone(someone: Someone) -> None:
    page = someone(**PHONE)
    has_two(page)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Le premier soir.")
    puts_away(page)
    locks(page)
    pages: dict[str, list[str]] = {}
    for code in (CODE, ANOTHER):
        unlocks(page, code)
        goes(page, "settings", "settings")
        pages[code] = [page.locator("#vault").inner_html()]
        expect(page.get_by_text("code", exact=False).filter(has_text="second")).to_have_count(0)
        goes(page, "change", "choose")
        pages[code].append(page.locator("#vault").inner_html())
        page.evaluate("location.hash = 'decoy'")
        shown(page, "list")
        locks(page)
    assert pages[CODE] == pages[ANOTHER]

    unlocks(page, ANOTHER)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Rien de grave.")
    puts_away(page)
    goes(page, "clear/sure", "clear-sure")
    expect(page.get_by_text("1", exact=False).first).to_be_visible()
    send(page.get_by_role("button", name="Tout effacer"))
    shown(page, "first")
    page.reload()
    unlocks(page, ANOTHER)
    shown(page, "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(0)
    locks(page)
    unlocks(page)
    expect(page.locator('[data-slot="items"] > li')).to_have_count(1)


@pytest.mark.whole
def test_a_share_that_waits_is_not_told_to_a_second_code(someone: Someone) -> None:
    page = someone(**PHONE)
    has_two(page)
    is_shared(page, {"name": "capture.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.locator("#pad-says")).to_contain_text("C’est gardé, chiffré.")
    page.reload()
    shown(page, "lock")
    expect(page.locator("#pad-says")).to_have_text("")
    unlocks(page, ANOTHER)
    shown(page, "list")
    expect(page.get_by_text("Un partage attend.")).to_have_count(0)
    locks(page)
    unlocks(page)
    expect(page.get_by_role("link", name="Un partage attend. Le ranger")).to_be_visible()


def test_a_share_before_there_is_a_vault_is_said_and_kept_for_an_hour(someone: Someone) -> None:
    page = someone(**PHONE)
    with_a_neighbour(page)
    page.clock.install()
    page.goto(VAULT)
    shown(page, "first")
    assert "passing" not in page.evaluate(BASES)
    is_shared(page, {"name": "capture.png", "mimeType": "image/png", "buffer": picture()})
    early = page.get_by_text("Ton partage attend ici, chiffré")
    expect(early).to_be_visible()
    assert page.evaluate(EARLY) == [1, False, "InvalidAccessError", False]
    page.goto(VAULT)
    expect(early).to_be_visible()
    page.clock.fast_forward("01:00:01")
    page.goto(VAULT)
    shown(page, "first")
    expect(early).to_be_hidden()
    assert "passing" not in page.evaluate(BASES)

    is_shared(page, {"name": "capture.png", "mimeType": "image/png", "buffer": picture()})
    expect(early).to_be_visible()
    page.get_by_role("link", name="Quitter").first.click()
    is_away(page)
    page.context.clear_cookies(name="away")
    is_back(page)
    page.goto(VAULT)
    shown(page, "first")
    expect(early).to_be_hidden()
    assert "passing" not in page.evaluate(BASES)


@pytest.mark.whole
def test_a_share_before_there_is_a_vault_is_put_away_in_it(someone: Someone) -> None:
    page = someone(**PHONE)
    page.goto(VAULT)
    is_shared(page, {"name": "capture.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.get_by_text("Ton partage attend ici, chiffré")).to_be_visible()
    checks(page, to_the_check(page))
    shown(page, "list")
    assert "passing" not in page.evaluate(BASES)
    page.get_by_role("link", name="Un partage attend. Le ranger").click()
    shown(page, "guard")
