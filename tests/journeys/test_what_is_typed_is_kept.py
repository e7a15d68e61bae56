"""What is typed is kept: without a network, under a lock, on a page that comes or goes."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Someone, is_own, press_key
from tests.journeys.test_pages_are_accessible import enter
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_rests")]

SCRIPT = "**/balise/staff.*.js"
DRAFT = "**/verdict/draft/"


@pytest.fixture
def desk(someone: Someone) -> Iterator[Page]:
    """Open the page of a content that an analyst has taken; leave no draft of it."""
    page = someone()
    enter(page, "analyst")
    page.goto("/staff/hotline/queue/?category=hate")
    page.goto(page.locator("#rows .q-open").first.get_attribute("href") or "")
    if page.locator("#verdict-form[data-kept]").count() == 0:  # the journey before has it still
        press_key(page, "c")
    is_own(page)
    yield page
    with page.expect_response(DRAFT):
        page.get_by_label("Pourquoi").fill("")


def shows(desk: Page, content: str, words: str) -> bool:
    """Open the content again; return whether it shows these words."""
    desk.goto(content)
    return desk.get_by_label("Pourquoi").input_value() == words


def test_without_a_network_it_is_saved_once_that_is_back(desk: Page) -> None:
    why = desk.get_by_label("Pourquoi")
    lost = desk.get_by_text("Pas de connexion")
    desk.context.set_offline(True)
    why.fill("Écrit sans réseau.")
    expect(lost).to_be_visible()
    expect(desk.get_by_text("Rechargez la page")).to_have_count(0)
    desk.context.set_offline(False)
    expect(desk.get_by_text("Saisi par vous")).to_be_visible()
    expect(lost).to_have_count(0)
    desk.reload()
    expect(why).to_have_value("Écrit sans réseau.")


@pytest.mark.whole
def test_as_the_screen_locks_it_is_saved_once_that_is_unlocked(desk: Page) -> None:
    why = desk.get_by_label("Pourquoi")
    with desk.expect_response("**/staff/account/lock/"):
        desk.evaluate("document.querySelector('form[data-locks]').requestSubmit()")
    expect(desk.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
    with desk.expect_response(DRAFT) as refused:
        why.evaluate("field => (field.value = 'Avant le verrou.')")
        why.dispatch_event("input")
    assert refused.value.status == 401
    with desk.expect_response(DRAFT) as kept:
        with desk.expect_popup() as opened:
            desk.get_by_role("link", name="Déverrouiller").click()
        opened.value.get_by_role("link", name="Entrer dans un rôle").click()
        opened.value.locator("form:has([name=role][value=analyst]) button").click()
    assert kept.value.status == 200
    desk.reload()
    expect(why).to_have_value("Avant le verrou.")


@pytest.mark.whole
def test_as_the_page_is_left_it_is_saved(desk: Page) -> None:
    content = desk.url
    desk.get_by_label("Pourquoi").fill("Avant de partir.")
    desk.goto("/staff/hotline/queue/")
    until(partial(shows, desk, content, "Avant de partir."), "what was typed did not arrive")


@pytest.mark.whole
def test_before_the_page_has_all_come_it_is_saved_once_it_has(desk: Page) -> None:
    why = desk.get_by_label("Pourquoi")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route(SCRIPT, hold)
    with desk.expect_request(SCRIPT):
        desk.goto(desk.url, wait_until="commit")
    why.fill("Avant les scripts.")
    with desk.expect_response(DRAFT) as kept:
        held.pop().continue_()
    assert kept.value.status == 200
    desk.unroute(SCRIPT)
    desk.reload()
    expect(why).to_have_value("Avant les scripts.")
