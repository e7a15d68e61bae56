"""A vault shares with a case whose key the helpline signed: its release names that key."""

from base64 import b64encode
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Route, expect

from balise.helpline.vault.rules.sharing import said_of
from tests.browser import Someone, send
from tests.journeys.test_the_vault_is_used import PHONE, goes, makes_a_vault, shown
from tests.journeys.test_the_vault_meets_trouble import error, writes_a_note

pytestmark = [pytest.mark.journey, pytest.mark.safety]

CASE: Final = "11111111-1111-4111-8111-111111111111"
RECIPIENT: Final = "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z"
ANOTHER: Final = "age1other"
# What a page finds of a release that was checked: its list, with a key of this test.
PINNED: Final = """async (sharing) => {
    const cache = await caches.open("release-told");
    await cache.put("/app/release.json", new Response(JSON.stringify({ keys: { sharing } })));
    document.documentElement.dataset.release = "told";
}"""


def known(recipient: str, key: Ed25519PrivateKey | None = None) -> dict[str, object]:
    """Return what the centre answers to eight words."""
    signed = key.sign(said_of(CASE, recipient)) if key else bytes(64)
    signature = b64encode(signed).decode()
    return {"case": CASE, "recipient": recipient, "signature": signature, "answer": "ab" * 32}


def asks(page: Page, item: str) -> None:
    """Type eight words for an item."""
    goes(page, f"share/{item}", "share")
    page.locator("#code").fill("un deux trois quatre cinq six sept huit")
    send(page.get_by_role("button", name="Continuer"))


def test_a_case_with_another_key_than_before_is_refused(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    item = writes_a_note(page)
    key = Ed25519PrivateKey.generate()
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    expect(page.locator("html[data-release]:not([data-release=''])")).to_be_attached()
    page.evaluate(PINNED, b64encode(spki).decode())
    answers = iter((known(RECIPIENT, key), known(ANOTHER, key)))

    def shared(route: Route) -> None:
        route.fulfill(json={"share": "1", "received_at": "2026-11-29T10:00:00+00:00"}, status=201)

    page.route("**/app/vault/invitation", lambda route: route.fulfill(json=next(answers)))
    page.route("**/app/vault/invitation/reveal", lambda route: route.fulfill(status=204))
    page.route("**/app/vault/share", shared)
    asks(page, item)
    shown(page, "compare")
    send(page.get_by_role("button", name="Mêmes mots : envoyer"))
    shown(page, "shares")
    asks(page, item)
    error(page).to_contain_text("La clé de l’équipe n’est pas la même qu’avant.")


def test_a_browser_that_keeps_no_release_shares_nothing_and_says_so(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    item = writes_a_note(page)
    expect(page.locator("html[data-release]:not([data-release=''])")).to_be_attached()
    page.evaluate("document.documentElement.dataset.release = ''")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json=known(RECIPIENT))

    page.route("**/app/vault/invitation", answer)
    asks(page, item)
    error(page).to_contain_text("L’appli n’est pas encore vérifiée sur ce téléphone.")
    expect(page.locator('[data-drawn="compare"]')).to_have_count(0)
    assert asked == []


@pytest.mark.whole
def test_a_case_key_that_the_helpline_did_not_sign_is_refused(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    item = writes_a_note(page)
    expect(page.locator("html[data-release]:not([data-release=''])")).to_be_attached()
    page.route("**/app/vault/invitation", lambda route: route.fulfill(json=known(RECIPIENT)))
    asks(page, item)
    error(page).to_contain_text("La clé ne vient pas de nous.")
    expect(page.locator('[data-drawn="compare"]')).to_have_count(0)
