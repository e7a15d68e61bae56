"""Insults are wrapped up with a block: the browser is told until when, and a lead agrees."""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, marks, sits
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.usefixtures("nobody_waits")]

ASKS = """
from balise.foundation.encryption.worded import shown
from balise.helpline.conversations.actions import saying
print("CODE", shown(saying.ask(nickname="Renard", language="fr").token))
"""


def test_not_for_a_while(someone: Someone, live: Live) -> None:
    # Someone writes, and is only there to insult.
    writer = someone(viewport={"width": 360, "height": 740}, bypass_csp=True)
    code = live.balise("shell", "-v0", "-c", ASKS).split("CODE ")[1].strip()
    writer.goto("/fr/talk/resume/")
    writer.get_by_label("code").fill(code)
    send(writer.locator("main form button[type=submit]").first)
    writer.wait_for_url("**/talk/room/")

    # A listener wraps up: silence is no ground, and what was picked stays.
    listener = someone(viewport=DESK, bypass_csp=True)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    press_key(listener, "n")
    expect(listener.get_by_role("heading", name="Conversation")).to_be_visible()
    marks(listener, "contact_type", "silent")
    listener.get_by_text("Bloquer temporairement").first.click()
    listener.locator("[name=wrap-block]").select_option("7d")
    send(listener.locator("[data-wrap-up]"))
    expect(listener.get_by_text("ne sont jamais un motif").first).to_be_visible()
    expect(listener.locator("[name=wrap-block]")).to_have_value("7d")
    assert not findings(listener)
    marks(listener, "contact_type", "abusive")
    send(listener.locator("[data-wrap-up]"))
    expect(listener.get_by_text("une deuxième personne décide")).to_be_visible()

    # The browser is told until when, and still is once it was closed and forgot the conversation.
    for _again in range(2):
        writer.goto("/fr/talk/")
        expect(writer.get_by_text("Tu ne peux pas utiliser le tchat")).to_be_visible()
        writer.context.clear_cookies(name="talk")
    expect(writer.get_by_role("link", name="Écris-nous").first).to_be_visible()
    for width in (360, 1280):
        writer.set_viewport_size({"width": width, "height": 740})
        assert not findings(writer)
    other = someone()
    other.goto("/fr/talk/")
    expect(other.get_by_text("Tu ne peux pas utiliser le tchat")).to_have_count(0)

    # The head of the helpline agrees, then hears the objection and lifts it.
    lead = someone(viewport=DESK, bypass_csp=True)
    enter(lead, "helpline_lead")
    lead.goto("/staff/helpline/wallboard/")
    lead.get_by_role("link", name="blocage attend une deuxième personne").click()
    for width in (360, 1280):
        lead.set_viewport_size({"width": width, "height": 740})
        assert not findings(lead)
    send(lead.get_by_role("button", name="Accepter 7 jours"))
    expect(lead.get_by_text("le blocage dure 7 jours")).to_be_visible()
    send(lead.get_by_role("button", name="Débloquer"))
    expect(lead.get_by_text("Personne n’est bloqué")).to_be_visible()
    writer.goto("/fr/talk/")
    expect(writer.get_by_text("Tu ne peux pas utiliser le tchat")).to_have_count(0)
