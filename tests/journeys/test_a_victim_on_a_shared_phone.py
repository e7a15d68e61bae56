"""The laboratory at a bad moment: a shared phone, a stop in the middle, two tabs, no script."""

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import findings
from tests.journeys.test_quick_exit import cookies_of_ours, is_away, with_a_neighbour

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys()),
]"""


def drawn(colour: str) -> dict[str, Any]:
    """Return a drawing of bars as a file, with no edge of one colour."""
    made, octets = Image.new("RGB", (320, 240), "#fff5e6"), io.BytesIO()
    brush = ImageDraw.Draw(made)
    for n in range(9):
        brush.rectangle((n * 34, (n * 71) % 140, n * 34 + 25, (n * 71) % 140 + 90), fill=colour)
        brush.ellipse((n * 31, (n * 43) % 170, n * 31 + 40, (n * 43) % 170 + 55), fill="#14283b")
    brush.rectangle((200, 170, 319, 239), fill=colour)
    made.save(octets, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": octets.getvalue()}


def choose(page: Page, *colours: str) -> None:
    page.goto("/fr/lab/choose/")
    page.wait_for_selector("#lab[data-ready=exact]")
    page.locator("[data-lab-files]").set_input_files([drawn(one) for one in colours])
    expect(page.locator("[data-lab-list] li[data-state=ready]")).to_have_count(len(colours))


def sent(page: Page) -> str:
    send(page.get_by_role("button", name="Voir ce qui va partir"))
    page.locator("label", has_text="C’est moi").click()
    press(page, "Envoyer les empreintes")
    return page.locator("#code").inner_text()


def come_back(page: Page, code: str) -> None:
    page.goto("/fr/lab/follow/")
    page.locator("[name=code]").fill(code)
    press(page, "Ouvrir")


def names_of_cookies(page: Page) -> set[str]:
    return {one["name"] for one in page.context.cookies()}


@pytest.mark.safety
def test_nothing_is_left_on_a_shared_phone(someone: Someone) -> None:
    page = someone(viewport=PHONE)
    choose(page, "#a8322a")
    code = sent(page)
    assert page.evaluate(KEPT) == []
    assert "lab" in names_of_cookies(page)
    press(page, "Le code est gardé : l’effacer de cet appareil".replace(" :", "\u202f:"))
    assert "lab" not in names_of_cookies(page)
    page.go_back()
    expect(page.get_by_label("Le code")).to_be_visible()
    assert code not in page.content()

    # Leaving quickly does the same, from the page with the code and from the one before sending.
    come_back(page, code)
    expect(page.locator("#code")).to_have_text(code)
    with_a_neighbour(page)
    address = page.url
    page.get_by_role("link", name="Quitter vite").click()
    is_away(page)
    page.go_back()
    assert code not in page.content()
    assert cookies_of_ours(page.context, address) <= {"away", "left"}


@pytest.mark.safety
@pytest.mark.whole
def test_someone_stops_in_the_middle_and_comes_back_on_another_device(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    choose(page, "#a8322a", "#2f6f93")
    press(page, "Arrêter et revenir avec un code")
    expect(page.get_by_text("2 empreintes attendent sous ce code")).to_be_visible()
    assert not findings(page)
    code = page.locator("#code").inner_text()
    other = someone(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    come_back(other, code)
    other.locator("label", has_text="C’est moi").click()
    press(other, "Envoyer les empreintes")
    expect(other.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()


@pytest.mark.safety
@pytest.mark.whole
def test_two_tabs_are_two_cases_and_a_lost_code_is_explained(someone: Someone) -> None:
    one = someone(viewport=PHONE)
    choose(one, "#a8322a")
    other = one.context.new_page()
    choose(other, "#2f6f93")
    first, second = sent(one), sent(other)
    assert first != second

    # The first tab still shows its own case: its button takes back nothing of the other.
    one.locator("summary", has_text="Retirer l’image 1").click()
    send(one.get_by_role("button", name="Retirer l’image 1"))
    expect(one.get_by_text("Rien n’a changé")).to_be_visible()
    expect(one.locator("#code")).to_have_text(second)
    kept = "Le code est gardé : l’effacer de cet appareil".replace(" :", "\u202f:")
    press(one, kept)
    come_back(one, first)
    expect(one.locator("#code")).to_have_text(first)
    one.goto("/fr/lab/follow/")
    press(one, kept)
    come_back(one, "0000-1111-2222")
    expect(one.get_by_text("Code mal recopié").first).to_be_visible()
    one.get_by_text("Code perdu").click()
    expect(one.get_by_text("Sans le code, elles ne peuvent pas être retirées")).to_be_visible()


@pytest.mark.safety
@pytest.mark.whole
def test_a_lost_network_loses_nothing(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    choose(page, "#a8322a", "#2f6f93")
    send(page.get_by_role("button", name="Voir ce qui va partir"))
    page.locator("label", has_text="C’est moi").click()
    page.locator("[name=links]").fill("https://pictures.example/1")
    page.context.set_offline(True)
    send(page.get_by_role("button", name="Envoyer les empreintes"))
    expect(page.get_by_text("Rien n’est parti")).to_be_visible()
    expect(page.locator("[name=links]")).to_have_value("https://pictures.example/1")
    expect(page.locator("[data-lab-list] li")).to_have_count(2)
    assert not findings(page)
    page.context.set_offline(False)
    press(page, "Envoyer les empreintes")
    expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    expect(page.get_by_text("https://pictures.example/1")).to_be_visible()


@pytest.mark.whole
def test_without_a_script_the_page_says_so_and_leads_on(someone: Someone) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/lab/")
    page.get_by_role("link", name="18 ans ou plus").click()
    expect(page.get_by_text("Ce navigateur ne peut pas faire les empreintes ici")).to_be_visible()
    expect(page.locator("[data-lab-files]")).to_be_hidden()
    page.get_by_role("link", name="Signaler la page").click()
    page.wait_for_url("**/fr/report/")


@pytest.mark.safety
@pytest.mark.whole
def test_a_browser_that_changes_pixels_is_told(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    # As a browser does that protects against recognition: each picture read is changed a little.
    page.route(
        "**/signals/check.js",
        lambda route: route.fulfill(
            content_type="text/javascript", body="export const isExact = async () => false;"
        ),
    )
    page.goto("/fr/lab/choose/")
    expect(page.get_by_text("Ce navigateur change les couleurs des images")).to_be_visible()
    expect(page.locator("[data-lab-files]")).to_be_disabled()
    assert not findings(page)


@pytest.mark.safety
@pytest.mark.whole
def test_it_works_by_keyboard_alone(someone: Someone) -> None:
    page = someone(viewport={"width": 1280, "height": 800})
    choose(page, "#a8322a", "#2f6f93")
    page.get_by_role("button", name="Enlever").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-lab-list] li")).to_have_count(1)
    page.get_by_role("button", name="Voir ce qui va partir").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Ce qui part, ce qui reste")
    page.locator("[name=claim]").focus()
    page.keyboard.press("Space")
    page.locator("[data-lab-send]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()
