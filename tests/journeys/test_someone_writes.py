"""A young person writes by the form; a listener answers; the answer is read with the code."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.scenarios.people import marks, sits
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_waits")]

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SECRET = "Une histoire que je n'ai dite à personne."


def write(page: Page, *, email: str = "") -> str:
    """Write by the form, leave, and return the code."""
    page.goto("/fr/")
    page.get_by_role("link", name="Nous écrire").first.click()
    assert not findings(page)
    page.get_by_label("Qu’est-ce qui se passe").fill(SECRET)
    if email:
        page.get_by_label("Ton adresse e-mail").fill(email)
    send(page.get_by_role("button", name="Envoyer"))
    expect(page.get_by_text("On a bien reçu ton message.")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert not findings(page)
    code = page.locator(".receipt").inner_text()
    send(page.get_by_role("button", name="effacer de cet appareil"))
    assert SECRET not in page.content()
    page.go_back()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    return code


def take(page: Page) -> None:
    """Take people at the console until it is the one who wrote here."""
    for _each in range(8):
        page.goto("/staff/helpline/")
        send(page.get_by_role("button", name="Personne suivante"))
        if page.get_by_text(SECRET).count():
            return
        wrap_up(page)
    pytest.fail("nobody wrote")


def wrap_up(page: Page) -> None:
    marks(page, "contact_type", "silent")
    send(page.locator("[data-wrap-up]"))
    expect(page).to_have_url(re.compile(r"/staff/helpline/$"))


def test_a_letter_by_the_form_is_answered_and_read_with_its_code(
    someone: Someone, live: Live
) -> None:
    # The page works without a script; on a telephone that the family shares.
    young = someone(viewport=PHONE, bypass_csp=True, locale="fr-FR")
    code = write(young, email="famille@mailbox.example")

    listener = someone(viewport=DESK, bypass_csp=True)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.locator("form:has(input[value=ready]) button"))
    take(listener)
    assert not findings(listener)
    listener.get_by_label("Votre réponse").fill("Merci de nous écrire. Tu n'y es pour rien.")
    listener.get_by_label("Ajouter le lien vers le tchat privé").check()
    press(listener, "Envoyer")
    expect(listener.get_by_text("Tu n'y es pour rien.").first).to_be_visible()
    wrap_up(listener)

    # The shared mailbox learns that there is something new, and nothing else.
    told = live.mail(to="famille@mailbox.example")
    words = f"{told['Subject']} {told.get_content()}"
    assert "pour rien" not in words
    assert "3018" not in words

    young.goto("/fr/write/code/")
    young.get_by_label("Le code").fill(code.lower())
    send(young.get_by_role("button", name="Ouvrir"))
    expect(young.get_by_text("Tu n'y es pour rien.")).to_be_visible()
    expect(young.get_by_text("Il y a une réponse pour toi.")).to_be_visible()
    assert not findings(young)

    # And at last it is gone for everyone.
    young.get_by_text("Tout effacer").click()
    send(young.get_by_role("button", name="Effacer maintenant"))
    expect(young.get_by_role("heading", name="Tout est effacé")).to_be_visible()
    young.goto("/fr/write/code/")
    young.get_by_label("Le code").fill(code)
    send(young.get_by_role("button", name="Ouvrir"))
    expect(young.get_by_text("Ce code n’ouvre rien").first).to_be_visible()
