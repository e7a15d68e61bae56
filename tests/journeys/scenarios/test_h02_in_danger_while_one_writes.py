"""H2: two listeners are writing an answer each, and a child says that they are not safe."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

A_LETTER = """
from balise.helpline.channels.tests.makers import make_written
make_written("On se moque de moi {number}.")
"""
PLACES = """
from balise.helpline.queue.models import Item
one = Item.objects.filter(kind="message", state="waiting").order_by("-ended_at").first()
print("PLACE", one.state, one.returning, one.queued_at == one.waiting_since)
"""


def takes_a_letter(page: Page, live: Live, number: int) -> None:
    live.balise("shell", "-v0", "-c", A_LETTER.format(number=number))
    page.goto("/staff/helpline/")
    press_key(page, "n")
    expect(page.get_by_text(f"On se moque de moi {number}.").first).to_be_visible()


def test_the_child_is_taken_with_one_key_and_the_letter_goes_back(
    someone: Someone, live: Live
) -> None:
    first, second = (someone(viewport=DESK, bypass_csp=True) for _each in range(2))
    for number, (page, role) in enumerate([(first, "listener"), (second, "helpline_lead")]):
        enters(page, role)
        sits(page, "Psychologue")
        takes_a_letter(page, live, number)
    answer = first.locator("[data-answer] textarea")
    answer.fill("Nous avons bien lu ton message")
    expect(first.get_by_text("Enregistré tel quel")).to_be_visible()

    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live)
    send(child.get_by_role("button", name="Je suis en danger maintenant"))

    # Both hear it while they type; one key from within the field, and the first has the child.
    for page in (first, second):
        expect(page.locator("[data-key=F8]")).to_be_visible()
    assert not findings(first)
    letter, hers = first.url, second.url
    answer.press_sequentially(" et")
    press_key(first, "F8")
    expect(first.get_by_role("heading", name="Conversation")).to_be_visible()
    expect(first.get_by_text("est de retour à sa place")).to_be_visible()
    # Whoever presses later is refused; nothing is to press once the page has heard.
    key = second.locator("[data-key=F8]")
    refused = second.get_by_text("collègue a déjà pris cet échange")
    if key.count():
        second.locator("[data-answer] textarea").focus()
        press_key(second, "F8")
        expect(refused.or_(second.locator("body:not(:has([data-key=F8]))")).first).to_be_visible()

    # The letter has its place, and whoever takes it has what was typed, to the last key.
    assert "PLACE waiting False True" in live.balise("shell", "-v0", "-c", PLACES)
    first.goto(letter)
    expect(first.locator("[data-answer]")).to_have_count(0)
    second.goto(hers)
    press_key(second, "p")
    expect(second.get_by_text("De retour dans la file")).to_be_visible()
    press_key(second, "n")
    expect(second.get_by_text("Une réponse a été commencée")).to_be_visible()
    expect(second.locator("[data-answer] textarea")).to_have_value(
        "Nous avons bien lu ton message et"
    )
    assert not findings(second)
