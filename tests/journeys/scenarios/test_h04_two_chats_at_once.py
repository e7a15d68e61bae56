"""H4: a listener holds two chats; one child writes while the other is on the screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

# The promise is two seconds; a bound for a machine that does much at once.
PROMISED = 8.0
# When words appear on a page, by the clock of this machine.
SEEN = """words => new Promise(resolve => {
  const look = () => document.body.textContent.includes(words) && resolve(Date.now() / 1000);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})"""
SAID = """
from balise.helpline.conversations.models import Said
print("SAID", Said.objects.filter(kind="message").latest("id").at.timestamp())
"""


def answers_aside(listener: Page, fox: Page, otter: Page) -> None:
    """Answer the other without leaving: it goes there alone, and what is half written stays."""
    says(otter, "Et moi ?")
    peek = listener.locator("#peek")
    expect(peek).to_contain_text("Et moi ?")
    listener.locator("[data-talk] textarea").fill("À moitié écr")
    peek.get_by_role("textbox").fill("Une minute, Loutre.")
    send(peek.get_by_role("button", name="Envoyer à Loutre"))
    expect(otter.get_by_text("Une minute, Loutre.").first).to_be_visible()
    expect(peek.get_by_role("textbox")).to_have_value("")
    expect(fox.get_by_text("Une minute, Loutre.")).to_have_count(0)
    expect(listener.locator("[data-talk] textarea")).to_have_value("À moitié écr")
    press_key(listener, "F2")
    expect(listener.locator("[data-talk] bdi").first).to_have_text("Loutre")
    press_key(listener, "F2")
    expect(listener.locator("[data-talk] textarea")).to_have_value("À moitié écr")


def test_two_chats_at_once(someone: Someone, live: Live) -> None:
    fox, otter = someone(viewport=PHONE), someone(viewport=PHONE)
    asks_for_a_chat(fox, live, nickname="Renard")
    asks_for_a_chat(otter, live, nickname="Loutre")
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    listener.locator("[name=chat_cap]").select_option("2")
    send(listener.locator("form[action$='/console/sit/'] button[type=submit]"))
    send(listener.get_by_role("button", name="Personne suivante"))
    expect(listener.locator("[data-talk] bdi").first).to_have_text("Renard")
    says(listener, "Bonjour Renard.")
    expect(fox.get_by_text("Bonjour Renard.").first).to_be_visible()
    send(listener.get_by_role("button", name="Personne suivante"))
    expect(listener.locator("[data-talk] bdi").first).to_have_text("Loutre")
    others = listener.locator("#people .person-card:not([aria-current])")
    expect(others).to_contain_text("Renard")
    title = listener.title()

    # Renard writes while Loutre is on the screen.
    seen = listener.evaluate_handle(f"words => {{ window.seen = ({SEEN})(words); }}", "Tu es où ?")
    assert seen
    says(fox, "Tu es où ?")
    expect(others).to_contain_text("Tu es où ?")
    said = float(live.balise("shell", "-v0", "-c", SAID).split("SAID ")[1])
    assert listener.evaluate("() => window.seen") - said < PROMISED
    expect(others).to_contain_text("1 message non lu")
    expect(others).to_contain_text(re.compile(r"depuis \d"))
    expect(listener).to_have_title(f"(1) {title}")
    says(fox, "Allô ?")
    expect(others).to_contain_text("2 messages non lus")
    assert not findings(listener)

    # An answer goes to who is on the screen, and to nobody else.
    says(listener, "Pour Loutre seulement.")
    expect(otter.get_by_text("Pour Loutre seulement.").first).to_be_visible()
    others.click()
    expect(listener.locator("[data-talk] bdi").first).to_have_text("Renard")
    expect(others).to_contain_text("Loutre")
    expect(others).not_to_contain_text("non lu")
    says(listener, "Je suis là, Renard.")
    expect(fox.get_by_text("Je suis là, Renard.").first).to_be_visible()
    expect(fox.get_by_text("Pour Loutre seulement.")).to_have_count(0)
    expect(listener).to_have_title(re.compile(r"^[^(]"))

    answers_aside(listener, fox, otter)

    # It is so on every page of the helpline.
    listener.goto("/staff/helpline/cases/")
    says(otter, "Encore moi.")
    expect(listener.locator(".peeks")).to_contain_text("Encore moi.")
