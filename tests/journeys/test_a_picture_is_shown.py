"""A child shows a picture of their screen: seen under a veil, kept after a yes, or closed.

A demonstration shows it; another centre turns it on once counsel has answered.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from balise.helpline.pictures.tests.makers import HTML, a_screen
from tests.browser import Someone, press, press_key, send
from tests.live import Live, centre

pytestmark = [pytest.mark.journey, pytest.mark.safety]

TALK = """
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.helpline.cases.actions import opening
from balise.helpline.conversations.actions import passing, saying
me = actor_of(Account.objects.get(email="listener@demonstration.example"))
begun = saying.begin(nickname="Renard", language="fr", age=14)
passing.join(conversation_id=begun.id, by=me)
opening.open_case(title="Renard", by=me)
print(begun.token, begun.id)
"""


@pytest.fixture(scope="module")
def live(furnished: Path) -> Iterator[Live]:
    with centre(furnished, BALISE_MODULES="cybertips,exchange,pictures") as started:
        yield started


def comes_in(page: Page, role: str) -> None:
    page.goto("/staff/demonstration/")
    send(page.locator(f"form:has([name=role][value={role}]) button").first)


def talks(page: Page, live: Live) -> str:
    """Bring a child into a conversation with a listener; return its id."""
    token, conversation = live.balise("shell", "-v0", "-c", TALK).split()[-2:]
    page.context.add_cookies([{"name": "talk", "value": token, "url": live.address}])
    page.goto("/fr/talk/room/")
    return conversation


def chooses(page: Page, octets: bytes, name: str = "ecran.png") -> None:
    file = {"name": name, "mimeType": "image/png", "buffer": octets}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Envoyer")


def shows(page: Page, *, words: str = "") -> None:
    page.get_by_role("textbox", name="Message").fill(words)
    press(page, "Montrer une image de mon écran")
    press(page, "Non")
    chooses(page, a_screen(width=720, height=1280))


@pytest.mark.whole
@pytest.mark.parametrize("script", [True, False])
def test_a_child_is_asked_first_and_loses_no_word(
    someone: Someone, live: Live, *, script: bool
) -> None:
    page = someone(java_script_enabled=script)
    talks(page, live)
    if not script:
        page.get_by_role("link", name="Écrire un message").click()
    page.get_by_role("textbox", name="Message").fill("c’est le groupe de ma classe")
    press(page, "Montrer une image de mon écran")
    assert page.locator("input[type=file]").count() == 0
    press(page, "Je ne suis pas sûr ou sûre")
    expect(page.get_by_role("heading", name="Rien n’a été envoyé")).to_be_visible()
    assert page.locator("input[type=file]").count() == 0
    expect(page.get_by_role("textbox")).to_have_value("c’est le groupe de ma classe")
    press(page, "Envoyer")
    expect(page.get_by_text("Tu as choisi de ne pas envoyer d’image.")).to_be_visible()
    if not script:
        page.get_by_role("link", name="Écrire un message").click()
    page.get_by_role("textbox", name="Message").fill("voilà")
    press(page, "Montrer une image de mon écran")
    press(page, "Non")
    chooses(page, HTML)
    expect(page.get_by_text("Ce fichier n’est pas une image.").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Ton message")).to_have_value("voilà")
    chooses(page, a_screen())
    expect(page.locator(".message", has_text="voilà")).to_have_count(1)
    expect(page.get_by_text("Ton image est là, floutée")).to_be_visible()
    press(page, "Reprendre mon image")
    expect(page.get_by_text("Une image n’est plus là.")).to_be_visible()


def is_seen_once_it_is_drawn(child: Page, listener: Page) -> None:
    """Open the card without its picture, then with a blur: it waits. Held, and clear: seen."""
    listener.route("**/drawn/", lambda route: route.abort())
    listener.locator(".consent").get_by_role("link", name="Voir").click()
    expect(listener.get_by_role("button", name="Maintenir pour voir nettement")).to_be_visible()
    child.reload()
    expect(child.get_by_text("Ton image est là, floutée")).to_be_visible()
    listener.unroute("**/drawn/")
    listener.reload()
    expect(listener.get_by_alt_text("Image d’un écran, floutée et grise")).to_be_visible()
    assert listener.evaluate("document.querySelector('.veiled img').decode().then(() => true)")
    child.reload()
    expect(child.get_by_text("Ton image est là, floutée")).to_be_visible()
    listener.get_by_role("button", name="Maintenir pour voir nettement").hover()
    with listener.expect_response("**/seen/"):
        listener.mouse.down()
    listener.mouse.up()
    child.reload()
    expect(child.get_by_text("a vu ton image")).to_be_visible()


def test_it_is_seen_kept_taken_back_and_closed(someone: Someone, live: Live) -> None:
    child, listener, lead = someone(), someone(), someone()
    conversation = talks(child, live)
    comes_in(listener, "listener")
    listener.goto(f"/staff/helpline/conversation/{conversation}/")
    shows(child, words="regarde")
    # Without a reload, the card is there; it holds no picture.
    card = listener.locator(".consent")
    expect(card).to_have_count(1)
    assert card.locator("img").count() == 0
    is_seen_once_it_is_drawn(child, listener)
    picture = listener.get_by_alt_text("Image d’un écran, floutée et grise")
    expect(picture).to_be_visible()
    blurred = "one => getComputedStyle(one).filter"
    assert "blur" in picture.evaluate(blurred)
    hold = listener.get_by_role("button", name="Maintenir pour voir nettement")
    hold.hover()
    listener.mouse.down()
    assert picture.evaluate(blurred) == "none"
    listener.mouse.up()
    assert "blur" in picture.evaluate(blurred)
    press(listener, "Demander à la garder")
    # Without a reload, the child reads the question, and answers.
    expect(child.get_by_text("Peut-on garder ton image ?").last).to_be_visible()
    press(child, "Oui, la garder")
    expect(child.get_by_text("Ton image est gardée dans ton dossier")).to_be_visible()
    press(child, "Reprendre mon image")
    shows(child)
    listener.goto(f"/staff/helpline/conversation/{conversation}/")
    listener.locator(".consent").get_by_role("link", name="Voir").click()
    comes_in(lead, "helpline_lead")
    with listener.expect_navigation():
        press_key(listener, "x")
    assert "/must-i-report/" in listener.url
    child.reload()
    assert child.locator(".consent").count() == 0
    # Told on whatever page, takes it, opens it once, decides.
    lead.get_by_role("link", name="Images fermées").first.click()
    lead.wait_for_url("**/pictures/closed/")
    lead.locator("main table a").first.click()
    lead.wait_for_url("**/pictures/closed/*/")
    press(lead, "Je décide pour cette image")
    press(lead, "L’ouvrir, une seule fois")
    expect(lead.get_by_alt_text("Image d’un écran, floutée et grise")).to_be_visible()
    send(lead.get_by_role("link", name="Décider"))
    expect(lead.get_by_text("Elle ne peut plus l’être.")).to_be_visible()
    lead.get_by_label("L’effacer", exact=True).check()
    press(lead, "Enregistrer la décision")
    expect(lead.get_by_text("Aucune image n’attend de décision.")).to_be_visible()
