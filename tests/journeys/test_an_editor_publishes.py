"""An editor writes a resource and cannot publish it; a head publishes it; everyone reads it.

The browser would complain of what a policy of content blocks, and fail the journey.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from balise.awareness.publications.tests.makers import make_photograph
from tests.architecture.reading import SOURCE
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey

DESK = {"width": 1280, "height": 900}
TITLE = "Un rythme pour la maison"
ADDRESS = "/fr/resources/un-rythme-pour-la-maison/"


def bring_picture(page: Page, file: Path) -> None:
    page.goto("/cms/images/add/")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("#id_title").fill("Une table sans écran")
    page.locator("#id_description").fill("Une table mise, sans téléphone.")
    send(page.locator("main form[enctype] button[type=submit]").first)
    expect(page.get_by_role("link", name="Une table sans écran").first).to_be_visible()


def add(page: Page, kind: str) -> None:
    page.goto("/cms/pages/")
    page.get_by_role("link", name="« Ressources »").click()
    page.locator("a[href$='/add_subpage/']").first.click()
    page.locator(f"a[href*='/add/awareness_publications/{kind}/']").click()


def write(page: Page) -> None:
    add(page, "resource")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("Trois habitudes à essayer en famille.")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Recharger les téléphones hors des chambres.")
    send(page.get_by_role("button", name="Choisir une image"))
    page.locator("[data-chooser-modal-choice]").first.click()
    expect(page.locator("#id_picture-title")).to_have_text("Une table sans écran")


def until_public(page: Page, live: Live, address: str) -> None:
    """Wait for the worker, which hears of the publication and draws the page."""
    until(lambda: live.drain() or page.request.get(address).ok, "it did not become public")


def test_a_text_goes_from_an_editor_to_everyone(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    photograph = tmp_path / "table.jpg"
    photograph.write_bytes(make_photograph(width=1200, height=1600))

    editor = someone(viewport=DESK)
    enter(editor, "editor")
    bring_picture(editor, photograph)
    write(editor)
    send(editor.get_by_role("button", name="Enregistrer le brouillon"))
    editor.wait_for_url("**/edit/")
    expect(editor.locator("[name=action-publish]")).to_have_count(0)
    send(editor.locator("button[aria-label*='prévisualisation']"))
    preview = editor.frame_locator("iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    draft = editor.url

    anyone = someone(viewport={"width": 360, "height": 780}, bypass_csp=True)  # for axe
    assert anyone.request.get(ADDRESS).status == 404

    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    head.goto(draft)
    send(head.get_by_role("button", name="Plus d'actions"))
    send(head.locator("[name=action-publish]"))
    expect(head.locator(".messages")).to_contain_text("publiée")

    until_public(anyone, live, ADDRESS)
    anyone.goto(ADDRESS)
    expect(anyone.get_by_role("heading", level=1)).to_have_text(TITLE)
    picture = anyone.locator(".resource-picture")
    assert picture.evaluate("each => each.complete && each.naturalWidth > 0")
    expect(picture).to_have_attribute("alt", "Une table mise, sans téléphone.")
    assert not findings(anyone)


# --- A film ---

FILM = SOURCE / "awareness/publications/packs/fr/films/ask-first.webm"
WORDS = FILM.with_name("ask-first.fr.vtt")
FILM_TITLE = "Un film de la semaine"
FILM_ADDRESS = "/fr/resources/un-film-de-la-semaine/"


def bring_film(page: Page) -> None:
    page.goto("/cms/documents/add/")
    page.locator("input[type=file]").set_input_files(FILM)
    page.locator("#id_title").fill(FILM_TITLE)
    send(page.locator("main form[enctype] button[type=submit]").first)
    expect(page.get_by_role("link", name=FILM_TITLE).first).to_be_visible()


def write_about_film(page: Page) -> None:
    add(page, "video")
    page.locator("#id_title").fill(FILM_TITLE)
    page.locator("#id_summary").fill("Tom demande avant de publier.")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Qui demande avant, à la maison ?")
    send(page.get_by_role("button", name="Choisir un document").first)
    page.locator("[data-chooser-modal-choice]", has_text=FILM_TITLE).click()
    expect(page.locator("#id_film-title")).to_have_text(FILM_TITLE)
    page.locator("#id_transcript").fill("Tom prend Nour en photo. Nour dit non. Tom l’efface.")
    page.locator("#id_chapters").fill("0:00 La photo\n0:09 Effacer")


def publish(page: Page) -> None:
    send(page.get_by_role("button", name="Plus d'actions"))
    send(page.locator("[name=action-publish]"))


def set_minute(page: Page, minute: datetime) -> None:
    """Set the moment of publication, as the panel of Wagtail does."""
    page.locator("[data-side-panel-toggle=status]").click()
    send(page.get_by_role("button", name="Programmer", exact=True).first)
    page.locator("#id_go_live_at").fill(f"{minute:%Y-%m-%d %H:%M}")
    # By key: the calendar lies over the button, and Escape would close both.
    page.get_by_role("button", name="Enregistrer la programmation").press("Enter")


@pytest.mark.whole
def test_a_captioned_film_is_public_at_its_minute(someone: Someone, live: Live) -> None:
    """One without captions is refused and says why; nothing that was typed is lost."""
    editor = someone(viewport=DESK)
    enter(editor, "editor")
    bring_film(editor)
    write_about_film(editor)
    send(editor.get_by_role("button", name="Enregistrer le brouillon"))
    editor.wait_for_url("**/edit/")
    draft = editor.url

    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    head.goto(draft)
    head.locator("#id_summary").fill("Tom demande, et attend la réponse.")
    publish(head)
    expect(head.get_by_text("Ajoutez des sous-titres").first).to_be_visible()
    expect(head.locator("#id_summary")).to_have_value("Tom demande, et attend la réponse.")

    head.locator("[data-fills=id_captions_0]").set_input_files(WORDS)
    expect(head.locator("#id_captions_0")).to_have_value(re.compile("Nour lève la main"))
    zone = ZoneInfo(live.env.get("BALISE_TIME_ZONE", "Europe/Paris"))
    set_minute(head, datetime.now(zone) + timedelta(minutes=1))
    publish(head)
    expect(head.locator(".messages")).to_contain_text("planifiée")

    anyone = someone(viewport={"width": 360, "height": 780}, bypass_csp=True)  # for axe
    assert anyone.request.get(FILM_ADDRESS).status == 404
    until_public(anyone, live, FILM_ADDRESS)
    anyone.goto(FILM_ADDRESS)
    film = anyone.locator("#film")
    expect(film).to_be_visible()
    assert film.evaluate("each => each.paused")
    anyone.get_by_role("link", name="0:09 Effacer").click()
    anyone.wait_for_function("document.getElementById('film').currentTime > 9.6")
    said = "each => [...each.textTracks[0].activeCues].map(cue => cue.text).join(' ')"
    assert "Tom efface la photo" in film.evaluate(said)
    assert not findings(anyone)

    bare = someone(viewport=DESK, java_script_enabled=False)
    bare.goto(FILM_ADDRESS)
    bare.get_by_role("link", name="0:09 Effacer").click()
    expect(bare.locator("#film source")).to_have_attribute("src", re.compile(r"\.webm#t=9$"))
    expect(bare.locator("#transcript")).to_contain_text("Nour dit non.")
