"""A screen that nobody touches warns, then covers itself; a key press in time keeps it."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def test_a_wallboard_goes_on_in_numbers(page: Page) -> None:
    page.clock.install()
    page.goto("/staff/demonstration/")
    page.locator("form:has([name=role][value=helpline_lead]) button").click()
    page.wait_for_url("**/staff/")
    page.goto("/staff/helpline/wallboard/")
    expect(page.get_by_role("heading", name="Qui écoute")).to_be_visible()
    page.clock.fast_forward("15:10")
    cover = page.locator("#lock-cover")
    expect(cover.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
    expect(cover.locator(".gauges")).to_be_visible()
    expect(page.get_by_role("heading", name="Qui écoute")).to_have_count(0)
    with page.expect_response("**/wallboard/numbers/") as asked:
        page.clock.fast_forward("00:10")
    assert asked.value.status == 200


def test_a_screen_left_alone_covers_itself(page: Page) -> None:
    page.clock.install()
    page.goto("/staff/demonstration/")
    page.get_by_role("button", name="Rédaction").click()
    expect(page.get_by_role("heading", name="Votre bureau")).to_be_visible()
    warning = page.get_by_role("heading", name="Êtes-vous toujours là ?")
    cover = page.get_by_role("heading", name="Écran verrouillé")

    page.clock.fast_forward("14:30")
    expect(warning).to_be_visible()
    with page.expect_response("**/staff/account/here/") as told:
        page.keyboard.press("a")
    assert told.value.status == 204
    expect(warning).to_be_hidden()

    page.clock.fast_forward("15:10")
    expect(cover).to_be_visible()
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    page.get_by_role("link", name="Déverrouiller").click()
    expect(page).to_have_url("/staff/account/unlock/?next=/staff/")
