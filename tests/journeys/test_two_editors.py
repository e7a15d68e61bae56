"""Two people on one page, and a file that no server would take: nobody loses what they typed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_an_editor_publishes import DESK, add
from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]

TITLE = "Un accord pour les vacances"
FIRST, SECOND = "Écrit par la première personne.", "Écrit par la deuxième personne."
TOLD = re.compile("a enregistré une nouvelle version")
LONG = 2 * 1024**3  # bytes

# How often a summary stands in what is kept of a page, its history included.
KEPT = """
from wagtail.models import Page, Revision
page = Page.objects.get(title={title!r})
found = Revision.objects.filter(object_id=str(page.pk))
print(sorted({{one.content["summary"] for one in found}}))
"""


def save(page: Page) -> None:
    send(page.get_by_role("button", name="Enregistrer le brouillon"))


def kept(live: Live) -> str:
    return live.balise("shell", "-v0", "-c", KEPT.format(title=TITLE))


def test_the_second_is_told_and_neither_loses_a_text(someone: Someone, live: Live) -> None:
    """In the order in which they press: the second writes once the first is saved.

    Wagtail asks every ten seconds and when a text changes. Whichever comes first tells, and what is
    asserted is what is on the screen in the end.
    """
    one = someone(viewport=DESK)
    enter(one, "editor")
    add(one, "resource")
    one.locator("#id_title").fill(TITLE)
    one.locator("#id_summary").fill("Un résumé.")
    one.locator("[contenteditable=true]").click()
    one.keyboard.type("Une règle à essayer.")
    save(one)
    one.wait_for_url("**/edit/")

    two = someone(viewport=DESK)
    enter(two, "awareness_lead")
    two.goto(one.url)
    expect(two.locator("#id_summary")).to_have_value("Un résumé.")

    one.locator("#id_summary").fill(FIRST)
    save(one)
    until_kept(live, FIRST)
    two.locator("#id_summary").fill(SECOND)
    told = two.locator(".w-editing-sessions button[aria-label]").and_(two.get_by_label(TOLD))
    expect(told.first).to_be_visible()
    expect(two.locator("#id_summary")).to_have_value(SECOND)
    assert FIRST in kept(live)

    # To save over it is a choice, and both texts stay in the history.
    save(two)
    asked = two.get_by_role("dialog").filter(has_text=TOLD)
    expect(asked).to_be_visible()
    expect(two.locator("#id_summary")).to_have_value(SECOND)
    asked.locator("[data-w-dialog-target=confirm]").click()
    until_kept(live, SECOND)
    assert FIRST in kept(live)


def until_kept(live: Live, words: str) -> None:
    until(lambda: words in kept(live), "it was not saved")


def test_a_file_of_2_gb_is_refused_in_the_form(someone: Someone, tmp_path: Path) -> None:
    long = tmp_path / "long.pdf"
    with long.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(LONG)  # of holes
    editor = someone(viewport=DESK)
    enter(editor, "editor")
    editor.goto("/cms/documents/add/")
    field = editor.locator("input[type=file]")
    expect(editor.get_by_text("PDF, WebM ou MP4")).to_be_visible()
    editor.locator("#id_title").fill("Un guide trop long")
    editor.locator("#id_credit").fill("Une école")
    field.set_input_files(long)
    expect(editor.get_by_role("alert")).to_contain_text("trop volumineux")
    expect(field).to_have_value("")
    send(editor.locator("main form[enctype] button[type=submit]").first)
    expect(editor.get_by_text("Champ requis").first).to_be_visible()
    expect(editor.locator("#id_title")).to_have_value("Un guide trop long")
    expect(editor.locator("#id_credit")).to_have_value("Une école")
