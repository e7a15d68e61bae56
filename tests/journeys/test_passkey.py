"""A passkey is added, opens the door by itself, and unlocks the screen, in a real browser."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety]


def give_key(page: Page) -> None:
    """Plug in a security key that knows the person's finger, as Chromium plays it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def use_up_guesses_at(name: str, live: Live) -> None:
    """Type wrong passwords under a name until the sign-in refuses to look at another."""
    with httpx.Client(base_url=live.address, trust_env=False, timeout=300) as stranger:
        page = stranger.get("/staff/account/login/").text
        (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
        given = {"csrfmiddlewaretoken": token, "login": name, "password": "one of a long list"}
        for _each in range(30):
            if stranger.post("/staff/account/login/", data=given).status_code == 429:
                return
    pytest.fail("the sign-in looked at thirty passwords")


def test_a_passkey_opens_and_unlocks(someone: Someone, live: Live) -> None:
    # A passkey belongs to a name: browsers know it for localhost, not for 127.0.0.1.
    page = someone(base_url=live.address.replace("127.0.0.1", "localhost"))
    give_key(page)
    page.goto("/staff/demonstration/")
    press(page, "Pilotage")
    page.wait_for_url("**/staff/")

    page.goto("/staff/account/factors/passkey/add/")
    page.get_by_label("Nom").fill("Clé du bureau")
    send(page.get_by_role("button", name="Ajouter cette clé d’accès"))
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page.get_by_text("Clé du bureau")).to_be_visible()

    page.locator(".person summary").click()
    send(page.get_by_role("button", name="Se déconnecter"))
    send(page.get_by_role("button", name="Se connecter avec une clé d’accès"))
    expect(page).to_have_url("/staff/")

    page.goto("/staff/account/sessions/")
    page.locator(".person summary").click()
    with page.expect_response("**/staff/account/lock/"):
        page.get_by_role("button", name="Verrouiller l’écran").click()
    page.goto("/staff/account/sessions/")
    expect(page.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
    send(page.get_by_role("button", name="Déverrouiller avec une clé d’accès"))
    expect(page.get_by_role("heading", name="Mes sessions")).to_be_visible()


@pytest.mark.whole
def test_strangers_lock_nobody_out_who_has_one(someone: Someone, live: Live) -> None:
    """T047: a passkey is never counted; a stranger used up the guesses at the password."""
    page = someone(base_url=live.address.replace("127.0.0.1", "localhost"))
    give_key(page)
    page.goto("/staff/demonstration/")
    send(page.get_by_role("button", name="Rédaction"))
    page.wait_for_url("**/staff/")
    page.goto("/staff/account/factors/passkey/add/")
    page.get_by_label("Nom").fill("Clé du bureau")
    send(page.get_by_role("button", name="Ajouter cette clé d’accès"))
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.locator(".person summary").click()
    send(page.get_by_role("button", name="Se déconnecter"))

    use_up_guesses_at("editor@demonstration.example", live)

    send(page.get_by_role("button", name="Se connecter avec une clé d’accès"))
    expect(page).to_have_url("/staff/")


def test_a_stranger_to_the_key_stays_outside(someone: Someone, live: Live) -> None:
    page = someone(base_url=live.address.replace("127.0.0.1", "localhost"))
    give_key(page)
    page.goto("/staff/account/login/")
    send(page.get_by_role("button", name="Se connecter avec une clé d’accès"))

    expect(page.get_by_text("La clé d’accès n’a pas été acceptée")).to_be_visible()
