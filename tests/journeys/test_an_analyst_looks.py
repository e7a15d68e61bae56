"""What is sealed is shown by hold, counted while it is open, and not at all during a break."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key, send
from tests.journeys.test_pages_are_accessible import SIZES, findings
from tests.waiting import let_pass

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_rests")]

QUEUE = "/staff/hotline/queue/?category=hate"
# What a pane may play one day is muted as it begins; today no medium at all may load (CSP).
SOUND = """() => {
  const audio = document.createElement("audio");
  document.querySelector("[data-pane]").append(audio);
  audio.dispatchEvent(new Event("play"));
  return audio.muted;
}"""


@pytest.fixture
def desk(someone: Someone) -> Page:
    page = someone()
    return enter(page)


def enter(page: Page) -> Page:
    page.goto("/staff/demonstration/")
    send(page.locator("form:has([name=role][value=analyst]) button"))
    page.wait_for_url("**/staff/")
    return page


def open_first(page: Page) -> None:
    page.goto(QUEUE)
    page.goto(page.locator("#rows .q-open").first.get_attribute("href") or "")
    press_key(page, "o")
    expect(page.locator("[data-pane]")).to_be_visible()


@pytest.mark.whole
def test_words_are_clear_while_the_button_is_held(desk: Page) -> None:
    open_first(desk)
    veil = desk.locator(".veil").first
    button = desk.locator("[data-hold]").first
    expect(button).to_be_focused()
    expect(veil).to_have_css("filter", re.compile("blur"))
    box = button.bounding_box()
    assert box
    desk.mouse.move(box["x"] + 9, box["y"] + 9)
    desk.mouse.down()
    expect(veil).to_have_css("filter", "none")
    expect(button).to_have_attribute("aria-pressed", "true")
    desk.mouse.up()
    expect(veil).to_have_css("filter", re.compile("blur"))
    assert desk.evaluate(SOUND)


@pytest.mark.whole
def test_seconds_run_until_it_is_covered(desk: Page) -> None:
    open_first(desk)
    let_pass(2)
    press_key(desk, "x")
    expect(desk.get_by_role("button", name="Ouvrir les données chiffrées")).to_be_visible()
    desk.goto("/staff/hotline/my-day/")
    row = desk.get_by_role("row").filter(
        has=desk.get_by_role("rowheader", name="Grave", exact=True)
    )
    seconds, unit = row.get_by_role("cell").last.inner_text().split()
    assert unit == "min" or int(seconds) >= 2


def test_a_break_covers_and_refuses_until_it_ends(desk: Page, someone: Someone) -> None:
    open_first(desk)
    content = desk.url
    elsewhere = desk.context.new_page()
    elsewhere.goto("/staff/hotline/my-day/")
    send(elsewhere.get_by_role("button", name="Faire une pause maintenant"))
    expect(elsewhere.get_by_text("Vous êtes en pause")).to_be_visible()
    # The first page hears it with its next sign, at the latest when it is looked at again.
    desk.bring_to_front()
    expect(desk.locator("[data-pane]")).to_have_count(0)
    desk.goto(content)
    press_key(desk, "o")
    expect(desk.get_by_text("Vous êtes en pause jusqu’à")).to_be_visible()
    send(elsewhere.get_by_role("button", name="Reprendre"))
    press_key(desk, "o")
    expect(desk.locator("[data-pane]")).to_be_visible()


@pytest.mark.whole
def test_who_cannot_hold_turns_the_cover_off(desk: Page) -> None:
    desk.goto("/staff/hotline/my-day/")
    cover = desk.get_by_label("Masquer les textes et les adresses")
    cover.uncheck()
    send(desk.get_by_role("button", name="Enregistrer"))
    expect(desk.get_by_text("Enregistré. Visible par vous uniquement.")).to_be_visible()
    open_first(desk)
    expect(desk.locator(".veil").first).to_have_css("filter", "none")
    expect(desk.locator("[data-hold]")).to_have_count(0)
    desk.goto("/staff/hotline/my-day/")
    cover.check()
    send(desk.get_by_role("button", name="Enregistrer"))
    expect(desk.get_by_text("Enregistré. Visible par vous uniquement.")).to_be_visible()


@pytest.mark.whole
def test_without_script_it_opens_for_a_moment(someone: Someone) -> None:
    page = enter(someone(java_script_enabled=False))
    page.goto(QUEUE)
    send(page.locator("#rows .q-open").last)
    send(page.get_by_role("button", name="Ouvrir les données chiffrées"))
    expect(page.locator(".veil").first).to_have_css("filter", "none")
    assert "http-equiv" in page.content()
    send(page.get_by_role("button", name="Masquer de nouveau"))
    expect(page.get_by_role("button", name="Ouvrir les données chiffrées")).to_be_visible()


@pytest.mark.whole
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_where_it_is_open(someone: Someone, size: str) -> None:
    page = enter(someone(viewport=SIZES[size], bypass_csp=True))
    open_first(page)
    assert not findings(page)
    press_key(page, "x")
    expect(page.locator("[data-pane]")).to_have_count(0)
    assert not findings(page)
