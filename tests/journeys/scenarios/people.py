"""What people do in a scenario, each in a browser context of their own."""

from playwright.sync_api import Page, expect

from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}

_ASK = """
from balise.foundation.encryption.receipts import shown
from balise.helpline.conversations.actions import asking
begun = asking.ask(nickname={nickname!r}, language="fr")
if {in_danger}:
    asking.be_in_danger(token=begun.token)
print("CODE", shown(begun.token))
"""


def asks_for_a_chat(
    child: Page, live: Live, *, nickname: str = "Renard", in_danger: bool = False
) -> str:
    """Wait in the room for young people, at any hour of the night; return the code to come back."""
    ask = _ASK.format(nickname=nickname, in_danger=in_danger)
    code = live.balise("shell", "-v0", "-c", ask).split("CODE ")[1].strip()
    child.goto("/fr/talk/resume/")
    child.get_by_label("code").fill(code)
    child.locator("main form button[type=submit]").first.click()
    child.wait_for_url("**/talk/room/")
    return code


def says(page: Page, words: str) -> None:
    """Send a message in the chat, as the child or as the listener."""
    page.locator("[data-talk] textarea").fill(words)
    page.locator("[data-form] button[type=submit]").click()


def enters(page: Page, role: str) -> None:
    """Sign in to the demonstration centre as the first account of a role."""
    enter(page, role)


def sits(page: Page, skill: str) -> None:
    """Take a seat at the helpline, ready for the next person, with a profession (French label)."""
    page.goto("/staff/helpline/console/")
    page.get_by_label(skill).check()
    # Whoever sat here for another journey only changes what they do from the seat.
    page.locator("form[action$='/console/sit/'] button[type=submit]").click()
    expect(page.get_by_role("button", name="Personne suivante")).to_be_visible()
