"""A file from a contact: two listeners meet in it, a school accepts, a complaint leaves."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.scenarios.people import sits
from tests.journeys.test_pages_are_accessible import SIZES, enter, findings
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.usefixtures("nobody_waits")]

ASKS = """
from balise.helpline.conversations.actions import saying
saying.ask(nickname="Merle", language="fr")
"""


def write(page: Page, section: str, **given: str) -> None:
    page.get_by_role("link", name=section, exact=True).click()
    for name, value in given.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("it => it.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_role("heading", name="Merle, au collège")).to_be_visible()


def test_a_file_from_a_contact_to_a_complaint(someone: Someone, live: Live) -> None:
    live.balise("shell", "-v0", "-c", ASKS)
    listener = someone(viewport=SIZES["desk"], bypass_csp=True)
    enter(listener, "listener")
    sits(listener, "Psychologue")
    send(listener.get_by_role("button", name="Personne suivante"))
    listener.get_by_text("Ouvrir un dossier, ou le sien").click()
    listener.locator("[name=title]").fill("Merle, au collège")
    send(listener.get_by_role("button", name="Ouvrir un dossier"))
    listener.locator("a[data-key=f]").click()
    expect(listener.get_by_text("Ne pas lire à voix haute")).to_be_visible()
    case = listener.url
    write(listener, "Personnes", role="victim", name="Merle")
    write(listener, "Faits", happened="On cache mon sac.", place="school")
    write(listener, "Notes", text="Première note.")
    listener.locator("[name=account]").select_option(label="Charlie")
    press(listener, "Ajouter au dossier")
    assert not findings(listener)

    two_meet(listener, someone, case)
    school_accepts(listener, someone, case)
    complaint_leaves(listener)


def two_meet(listener: Page, someone: Someone, case: str) -> None:
    """Two write in the same note: both texts are shown, and both stay in the history."""
    lead = someone(viewport=SIZES["telephone"], bypass_csp=True)
    enter(lead, "helpline_lead")
    lead.goto(case)
    assert not findings(lead)
    note = listener.locator("section:has(#notes) a", has_text="Modifier").get_attribute("href")
    assert note is not None
    listener.goto(note)
    lead.goto(note)
    lead.locator("[name=text]").fill("La note de Charlie.")
    press(lead, "Enregistrer")
    listener.locator("[name=text]").fill("La note de l'écoutant.")
    send(listener.get_by_role("button", name="Enregistrer"))
    expect(listener.get_by_text("Quelqu’un d’autre a écrit entre-temps")).to_be_visible()
    expect(listener.locator("[name=text]")).to_have_value("La note de l'écoutant.")
    expect(listener.get_by_text("La note de Charlie.").first).to_be_visible()
    assert not findings(listener)
    listener.locator("[name=text]").fill("Les deux notes.")
    press(listener, "Enregistrer")
    listener.goto(note)
    expect(listener.get_by_text("mise de côté")).to_be_visible()


def school_accepts(listener: Page, someone: Someone, case: str) -> None:
    """The school is told what they agreed to, and accepts by its link, without a script."""
    listener.goto(case)
    listener.get_by_role("link", name="Orienter vers quelqu’un").click()
    listener.get_by_role("link", name="Référents harcèlement").click()
    listener.locator("[name=territory]").select_option("nantes")
    listener.locator("[name=consent_of]").select_option("young-person")
    listener.locator("[name=consent_how]").select_option("chat")
    listener.get_by_label("On cache mon sac").check()
    assert not findings(listener)
    send(listener.get_by_role("button", name="Envoyer l’orientation"))
    link = listener.locator("p.address").inner_text()
    school = someone(viewport=SIZES["telephone"], java_script_enabled=False)
    school.goto(re.sub(r"^https?://[^/]+", "", link))
    expect(school.get_by_text("On cache mon sac.")).to_be_hidden()
    send(school.get_by_role("button", name="Ouvrir le message"))
    expect(school.get_by_text("On cache mon sac.")).to_be_visible()
    school.locator("[name=name]").fill("La référente")
    send(school.get_by_role("button", name="Accepter"))
    expect(school.get_by_text("Merci, la ligne d’écoute a votre réponse")).to_be_visible()
    looks = someone(viewport=SIZES["telephone"], bypass_csp=True)
    looks.goto(school.url)
    assert not findings(looks)
    listener.goto(case)
    expect(listener.get_by_text("Acceptée")).to_be_visible()


def complaint_leaves(listener: Page) -> None:
    """The complaint, in their words, is put together and downloaded."""
    listener.get_by_role("link", name="Écrire la plainte").click()
    listener.locator("[name=words]").fill("Je veux que cela s'arrête.")
    send(listener.get_by_role("button", name="Enregistrer"))
    listener.get_by_role("link", name="Préparer la plainte").click()
    assert not findings(listener)
    with listener.expect_download() as download:
        listener.get_by_role("button", name="Télécharger le paquet").click()
    octets = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(octets)) as package:
        assert package.read("complaint.pdf").startswith(b"%PDF-")
        assert "manifest.sig" in package.namelist()
