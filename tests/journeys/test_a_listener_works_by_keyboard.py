"""An hour of a listener, by keyboard only: two chats, a ready answer, a danger, a break."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]


def out_of_the_field(page: Page) -> None:
    """Leave the field that one writes in, so that letters are keys again."""
    page.evaluate("document.activeElement?.blur()")


def answers_by_a_stroke(listener: Page, child: Page) -> None:
    """Find a ready answer by what it says, change it and send it."""
    field = listener.locator("[data-talk] [data-form] textarea")
    listener.wait_for_load_state()
    field.focus()
    listener.keyboard.type("/faute")
    options = listener.locator("#ready-list [role=option]")
    expect(options.first).to_contain_text("pas de ta faute")
    expect(field).to_have_attribute("aria-activedescendant", "ready-0")
    assert not findings(listener)
    listener.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("/faute")
    listener.keyboard.type("s")
    listener.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    listener.keyboard.press("Enter")
    expect(field).to_have_value("Ce n\u2019est pas de ta faute. Tu as bien fait d\u2019en parler.")
    listener.keyboard.type(" Je reste.")
    listener.keyboard.press("Enter")
    expect(child.get_by_text("Je reste.").first).to_be_visible()


def says_a_danger(listener: Page) -> None:
    """Press F9 once: it says so in words; twice: it is said, and one goes on writing."""
    press_key(listener, "F9")
    expect(listener.get_by_text("Appuyez encore sur F9")).to_be_visible()
    band = listener.locator(".danger-band a[href^='tel:']").first
    assert not band.is_visible()
    # Both within three seconds: a machine whose cores are taken may need them again.
    while not band.is_visible():
        listener.keyboard.press("F9")
        listener.wait_for_load_state()
    expect(listener.locator("[data-talk] [data-form] textarea")).to_be_focused()
    expect(listener.locator("#take-next")).to_have_count(0)


def test_an_hour_by_keyboard(someone: Someone, live: Live) -> None:
    fox, moon = someone(viewport=PHONE), someone(viewport=PHONE)
    asks_for_a_chat(fox, live, nickname="Renard")
    asks_for_a_chat(moon, live, nickname="Lune")
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    listener.locator("[name=chat_cap]").select_option("2")
    send(listener.locator("form[action$='/console/sit/'] button[type=submit]"))
    out_of_the_field(listener)
    for letter, state in (("b", "En pause"), ("r", "Disponible")):
        press_key(listener, letter)
        expect(listener.locator(".on-duty")).to_contain_text(state)
        out_of_the_field(listener)
    for name in ("Renard", "Lune"):
        press_key(listener, "n")
        expect(listener.locator("h1")).to_contain_text(name)

    answers_by_a_stroke(listener, moon)

    # Renard writes: one line answers him, from the page of Lune; then F2 goes to him.
    says(fox, "Tu es l\u00e0 ?")
    peek = listener.locator("#peek")
    expect(peek).to_contain_text("Tu es l\u00e0 ?")
    listener.evaluate("window.stayed = true")
    peek.get_by_role("textbox").focus()
    listener.keyboard.type("Une minute.")
    listener.keyboard.press("Enter")
    expect(fox.get_by_text("Une minute.").first).to_be_visible()
    expect(moon.get_by_text("Une minute.")).to_have_count(0)
    assert listener.evaluate("window.stayed")
    press_key(listener, "F2")
    expect(listener.locator("h1")).to_contain_text("Renard")
    out_of_the_field(listener)
    press_key(listener, "?")
    expect(listener.get_by_role("dialog", name="Raccourcis clavier")).to_contain_text("F2")
    listener.keyboard.press("Escape")

    says_a_danger(listener)
    assert not findings(listener)

    # A second tab is the live one; the first says so, keeps what was typed, and is taken back.
    listener.keyboard.type("\u00c0 moiti\u00e9 \u00e9cr")
    other = listener.context.new_page()
    other.goto(listener.url)
    expect(listener.get_by_text("ouvert dans un autre onglet")).to_be_visible()
    expect(listener.locator("[data-talk] textarea")).to_have_value("\u00c0 moiti\u00e9 \u00e9cr")
    listener.get_by_role("button", name="Utiliser cet onglet").press("Enter")
    expect(listener.locator("[data-talk] textarea")).to_have_value("\u00c0 moiti\u00e9 \u00e9cr")
    expect(other.get_by_text("ouvert dans un autre onglet")).to_be_visible()
    other.close()
