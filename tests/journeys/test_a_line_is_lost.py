"""A listener's hard hour: a supervisor speaks too, sixty ready answers, no line for ten minutes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.usefixtures("nobody_waits")]

_MORE = """
const one = document.querySelector("[data-insert]");
for (let at = 1; at <= 60; at += 1) {
  const more = one.cloneNode(true);
  Object.assign(more.dataset, { code: `z${at}`, insert: `Réponse ${at}` });
  one.after(more);
}
"""
ELSE = "Une autre personne de la ligne d’écoute"


def a_supervisor_speaks(lead: Page, listener: Page, child: Page) -> None:
    """Read along, be announced, speak, leave: the child is told each time, live."""
    key = listener.locator("[data-talk]").get_attribute("data-key")
    lead.goto(f"/staff/helpline/conversation/{key}/")
    expect(lead.locator("[data-form]")).to_have_count(0)
    send(lead.get_by_role("button", name="Parler dans la conversation"))
    expect(child.locator("[data-log]")).to_contain_text(f"{ELSE} est là aussi.")
    says(lead, "Nous sommes deux.")
    said = child.locator(".message", has_text="Nous sommes deux.")
    expect(said.locator(".who")).to_contain_text(ELSE)
    expect(listener.locator(".message", has_text="Nous sommes deux.")).to_have_count(1)
    assert not findings(lead)
    send(lead.get_by_role("button", name="Quitter la conversation"))
    expect(child.locator("[data-log]")).to_contain_text("L’autre personne")
    expect(lead.locator("[data-form]")).to_have_count(0)


def sixty_answers(listener: Page) -> None:
    """Open the list of sixty: it scrolls within itself, and arrows and Enter reach its end."""
    field = listener.locator("[data-talk] [data-form] textarea")
    listener.evaluate(_MORE)
    field.focus()
    listener.keyboard.type("/z")
    options = listener.locator("#ready-list [role=option]")
    expect(options).to_have_count(60)
    tall = listener.locator("#ready-list").evaluate(
        "(list) => [list.clientHeight, list.scrollHeight, innerHeight]"
    )
    assert tall[0] < tall[1]
    assert tall[0] < tall[2] / 2
    listener.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.last).to_be_in_viewport()
    last = options.last.get_attribute("data-text")
    listener.keyboard.press("Enter")
    expect(field).to_have_value(last or "")
    field.fill("")


def ten_minutes_without_a_line(listener: Page, child: Page) -> None:
    """Type while nothing passes; what was said meanwhile comes, what was typed stays."""
    field = listener.locator("[data-talk] [data-form] textarea")
    listener.context.set_offline(True)
    expect(listener.get_by_text("Pas de connexion")).to_be_visible()
    field.fill("Je commence une phr")
    says(child, "Tu es encore là ?")
    listener.clock.fast_forward("10:00")
    listener.context.set_offline(False)
    heard = listener.locator("[data-log] .message", has_text="Tu es encore là ?")
    expect(heard).to_have_count(1)
    expect(field).to_have_value("Je commence une phr")
    listener.reload()
    expect(field).to_have_value("Je commence une phr")


def test_a_hard_hour(someone: Someone, live: Live) -> None:
    child, listener = someone(viewport=PHONE), someone(viewport=DESK, bypass_csp=True)
    lead = someone(viewport=DESK, bypass_csp=True)
    asks_for_a_chat(child, live, nickname="Renard")
    listener.clock.install()
    enters(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    expect(listener.locator("h1")).to_contain_text("Renard")
    enters(lead, "helpline_lead")
    a_supervisor_speaks(lead, listener, child)
    sixty_answers(listener)
    ten_minutes_without_a_line(listener, child)


def locks_in_mid_sentence(listener: Page) -> None:
    """Lock the screen while typing: the words are there once the same person is back."""
    field = listener.locator("[data-talk] [data-form] textarea")
    field.fill("Tu peux me dire ce qui")
    listener.locator(".person summary").click()
    with listener.expect_response("**/staff/account/lock/"):
        listener.get_by_role("button", name="Verrouiller l’écran").click()
    cover = listener.get_by_role("heading", name="Écran verrouillé")
    expect(cover).to_be_visible()
    with listener.expect_popup() as opened:
        listener.get_by_role("link", name="Déverrouiller").click()
    opened.value.get_by_role("link", name="Entrer dans un rôle").click()
    send(opened.value.locator("form:has([name=role][value=listener]) button").first)
    expect(cover).to_be_hidden()
    expect(field).to_have_value("Tu peux me dire ce qui")
    send(listener.locator("[data-form] button.button-primary"))
    expect(listener.locator(".message", has_text="Tu peux me dire ce qui")).to_have_count(1)


def test_two_chats_and_a_screen_that_locks(someone: Someone, live: Live) -> None:
    fox, moon = someone(viewport=PHONE), someone(viewport=PHONE)
    listener = someone(viewport=DESK, bypass_csp=True)
    asks_for_a_chat(fox, live, nickname="Renard")
    asks_for_a_chat(moon, live, nickname="Lune")
    enters(listener, "listener")
    listener.goto("/staff/helpline/")
    listener.get_by_label("Tchats en même temps").select_option("2")
    listener.get_by_label("Psychologue").check()
    send(listener.locator("form[action$='/console/sit/'] button[type=submit]"))
    for _each in range(2):
        send(listener.get_by_role("button", name="Personne suivante"))
        expect(listener.locator("h1 bdi")).to_be_visible()
    shown = listener.locator("h1 bdi").inner_text()
    child = {"Renard": moon, "Lune": fox}[shown]
    other = listener.locator(".person-card:not([aria-current])")
    writes = other.locator(".person-typing")
    expect(writes).to_be_hidden()
    says(child, "Tu es là ?")
    expect(other).to_contain_text("Tu es là ?")  # so the page hears what happens
    child.locator("[data-talk] textarea").press_sequentially("Je ")
    expect(writes).to_be_visible()
    expect(writes).to_be_hidden()
    locks_in_mid_sentence(listener)
