"""An editor writes a resource and cannot publish it; a head publishes it; everyone reads it.

The browser would complain of what a policy of content blocks, and fail the journey.
"""

import time
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from balise.awareness.publications.tests.makers import make_photograph
from tests.browser import Someone
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import PATIENCE

pytestmark = pytest.mark.journey

DESK = {"width": 1280, "height": 900}
TITLE = "Un rythme pour la maison"
ADDRESS = "/fr/resources/un-rythme-pour-la-maison/"


def bring_picture(page: Page, file: Path) -> None:
    page.goto("/cms/images/add/")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("#id_title").fill("Une table sans écran")
    page.locator("#id_description").fill("Une table mise, sans téléphone.")
    page.locator("main form[enctype] button[type=submit]").first.click()
    expect(page.get_by_role("link", name="Une table sans écran").first).to_be_visible()


def write(page: Page) -> None:
    page.goto("/cms/pages/")
    page.get_by_role("link", name="« Ressources »").click()
    page.locator("a[href$='/add_subpage/']").first.click()
    page.locator("a[href*='/add/awareness_publications/resource/']").click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("Trois habitudes à essayer en famille.")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Recharger les téléphones hors des chambres.")
    page.get_by_role("button", name="Choisir une image").click()
    page.locator("[data-chooser-modal-choice]").first.click()
    expect(page.locator("#id_picture-title")).to_have_text("Une table sans écran")


def until_public(page: Page) -> None:
    """Wait for the worker, which hears of the publication and draws the page."""
    end = time.monotonic() + PATIENCE
    while page.request.get(ADDRESS).status != HTTPStatus.OK:
        assert time.monotonic() < end, "it did not become public"
        page.wait_for_timeout(500)


def test_a_text_goes_from_an_editor_to_everyone(someone: Someone, tmp_path: Path) -> None:
    photograph = tmp_path / "table.jpg"
    photograph.write_bytes(make_photograph(width=1200, height=1600))

    editor = someone(viewport=DESK)
    enter(editor, "editor")
    bring_picture(editor, photograph)
    write(editor)
    editor.get_by_role("button", name="Enregistrer le brouillon").click()
    editor.wait_for_url("**/edit/")
    expect(editor.locator("[name=action-publish]")).to_have_count(0)
    editor.locator("button[aria-label*='prévisualisation']").click()
    preview = editor.frame_locator("iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    draft = editor.url

    anyone = someone(viewport={"width": 360, "height": 780}, bypass_csp=True)  # for axe
    assert anyone.request.get(ADDRESS).status == 404

    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    head.goto(draft)
    head.get_by_role("button", name="Plus d'actions").click()
    head.locator("[name=action-publish]").click()
    expect(head.locator(".messages")).to_contain_text("publiée")

    until_public(anyone)
    anyone.goto(ADDRESS)
    expect(anyone.get_by_role("heading", level=1)).to_have_text(TITLE)
    picture = anyone.locator(".resource-picture")
    assert picture.evaluate("each => each.complete && each.naturalWidth > 0")
    expect(picture).to_have_attribute("alt", "Une table mise, sans téléphone.")
    assert not findings(anyone)
