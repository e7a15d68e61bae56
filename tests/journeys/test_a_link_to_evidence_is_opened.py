"""Someone with a link opens what a young person shared, on their own device, and too late."""

import base64
import secrets

import pytest
from playwright.sync_api import Page, expect
from pyrage.x25519 import Identity

from balise.helpline.vault.tests.makers import an_item, secret_of
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import SIZES
from tests.journeys.test_the_vault_is_used import PHONE, goes, makes_a_vault, puts_away

pytestmark = [pytest.mark.journey, pytest.mark.safety]

SAID = "Le message que j’ai reçu lundi."


def key_of(identity: Identity) -> str:
    """Return an identity as it stands in the address of a link."""
    return base64.urlsafe_b64encode(secret_of(identity)).decode().rstrip("=")


def test_a_link_is_opened_once_and_then_too_late(page: Page) -> None:
    item = an_item(original=SAID.encode(), what="Dans le groupe.")
    body = {"name": "body", "mimeType": "application/octet-stream", "buffer": item.sealed}
    made = page.request.post(
        "/app/vault/link",
        multipart={"secret": secrets.token_hex(32), "openings": "1", "days": "3", "body": body},
    )
    link = made.json()["link"]
    page.goto(f"/fr/app/vault/link/#{link}.{key_of(item.identity)}")
    send(page.get_by_role("button", name="Ouvrir le fichier"))
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(page.get_by_text("Dans le groupe.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Enregistrer le fichier").click()
    assert saved.value.path().read_bytes() == item.original
    page.goto("/fr/app/vault/link/")
    page.reload()
    expect(page.get_by_text("Le fichier ne s’ouvre pas")).to_be_visible()
    assert page.context.cookies() == []
    over = page.request.post("/app/vault/link/open", data={"link": link})
    assert over.status == 410


@pytest.mark.whole
def test_a_link_opens_for_a_lawyer_as_often_as_was_said(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    goes(page, "add/link", "details")
    page.get_by_label("Adresse de la page").fill("https://reseau.example/compte")
    item = puts_away(page)
    goes(page, f"link/{item}", "link")
    page.get_by_label("Il s’ouvre au plus").select_option("1")
    send(page.get_by_role("button", name="Créer le lien"))
    made = page.locator('[data-slot="address"]')
    expect(made).to_contain_text("/fr/app/vault/link/#")
    address = made.inner_text()
    lawyer = someone(viewport=SIZES["desk"])
    lawyer.goto(address)
    lawyer.locator("#open").click()
    expect(lawyer.get_by_text("https://reseau.example/compte")).to_be_visible()
    late = someone(viewport=SIZES["desk"])
    late.goto(address)
    late.locator("#open").click()
    expect(late.locator('[data-when="over"]')).to_be_visible()
