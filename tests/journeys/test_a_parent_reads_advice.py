"""A parent reads advice about bullying, reaches the helpline in one press, and leaves quickly.

Afterwards the editor sees one view more, and nobody sees whose it was.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.journeys.test_quick_exit import is_away, with_a_neighbour
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# A browser without a window says so, and is a robot to whoever counts.
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SLUG = "mon-enfant-est-vise"
TITLE = "Mon enfant est visé"


def views(editor: Page) -> int:
    """Return what the editor's table of this month says of the page."""
    editor.goto("/staff/awareness/usage/")
    row = editor.locator("tr", has=editor.get_by_role("link", name=TITLE)).first
    return int(re.sub(r"\D", "", row.locator("td").first.inner_text()))


def test_a_parent_reads_advice(someone: Someone, live: Live) -> None:
    editor = someone(viewport=DESK, bypass_csp=True)  # for axe
    enter(editor, "editor")
    before = views(editor)
    assert not findings(editor)

    parent = someone(viewport=PHONE, user_agent=FIREFOX, bypass_csp=True)
    with_a_neighbour(parent)
    parent.goto(f"/fr/resources/{SLUG}/")
    assert TITLE not in parent.title()  # what a shared telephone keeps
    assert not findings(parent)
    help_now = parent.get_by_role("region", name="Besoin d’aide tout de suite")
    number = help_now.get_by_role("link", name="3018", exact=True)
    expect(number).to_have_attribute("href", "tel:3018")
    expect(number).to_be_in_viewport()  # one press, without looking for it
    help_now.get_by_role("link", name="Tchatter avec le 3018").click()
    expect(parent).to_have_url(re.compile("/fr/talk/"))

    parent.go_back()
    parent.get_by_role("link", name="Quitter vite").click()
    is_away(parent)
    parent.go_back()
    assert TITLE not in parent.content()

    until(lambda: live.drain() or views(editor) != before, "the view was not counted")
    assert views(editor) == before + 1
    editor.get_by_role("link", name="Liens courts").click()
    expect(editor.get_by_role("row").nth(3)).to_be_visible()  # three, beside the heads
    assert not findings(editor)
