"""H7: an immediate danger; two supervisors open it at once, the child's network drops.

The listener's tab is reloaded. The conversation, the numbers and the steps are on one screen all
the time; nothing typed is lost; it ends once, by two people.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Someone, send
from tests.journeys.scenarios.people import DESK, PHONE, asks_for_a_chat, enters, says, sits
from tests.journeys.test_pages_are_accessible import findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

# The demonstration lets one in for each role: the two change places in between.
THE_OTHER = """
from balise.foundation.accounts.demonstration import create_colleagues
from balise.foundation.accounts.roles import role_of
first, second = create_colleagues(role_of("helpline_lead"), 2)
names = first.email, second.email
between = "between@demonstration.example"
for account, name in ((first, between), (second, names[0]), (first, names[1])):
    account.email = name
    account.save(update_fields=("email",))
"""
ENDED = """
from balise.foundation.accounts.models import Account
from balise.foundation.journal.models import Entry
who = {str(one.id): one.role for one in Account.objects.all()}
ended = Entry.objects.filter(event="helpline.danger.ended").order_by("id")
print("ENDED", *(who.get(one.actor_key, one.actor_kind) for one in ended))
"""


def is_whole(page: Page, words: str) -> None:
    """Assert that the words, each number and the steps are on one screen, scrolled nowhere."""
    assert page.evaluate("scrollY") == 0
    expect(page.locator("[data-log]").get_by_text(words).last).to_be_in_viewport(ratio=1)
    numbers = page.locator(".danger-band a[href^='tel:']")
    expect(numbers.first).to_be_in_viewport(ratio=1)
    for number in numbers.all():
        expect(number).to_be_in_viewport(ratio=1)
    for part in (".danger-band", "[data-log]", ".danger-steps"):
        expect(page.locator(part)).to_be_in_viewport()
    expect(page.locator(".danger-steps [name=location]")).to_be_in_viewport()


def several_write(listener: Page, leads: list[Page]) -> None:
    """Let two write in one step: both texts are there, and the third reads what is saved."""
    for lead in leads:
        where = lead.locator("[name=location]")
        expect(where).to_have_value("Près du parc, derrière la mairie")
    fast, slow = (lead.locator("[name='with-whom']") for lead in leads)
    slow.focus()
    fast.fill("Un passant")
    expect(leads[0].locator("#steps-saved")).to_contain_text("Enregistré")
    slow.press_sequentially("Personne")
    expect(leads[1].locator("#steps-saved")).to_contain_text("Un passant")
    expect(slow).to_have_value("Personne")
    expect(listener.locator("[name='with-whom']")).to_have_value("Un passant")
    # The press leaves the field, which saves it: the answer comes while the mouse is down.
    presses_for_long(leads[1], leads[1].get_by_text("Enregistrer le mien"), "/checklist/$")
    expect(listener.locator("[name='with-whom']")).to_have_value("Personne")


def presses_for_long(page: Page, on: Locator, until: str) -> None:
    """Press with the mouse, and let go after an answer came that could draw this part anew."""
    on.hover()
    with page.expect_response(re.compile(until)):
        page.mouse.down()
    page.wait_for_function("!document.querySelector('.htmx-request')")
    page.mouse.up()


def on_a_telephone(listener: Page) -> None:
    """See the numbers stay, and the steps one touch away."""
    listener.set_viewport_size(PHONE)
    listener.reload()
    expect(listener.locator(".danger-band a[href^='tel:']").first).to_be_in_viewport()
    listener.locator(".danger-band").get_by_role("link", name="Étapes").click()
    expect(listener.locator(".danger-steps")).to_be_in_viewport()
    expect(listener.locator(".danger-band a[href^='tel:']").first).to_be_in_viewport()
    assert not findings(listener)


def it_ends_once(listener: Page, leads: list[Page]) -> None:
    """Let the listener propose the end and two agree: who comes second reads who ended it."""
    listener.set_viewport_size(DESK)
    ending = listener.locator(".danger-ending")
    ending.locator("summary").click()
    send(ending.get_by_role("button", name="Proposer la fin"))
    expect(ending.locator("details")).to_have_attribute("open", "")
    ending.get_by_label("Un proche est avec la personne").check()
    ending.get_by_label("Risque à présent").select_option("B")
    ending.locator("[name=told]").fill("Sa tante est avec lui.")
    send(ending.get_by_role("button", name="Proposer la fin"))
    expect(listener.locator(".danger-band")).to_contain_text("l’accord d’une deuxième personne")
    assert not findings(listener)
    agrees = [lead.get_by_role("button", name="Confirmer la fin") for lead in leads]
    for button in agrees:
        expect(button).to_be_visible()
    assert not findings(leads[0])
    # The button of the second stands where the page does not renew it; another may be drawn.
    leads[1].evaluate("document.body.append(document.querySelector('#danger .ways'))")
    send(agrees[0])
    expect(listener.locator(".danger-over")).to_contain_text("fin au danger", timeout=5_000)
    expect(listener.locator(".danger-band")).to_have_count(0)
    expect(listener.get_by_role("heading", name="La fiche").first).to_be_visible()
    send(agrees[1].last)
    expect(leads[1].get_by_text("fin au danger").first).to_be_visible()


def ended(live: Live) -> list[str]:
    """Return the role of whoever said of each danger in this house that it is over."""
    return live.balise("shell", "-v0", "-c", ENDED).split("ENDED")[1].split()


def what_was_typed_is_sent(child: Page, listener: Page) -> None:
    """Send what the listener had begun before all this; the steps are as the leads left them."""
    expect(listener.locator("[data-talk] textarea")).to_have_value("Je reste avec toi")
    send(listener.locator("[data-form] button.button-primary"))
    expect(child.get_by_text("Je reste avec toi")).to_be_visible()
    expect(listener.locator("[name=location]")).to_have_value("Près du parc, derrière la mairie")
    expect(listener.locator("[name='with-whom']")).to_have_value("Personne")


def test_one_screen_nothing_lost_and_one_end(someone: Someone, live: Live) -> None:
    ended_before = ended(live)
    child = someone(viewport=PHONE)
    asks_for_a_chat(child, live)
    listener = someone(viewport=DESK, bypass_csp=True)
    enters(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    says(listener, "Où es-tu en ce moment ?")
    says(child, "près du parc")
    expect(listener.get_by_text("près du parc").first).to_be_visible()

    # One key: the page stays, and has the numbers and the steps beside the conversation.
    send(listener.get_by_role("button", name="Danger immédiat"))
    is_whole(listener, "près du parc")
    assert not findings(listener)

    # Two supervisors open it at once, from the wallboard, and read along.
    leads = [someone(viewport=DESK, bypass_csp=True) for _each in range(2)]
    for lead in leads:
        enters(lead, "helpline_lead")
        live.balise("shell", "-v0", "-c", THE_OTHER)
        lead.goto("/staff/helpline/wallboard/")
    # One of them presses for so long that the board is due to be drawn anew.
    presses_for_long(leads[0], leads[0].get_by_role("button", name="Je suis là"), "/room/$")
    send(leads[1].get_by_role("button", name="Je suis là"))
    for lead in leads:
        expect(lead).to_have_url(re.compile(r"/staff/helpline/[0-9a-f-]+/$"))
        is_whole(lead, "près du parc")
    expect(listener.locator(".danger-band")).to_contain_text("participe depuis")
    assert not findings(leads[0])

    # The child's network drops. The listener writes in the chat and in a step, and reloads at once.
    child.context.set_offline(True)
    says(child, "j’ai froid")
    listener.locator("[data-talk] textarea").fill("Je reste avec toi")
    listener.locator("[name=location]").fill("Près du parc, derrière la mairie")
    listener.reload()
    expect(listener.locator("[data-talk] textarea")).to_have_value("Je reste avec toi")
    expect(listener.locator("[name=location]")).to_have_value("Près du parc, derrière la mairie")
    is_whole(listener, "près du parc")

    several_write(listener, leads)

    # The child is back: what they wrote meanwhile is on all three screens.
    child.context.set_offline(False)
    for page in (listener, *leads):
        is_whole(page, "j’ai froid")

    what_was_typed_is_sent(child, listener)
    on_a_telephone(listener)
    assert ended(live) == ended_before
    it_ends_once(listener, leads)
    assert ended(live) == [*ended_before, "helpline_lead"]
