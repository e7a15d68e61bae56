"""A pupil does the quiz on a telephone, with and without JavaScript; nothing of it leaves or stays.

The answers are looked for in the requests, the address, the history and the storage of the browser.
"""

from typing import Any, Final

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import FOUR, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.safety]

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
QUIZ: Final = "/fr/app/quiz/"
NEVER, OFTEN = "Jamais", "Souvent"
KEPT: Final = """async () => JSON.stringify({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    state: history.state,
    address: location.href,
    cookies: document.cookie,
})"""


def opened(page: Page, path: str) -> Page:
    """Open a page of the quiz, until its script plays it."""
    page.goto(path)
    expect(page.locator("[data-stage]")).to_be_visible()
    return page


def kept(page: Page, path: str) -> Page:
    """Open a page of the app, until its copy is on the device and it asks for nothing."""
    page.goto(path)
    page.locator("html[data-release]").wait_for()
    return page


def answer(page: Page, words: str, times: int = 1) -> None:
    for _nth in range(times):
        page.locator("[data-answer]").get_by_text(words, exact=True).click()


def recorded(page: Page) -> list[str]:
    """Return a list that fills with what is asked for from now on, by the worker as well."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(f"{request.method} {request.url} {request.post_data or ''}")

    page.context.on("request", hear)
    return asked


def where(page: Page) -> str:
    return page.locator("[data-where]").inner_text()


def test_a_whole_quiz_sends_nothing_and_keeps_nothing(someone: Someone) -> None:
    page = kept(someone(**PHONE), f"{QUIZ}secondary/")
    before = page.evaluate(KEPT)
    asked = recorded(page)
    answer(page, OFTEN, 13)
    answer(page, OFTEN)  # the first that asks about danger
    send(page.get_by_role("button", name="Continuer"))
    answer(page, OFTEN, 20)
    expect(page.get_by_role("heading", name="Ça ressemble à du harcèlement")).to_be_visible()
    expect(page.locator("[data-stage]")).to_be_hidden()
    after = page.evaluate(KEPT)
    assert after.replace('"quiz":34', '"quiz":0') == before
    assert not asked


@pytest.mark.whole
def test_who_said_yes_sends_one_bare_count(someone: Someone) -> None:
    page = someone(**PHONE)
    page.add_init_script("localStorage.setItem('counts', 'yes install first-open')")
    kept(page, f"{QUIZ}witness/")
    asked = recorded(page)
    answer(page, NEVER, 11)
    assert not asked
    with page.expect_request("**/app/count/") as sent:
        answer(page, NEVER)
    page.get_by_role("heading", name="Peu de signes pour l’instant").wait_for()
    assert sent.value.post_data == "kind=quiz"
    page.go_back()
    answer(page, NEVER)
    page.get_by_role("heading", name="Peu de signes pour l’instant").wait_for()
    assert len(asked) == 1


@pytest.mark.whole
def test_quiz_and_leaflets_work_without_a_network(someone: Someone) -> None:
    page = kept(someone(**PHONE), QUIZ)
    page.context.set_offline(True)
    opened(page, f"{QUIZ}witness/")
    answer(page, NEVER, 12)
    expect(page.get_by_role("heading", name="Peu de signes pour l’instant")).to_be_visible()
    page.get_by_role("link", name="On m’insulte dans un groupe").click()
    expect(page.get_by_role("heading", name="Bon à savoir")).to_be_visible()
    page.goto("/fr/app/what-happens/")
    expect(page.get_by_role("heading", name="On décide ensemble")).to_be_visible()


def test_a_danger_answer_has_the_numbers_at_once(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}witness/")
    answer(page, NEVER, 5)
    answer(page, "Une fois ou deux")
    danger = page.locator("[data-danger]")
    expect(danger).to_be_visible()
    expect(danger).to_be_focused()
    expect(danger.locator("a[href='tel:112']")).to_be_in_viewport()
    expect(page.locator("[data-stage]")).to_be_hidden()
    send(page.get_by_role("button", name="Continuer"))
    assert where(page) == "Phrase 7 sur 12"
    expect(page.locator("[data-slim] a[href='tel:112']")).to_be_visible()
    answer(page, NEVER, 6)
    expect(danger).to_be_visible()
    expect(danger).to_be_focused()
    expect(page.get_by_role("heading", name="Cette personne a besoin de soutien")).to_be_visible()


@pytest.mark.whole
def test_back_goes_to_the_sentence_before_and_leaving_forgets(someone: Someone) -> None:
    page = someone(**PHONE)
    page.goto(QUIZ)
    page.get_by_role("link", name="Collège ou lycée").click()
    answer(page, OFTEN, 2)
    assert where(page) == "Phrase 3 sur 34"
    page.go_back()
    assert where(page) == "Phrase 2 sur 34"
    expect(page.locator("[data-answer][aria-pressed=true]")).to_have_text(OFTEN)
    send(page.get_by_role("button", name="Retour"))
    expect(page.locator("[data-where]")).to_have_text("Phrase 1 sur 34")
    page.goto("/fr/app/help/")
    page.go_back()
    expect(page.locator("[data-where]")).to_have_text("Phrase 1 sur 34")
    expect(page.locator("[data-answer][aria-pressed=true]")).to_have_count(0)
    answer(page, NEVER)
    page.reload()
    expect(page.locator("[data-where]")).to_have_text("Phrase 1 sur 34")
    expect(page.locator("[data-answer][aria-pressed=true]")).to_have_count(0)


@pytest.mark.whole
def test_a_quiz_by_keyboard_alone(someone: Someone) -> None:
    page = opened(someone(), f"{QUIZ}hurt/")
    first = page.locator("[data-answer]").first
    first.focus()
    page.keyboard.press("Enter")
    for nth in range(2, 13):
        expect(page.locator("[data-where]")).to_have_text(f"Phrase {nth} sur 12")
        expect(page.locator("[data-asks]")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    over = page.get_by_role("heading", name="Peu de choses qui blessent")
    expect(over).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-outcome]:visible a[href$='/talk/']")).to_be_focused()


@pytest.mark.whole
def test_a_skipped_quiz_says_that_it_knows_little(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}witness/")
    for _nth in range(12):
        send(page.get_by_role("button", name="Je préfère ne pas répondre"))
    expect(page.locator("[data-thin]")).to_be_visible()


def test_without_javascript_the_answers_are_told_and_gone(someone: Someone) -> None:
    page = someone(**PHONE, java_script_enabled=False)
    page.goto(f"{QUIZ}primary/")
    for number in range(1, 24):
        page.locator(f"[name=a{number}][value='1']").check()
    page.locator("[name=a24][value='2']").check()
    send(page.get_by_role("button", name="Voir le résultat"))
    expect(page.get_by_role("heading", name="Quelque chose ne va pas")).to_be_visible()
    danger, outcome = page.locator(".quiz-danger"), page.locator(".outcome-title")
    assert danger.bounding_box()["y"] < outcome.bounding_box()["y"]  # type: ignore[index]
    assert page.url.endswith(f"{QUIZ}primary/")
    expect(page.locator(".talk-ways a[href='tel:3018']")).to_be_visible()
    page.goto(f"{QUIZ}primary/")
    expect(page.locator("[name=a24][value='2']")).not_to_be_checked()


@pytest.mark.whole
@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_moments_are_accessible(someone: Someone, language: str) -> None:
    page = someone(bypass_csp=True, reduced_motion="reduce")
    opened(page, f"/{language}/app/quiz/parent/")
    moments = [looked_at(page, FOUR)]
    buttons = page.locator("[data-answer='4']")
    for _nth in range(6):
        buttons.click()
    moments.append(looked_at(page, FOUR))
    page.locator("[data-go-on]").click()
    moments.append(looked_at(page, FOUR))
    for _nth in range(6):
        buttons.click()
    moments.append(looked_at(page, FOUR))
    assert moments == [[], [], [], []]


@pytest.mark.whole
def test_the_card_alone_is_printed(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}witness/")
    page.evaluate("() => { globalThis.print = () => document.body.dataset.printed = 'yes'; }")
    answer(page, NEVER, 12)
    send(page.get_by_role("button", name="Imprimer la carte"))
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print")
    expect(page.locator(".show-card:visible")).to_have_count(1)
    looks = "(each) => getComputedStyle(each).visibility"
    assert page.locator(".outcome-title:visible, .plan:visible").count() == 0
    assert page.locator("[data-outcome]:not([hidden]) .show-card").evaluate(looks) == "visible"
