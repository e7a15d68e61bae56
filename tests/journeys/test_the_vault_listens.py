"""A young person records what they hear into the vault: the microphone is open there alone."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_the_vault_is_used import PHONE, goes, makes_a_vault, shown, unlocks

pytestmark = [pytest.mark.journey, pytest.mark.safety]

OPEN: Final = """async () => {
    const asked = navigator.mediaDevices.getUserMedia({ audio: true });
    return asked.then(() => "open", ({ name }) => name);
}"""
# Whether a microphone that the page opened is open still.
HEARD: Final = """() => {
    globalThis.streams = [];
    const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (how) => {
        const stream = await asked(how);
        streams.push(stream);
        return stream;
    };
}"""
REFUSED: Final = """() => {
    navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException("no", "NotAllowedError");
    };
}"""
LIVE: Final = "() => streams.flatMap((one) => one.getTracks()).map((one) => one.readyState)"


def listens(page: Page) -> None:
    """Begin to record, and wait until the time runs."""
    goes(page, "add", "add")
    page.get_by_role("link", name="Enregistrer ce que j’entends").click()
    shown(page, "record")
    send(page.get_by_role("button", name="Commencer l’enregistrement"))
    expect(page.get_by_role("timer")).to_have_text("0:02")


def test_what_is_heard_is_listened_to_and_kept(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.evaluate(HEARD)
    goes(page, "add/record", "record")
    expect(
        page.get_by_text("Enregistrer quelqu’un sans son accord peut être puni.")
    ).to_be_visible()
    listens(page)
    assert page.evaluate(LIVE) == ["live"]
    send(page.get_by_role("button", name="Arrêter l’enregistrement"))
    shown(page, "recorded")
    assert page.evaluate(LIVE) == ["ended"]
    long = page.locator("audio").evaluate("(sound) => sound.play().then(() => sound.readyState)")
    assert long >= 2  # it can be heard
    send(page.get_by_role("button", name="Le garder"))
    shown(page, "details")
    expect(page.get_by_label("Genre")).to_have_value("audio")
    page.get_by_label("Donne-lui un nom").fill("Dans la cour")
    send(page.get_by_role("button", name="Garder dans le coffre"))
    shown(page, "item")
    expect(page.get_by_text("Pas modifié depuis")).to_be_visible()
    send(page.get_by_role("button", name="Voir un instant"))
    expect(page.locator("audio")).to_be_visible()


def test_a_lock_closes_the_microphone_and_what_was_heard_waits_sealed(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.evaluate(HEARD)
    listens(page)
    page.evaluate("async () => (await import('/static/vault/screens/app.js')).app.lock()")
    shown(page, "lock")
    assert page.evaluate(LIVE) == ["ended"]
    unlocks(page)
    shown(page, "recorded")
    send(page.get_by_role("button", name="Le jeter"))
    shown(page, "add")
    goes(page, "add/record", "record")
    goes(page, "", "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(0)


def test_a_microphone_that_is_refused_is_said_and_no_other_page_may_ask(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.evaluate(REFUSED)
    goes(page, "add/record", "record")
    send(page.get_by_role("button", name="Commencer l’enregistrement"))
    expect(page.get_by_text("Le micro est resté fermé.")).to_be_visible()
    for other in ("/fr/app/", "/fr/", "/fr/app/vault/link/"):
        page.goto(other)
        assert page.evaluate(OPEN) == "NotAllowedError", other
    page.goto("/fr/app/vault/")
    assert page.evaluate(OPEN) == "open"
