"""A listener has a fake account closed, a second person agrees, and the child sees it gone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_waits")]

SIZE = {"width": 1280, "height": 800}
ASKS = """
from balise.foundation.encryption.worded import shown
from balise.helpline.conversations.actions import saying
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, WaitKind
begun = saying.ask(nickname="Loutre", language="fr")
waiting.raise_risk(item_id=queue.open_item(WaitKind.CHAT, begun.id), risk=Risk.B)
print("CODE", shown(begun.token))
"""
# The worker asks platforms every minute; here it is told to do so now.
ASK_PLATFORMS = """
from balise.helpline.removals.tasks.working import ask_platforms
ask_platforms.later()
"""


def see(page: Page, live: Live, words: str) -> None:
    """Look at a page again until the worker has done its part."""
    there = page.get_by_text(words).first
    if not there.is_visible():
        wrong = f"{words!r} never came"
        until(lambda: live.drain() or (page.reload() and there.is_visible()), wrong)


def write(page: Page, handle: str) -> None:
    """Fill in a request; what is missing is said meanwhile."""
    page.get_by_label("Le jeune", exact=True).check()
    page.get_by_label("J’ai demandé, et la réponse est oui").check()
    page.locator("[name=platform]").select_option(label="Papotin")
    page.locator("[name=shows_abuse][value=no]").check()
    page.locator("[name=kind]").select_option("account")
    page.locator("[name=url]").fill(f"https://papotin.example/{handle}")
    page.locator("[name=offence]").select_option("harassment")
    page.locator("[name=words]").press_sequentially("Un faux compte se moque d'une élève.")
    expect(page.get_by_text("90 points sur 100")).to_be_visible()
    page.locator("[name=handle]").press_sequentially(handle)
    expect(page.get_by_text("La plateforme a tout ce qu’il lui faut.")).to_be_visible()
    assert not findings(page)
    press(page, "Écrire la demande")


def prepare(listener: Page, handle: str) -> str:
    """Write a request while one talks, ask for a second look, and return the item's address."""
    with listener.expect_response("**/console/pulse/") as kept:  # from a page that is no console
        listener.locator(".head-more > summary").click()
        listener.get_by_role("link", name="Demander un retrait").click()
        listener.wait_for_url("**/removals/new/**")
    assert kept.value.ok
    write(listener, handle)
    expect(listener.get_by_role("heading", name="Le code du jeune")).to_be_visible()
    listener.get_by_role("link", name="Continuer vers la demande").click()
    listener.locator("tbody th a").first.click()
    item = listener.url
    press(listener, "Marquer comme complet")
    press(listener, "Demander un deuxième avis")
    expect(listener.get_by_text("c’est vous qui l’avez rédigé")).to_be_visible()
    assert not findings(listener)
    return item


def is_removed(listener: Page, second: Page, live: Live, item: str) -> None:
    """Someone else agrees; the platform takes it at once and removes it; the listener looks."""
    second.goto(item)
    assert not findings(second)
    press(second, "D’accord")
    listener.goto(item)
    press(listener, "Envoyer")
    see(listener, live, "Envoyé")
    see(listener, live, "papotin-")

    def is_gone() -> bool:  # this platform takes a while: it is asked until it did
        live.balise("shell", "-v0", "-c", ASK_PLATFORMS)
        live.drain()
        listener.reload()
        return listener.get_by_text("Retiré").first.is_visible()

    until(is_gone, "the platform never removed it")
    assert not findings(listener)
    press(listener, "J’ai vérifié : c’est retiré")
    expect(listener.get_by_text("le jeune voit que c’est retiré").first).to_be_visible()
    expect(listener.get_by_text(re.compile("Disparu|retiré")).first).to_be_visible()


def test_a_quick_platform_removes(someone: Someone, live: Live) -> None:
    # A child waits for a listener, on a telephone and without a script.
    code = live.balise("shell", "-v0", "-c", ASKS).split("CODE ")[1].strip()
    child = someone(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    child.goto("/fr/talk/resume/")
    child.get_by_label("code").fill(code)
    send(child.locator("main form button[type=submit]").first)

    # The listener takes them, and writes the request while they talk.
    listener = someone(viewport=SIZE, bypass_csp=True)
    enter(listener, "listener")
    listener.goto("/staff/helpline/")
    press(listener, "Prendre mon poste")
    send(listener.get_by_role("button", name="Personne suivante"))
    item = prepare(listener, "@faux-compte")

    # The child sees that it is being prepared: no platform, no address, no script.
    child.goto("/fr/talk/room/")
    child.get_by_role("link", name="Suivre ma demande de retrait").click()
    expect(child.get_by_text("Un compte")).to_be_visible()
    assert "Papotin" not in child.content()
    assert "papotin" not in child.content()

    second = someone(viewport=SIZE, bypass_csp=True)
    enter(second, "helpline_lead")
    is_removed(listener, second, live, item)
    child.goto("/fr/removal/")
    expect(child.get_by_text("C’est fait : tout est retiré.")).to_be_visible()
