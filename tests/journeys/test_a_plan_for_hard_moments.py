"""A young person makes a plan for hard moments in their vault: shown by one tap, never sent."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_a_quiz_about_bullying import kept, recorded
from tests.journeys.test_pages_are_accessible import FOUR, looked_at
from tests.journeys.test_the_vault_is_used import PHONE, VAULT, goes, makes_a_vault, shown, unlocks

pytestmark = [pytest.mark.journey, pytest.mark.safety]

SIGNS = "Je sais que ça monte quand…"
TOLD = "Je ne dors plus.\n## Je ne réponds plus."


def makes_a_plan(page: Page) -> None:
    """Make the plan of someone of 12 or older."""
    page.get_by_role("link", name="Mes appuis").click()
    shown(page, "plan-choose")
    page.get_by_role("link", name="J’ai 12 ans ou plus").click()
    shown(page, "plan-older")
    page.get_by_label(SIGNS).fill(TOLD)
    page.get_by_label("Je peux demander de l’aide à…").fill("Mamie, Léo")
    send(page.get_by_role("button", name="Garder dans le coffre"))
    shown(page, "plan-shown-older")


def test_a_plan_is_made_shown_changed_and_sent_to_nobody(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.locator("html[data-release]").wait_for()
    asked = recorded(page)
    makes_a_plan(page)
    expect(page.locator('[data-slot="signs"]')).to_have_text(
        "Je ne dors plus.\nJe ne réponds plus.", use_inner_text=True
    )
    expect(page.locator('[data-drawn] a[href="tel:3114"]')).to_be_visible()
    page.get_by_role("link", name="Modifier").click()
    shown(page, "plan-older")
    expect(page.get_by_label("Je peux demander de l’aide à…")).to_have_value("Mamie, Léo")
    page.get_by_label("Je peux demander de l’aide à…").fill("Mamie")
    send(page.get_by_role("button", name="Garder dans le coffre"))
    expect(page.locator('[data-slot="people"]')).to_have_text("Mamie")
    page.evaluate("() => { globalThis.print = () => document.body.dataset.printed = 'yes'; }")
    send(page.get_by_role("button", name="Imprimer"))
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    for address, screen in (("", "list"), ("timeline", "timeline")):  # it is no evidence
        goes(page, address, screen)
        expect(page.locator('[data-slot="items"] li')).to_have_count(0)
    goes(page, "", "list")
    send(page.get_by_role("button", name="Verrouiller"))
    unlocks(page)
    page.get_by_role("link", name="Mes appuis").click()
    expect(page.locator('[data-slot="people"]')).to_have_text("Mamie")
    page.get_by_role("link", name="Effacer pour toujours").click()
    send(page.get_by_role("button", name="Effacer pour toujours"))
    shown(page, "plan-choose")
    assert [each for each in asked if not each.startswith("GET ")] == []
    assert not [each for each in asked if "dors" in each or "Mamie" in each]


@pytest.mark.whole
def test_a_plan_opens_without_a_network(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    makes_a_plan(page)
    kept(page, VAULT)
    page.context.set_offline(True)
    page.goto(f"{VAULT}#plan")
    unlocks(page)
    expect(page.locator('[data-slot="people"]')).to_have_text("Mamie, Léo")
    expect(page.locator('[data-drawn] a[href="tel:3114"]')).to_be_visible()


@pytest.mark.whole
@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_screens_are_accessible(someone: Someone, language: str) -> None:
    page = someone(**PHONE, bypass_csp=True, reduced_motion="reduce")
    makes_a_vault(page)
    page.goto(VAULT.replace("/fr/", f"/{language}/"))
    unlocks(page)
    for address, screen in (("plan", "plan-choose"), ("plan/young", "plan-young")):
        goes(page, address, screen)
        assert looked_at(page, FOUR) == []
    page.locator("#plan-people").fill("Mamie")
    send(page.locator('[data-drawn="plan-young"] [type=submit]'))
    shown(page, "plan-shown-young")
    assert looked_at(page, FOUR) == []
