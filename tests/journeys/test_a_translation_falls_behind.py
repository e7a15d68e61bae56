"""A page changes: its translation says so to readers, until someone says that it is up to date.

And a review that is asked and refused in a word.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
FRENCH = "Régler ensemble le contrôle parental"
TRANSLATED = "/en/resources/parental-control/"
OLDER = "This translation is older than the original page, which changed since."


def edit(page: Page, title: str) -> None:
    """Open the editor of a page."""
    page.goto("/staff/publications/languages/")
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url("**/edit/")


def publish(page: Page) -> None:
    send(page.get_by_role("button", name="Plus d'actions"))
    send(page.locator("[name=action-publish]"))
    expect(page.locator(".messages")).to_contain_text("publiée")


def becomes(page: Page, live: Live, address: str, words: str, *, there: bool) -> None:
    """Wait for the worker, which draws again what changed."""
    wrong = f"{words!r} {'never came' if there else 'stayed'}"
    until(lambda: live.drain() or (words in page.request.get(address).text()) is there, wrong)


def test_a_translation_falls_behind(someone: Someone, live: Live) -> None:
    reader = someone(viewport=PHONE, locale="en-GB")
    reader.goto(TRANSLATED)
    expect(reader.get_by_text(OLDER)).to_have_count(0)

    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    edit(head, FRENCH)
    head.locator("#id_summary").fill("Vingt minutes à deux, puis une date pour tout revoir.")
    publish(head)

    becomes(reader, live, TRANSLATED, OLDER, there=True)
    reader.reload()
    reader.get_by_role("link", name="Read the page in: French").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(FRENCH)

    editor = someone(viewport=DESK)
    enter(editor, "editor")
    editor.get_by_role("link", name="À relire").first.click()
    expect(editor.get_by_text("Traduction dépassée")).to_be_visible()
    editor.goto("/staff/publications/languages/")
    expect(editor.get_by_text(re.compile("Original modifié le"))).to_have_count(1)
    press(editor, "Marquer à jour")
    expect(editor.get_by_text("Noté")).to_be_visible()
    becomes(reader, live, TRANSLATED, OLDER, there=False)


def test_a_review_is_refused_in_a_word(someone: Someone) -> None:
    title = "Un message suffit parfois"
    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    head.goto("/staff/publications/due/")
    head.get_by_role("link", name=title).click()
    send(head.get_by_role("button", name="Plus d'actions"))
    send(head.get_by_role("button", name="Demander des modifications"))
    word = head.locator("#id_comment, [name=comment]").first
    word.fill("Il manque la source du chiffre.")
    send(head.locator(".modal-body button[type=submit], .modal-body input[type=submit]").first)
    expect(head.locator(".messages")).to_be_visible()

    editor = someone(viewport=DESK)
    enter(editor, "editor")
    editor.goto("/staff/publications/due/")
    expect(editor.get_by_text("Il manque la source du chiffre.")).to_be_visible()
