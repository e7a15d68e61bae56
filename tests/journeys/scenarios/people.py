"""What people do in a scenario, each in a browser context of their own."""

from playwright.sync_api import Page, expect

from tests.browser import send, take_shown
from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}

_ASK = """
from balise.foundation.encryption.worded import shown
from balise.helpline.conversations.actions import saying
begun = saying.ask(nickname={nickname!r}, language="fr")
if {in_danger}:
    saying.be_in_danger(token=begun.token)
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
    send(child.locator("main form button[type=submit]").first)
    child.wait_for_url("**/talk/room/")
    return code


def says(page: Page, words: str) -> None:
    """Send a message in the chat, as the child or as the listener."""
    page.locator("[data-form] textarea").fill(words)
    send(page.locator("[data-form] button.button-primary"))


def enters(page: Page, role: str) -> None:
    """Sign in to the demonstration centre as the first account of a role."""
    enter(page, role)


def sits(page: Page, skill: str) -> None:
    """Take a seat at the helpline, ready for the next person, with a profession (French label)."""
    page.goto("/staff/helpline/")
    page.get_by_label(skill).check()
    # Whoever sat here for another journey only changes what they do from the seat.
    send(page.locator("form[action$='/console/sit/'] button[type=submit]"))
    # With as many as one can take, nobody else is offered: the seat is known by its other buttons.
    expect(page.get_by_role("button", name="Quitter mon poste")).to_be_visible()


def proposes_the_end(page: Page) -> None:
    """Propose the end as whoever has the child."""
    ending = page.locator(".danger-ending")
    ending.locator("summary").click()
    ending.get_by_label("Un proche est avec la personne").check()
    ending.get_by_label("Risque à présent").select_option("C")
    ending.locator("[name=told]").fill("Sa tante est avec elle.")
    send(ending.get_by_role("button", name="Proposer la fin"))
    expect(page.locator(".danger-band")).to_contain_text("l’accord d’une deuxième personne")


def leave_unwritten(child: Page, listener: Page) -> None:
    """Let a child end a chat, and its listener leave before the record is written."""
    child.goto("/fr/talk/end/")
    send(child.locator("main form button[type=submit]").first)
    child.wait_for_url("**/ended/")
    listener.goto("/staff/helpline/")
    send(listener.get_by_role("button", name="Quitter mon poste"))
    expect(listener.get_by_text("Prendre mon poste").first).to_be_visible()


_REPORT = """
import json, sys
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.encryption.worded import new_receipt, shown
from balise.foundation.encryption.sealing import receipt_index
from balise.hotline.reports.actions import intake
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.given import Incoming
from balise.hotline.reports.rules.words import Channel
from balise.takedown.tracing.rules.addresses import read_address
receipts, incoming = [], []
for address, given in {reports!r}:
    place = places.on_the_web(read_address(address), text=address)
    receipts.append(new_receipt())
    incoming.append(Incoming(
        key=receipt_index(receipts[-1]), channel=Channel.WEB, language="fr", received_at=now(),
        answers=Answers(places=(place,)).with_given(given), is_finished=True, receipt=receipts[-1]))
intake.receive_many(incoming=incoming, by=ANYONE)
print("CODES", " ".join(map(shown, receipts)))
"""


def marks(listener: Page, field: str, value: str) -> None:
    """Press a choice of a record, unfolded first where it is met seldom."""
    choice = listener.locator(f"[name=record-{field}][value={value}]")
    expect(choice).to_be_attached()  # its page may still be on its way
    if not choice.is_visible():
        choice.locator("xpath=ancestor::details[1]/summary").click()
    choice.check()


def report_many(live: Live, *reports: tuple[str, dict[str, object]]) -> list[str]:
    """Report addresses, each with answers by field name, all at once; return the codes."""
    said = live.balise("shell", "-v0", "-c", _REPORT.format(reports=list(reports)))
    return said.split("CODES ")[1].split()


def reports_by_phone(child: Page, address: str, *, words: str, in_danger: bool = False) -> None:
    """Report an address by the public form, to the thanks at its end."""
    child.goto("/fr/report/")
    child.get_by_label("Adresse de la page").fill(address)
    send(child.get_by_role("button", name="Continuer"))
    child.get_by_text("Des images sexuelles d’un enfant").click()
    if in_danger:
        child.get_by_text("Quelqu’un est peut-être en danger maintenant").click()
    child.get_by_label("Ce qui aide à le trouver").fill(words)
    send(child.get_by_role("button", name="Continuer"))
    child.get_by_text("13 ou 14 ans").click()
    send(child.get_by_role("button", name="Envoyer mon signalement"))
    expect(child.get_by_role("heading", level=1)).to_contain_text("Merci")


def follows(reporter: Page, code: str) -> None:
    """Open the page of one's report with its code."""
    reporter.context.clear_cookies()
    reporter.goto("/fr/follow/")
    reporter.get_by_label("Le code").fill(code)
    send(reporter.get_by_role("button", name="Ouvrir mon signalement"))
    expect(reporter.get_by_role("heading", level=1)).to_be_visible()


def takes(analyst: Page, host: str) -> str:
    """Take the first content of a host, and return the address of its page."""
    analyst.goto(f"/staff/hotline/queue/?host={host}")
    send(analyst.locator("#rows .q-open").first)
    take_shown(analyst)
    return analyst.url
