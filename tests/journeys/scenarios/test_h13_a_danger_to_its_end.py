"""H13: words that are a song, then a danger; it is ended by two, and said again by the child.

The listener's other chat goes to a colleague, and its child reads why. What one person set aside
stands before a supervisor until it is read. After the end, a second danger alarms again.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import (
    DESK,
    PHONE,
    asks_for_a_chat,
    enters,
    proposes_the_end,
    says,
    sits,
)
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

SOON = 10_000  # milliseconds; two seconds are promised, on a machine of its own


def takes_two(listener: Page) -> None:
    """Sit for two chats, and take the two who wait."""
    enters(listener, "listener")
    sits(listener, "Psychologue")
    listener.locator("[name=chat_cap]").select_option("2")
    send(listener.locator("form[action$='/console/sit/'] button[type=submit]"))
    for name in ("Loutre", "Renard"):
        send(listener.get_by_role("button", name="Personne suivante"))
        expect(listener.locator("[data-talk] bdi").first).to_have_text(name)


def a_song_is_set_aside(child: Page, listener: Page, lead: Page) -> None:
    """Let words alarm, be set aside with one press, and be read by a supervisor."""
    says(child, "jveu mourir ce soir")
    band = listener.locator(".danger-band")
    expect(band.get_by_text("C’est une liste de mots")).to_be_visible()
    expect(band.get_by_role("link", name=re.compile("112")).first).to_be_visible()
    assert not findings(listener)
    send(band.get_by_role("button", name="Une chanson ou un film"))
    expect(listener.locator(".danger-band")).to_have_count(0)
    lead.goto("/staff/helpline/wallboard/")
    expect(lead.get_by_text("Mots de danger écartés par une seule personne")).to_be_visible()
    assert not findings(lead)
    send(lead.get_by_role("button", name="J’ai lu"))
    expect(lead.get_by_text("Mots de danger écartés par une seule personne")).to_have_count(0)


def the_other_is_handed_over(otter: Page, listener: Page, colleague: Page) -> None:
    """See the other chat go to a colleague, and its child read why."""
    expect(otter.get_by_text("doit aider quelqu’un en danger").first).to_be_visible()
    expect(listener.locator("#people .person-card")).to_have_count(1)
    colleague.goto("/staff/helpline/")
    press_key(colleague, "n")
    expect(colleague.locator("[data-talk] bdi").first).to_have_text("Loutre")


def it_is_ended_by_two(listener: Page, lead: Page) -> None:
    """Propose the end as the listener, and agree as the supervisor."""
    proposes_the_end(listener)
    expect(listener.get_by_role("button", name="Confirmer la fin")).to_have_count(0)
    send(lead.get_by_role("button", name="Confirmer la fin"))
    expect(listener.locator(".danger-over")).to_be_visible(timeout=SOON)
    expect(listener.locator(".danger-band")).to_have_count(0)


def test_a_danger_to_its_end_and_a_second_one(someone: Someone, live: Live) -> None:
    otter, fox = someone(viewport=PHONE), someone(viewport=PHONE)
    asks_for_a_chat(otter, live, nickname="Loutre")
    asks_for_a_chat(fox, live, nickname="Renard")
    listener, lead = (someone(viewport=DESK, bypass_csp=True) for _each in range(2))
    takes_two(listener)
    enters(lead, "helpline_lead")
    a_song_is_set_aside(fox, listener, lead)

    # The child says it: the listener has the numbers, the questions and the end on the page.
    sits(lead, "Psychologue")
    send(fox.get_by_role("button", name="Je suis en danger maintenant"))
    expect(listener.locator(".danger-band")).to_be_visible(timeout=SOON)
    expect(listener.locator(".danger-steps [name=location]")).to_be_visible()
    the_other_is_handed_over(otter, listener, lead)

    lead.goto("/staff/helpline/wallboard/")
    send(lead.get_by_role("button", name="Je suis là"))
    it_is_ended_by_two(listener, lead)

    # A second danger of the same child alarms again.
    fox.goto("/fr/talk/room/")
    send(fox.get_by_role("button", name="Je suis en danger maintenant"))
    expect(listener.locator(".danger-band")).to_be_visible(timeout=SOON)
    lead.goto("/staff/helpline/wallboard/")
    expect(lead.get_by_role("button", name="Je suis là")).to_be_visible()
