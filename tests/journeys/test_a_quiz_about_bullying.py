"""A pupil does the quiz on a telephone, with and without JavaScript; nothing of it leaves or stays.

The answers are looked for in the requests, the address, the history and the storage of the browser.
"""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import FOUR, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.safety]

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
QUIZ: Final = "/fr/app/quiz/"
NEVER, ONCE, OFTEN = "Jamais", "Une ou deux fois", "Plusieurs fois par mois"
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


def way(page: Page, letter: str) -> Locator:
    return page.locator(f"[data-way={letter}]")


def goes_on(page: Page) -> None:
    """Go on from the way of a danger to what stands behind it."""
    send(page.get_by_role("button", name="Continuer"))


def test_a_whole_quiz_sends_nothing_and_keeps_nothing(someone: Someone) -> None:
    page = kept(someone(**PHONE), f"{QUIZ}secondary/")
    before = page.evaluate(KEPT)
    asked = recorded(page)
    answer(page, OFTEN, 12)
    for number in range(13, 27):
        answer(page, OFTEN)
        if number in {13, 14, 15, 23, 26}:  # a kind of danger each, the first time; 24, 25: again
            expect(page.locator("[data-way]:visible")).to_have_count(1)
            goes_on(page)
    answer(page, "Oui")  # several, or stronger
    answer(page, "Non")  # they cannot be stopped
    answer(page, OFTEN, 8)
    expect(way(page, "S")).to_be_visible()
    goes_on(page)
    expect(page.get_by_role("heading", name="Ça ressemble à du harcèlement")).to_be_visible()
    letters = "els => els.map(each => each.dataset.way).join('')"
    assert page.locator("[data-way]:visible").evaluate_all(letters) == "SVXTCI"
    expect(page.locator("[data-stage]")).to_be_hidden()
    after = page.evaluate(KEPT)
    assert after.replace('"quiz":36', '"quiz":0') == before
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


def test_dark_thoughts_have_3114_and_the_chat_to_the_end(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}hurt/")
    answer(page, NEVER, 11)
    answer(page, ONCE)
    dark = way(page, "S")
    expect(dark.get_by_role("heading", name="Merci de le dire")).to_be_focused()
    first = dark.locator(".way-buttons").first.locator("a")
    expect(first.nth(0)).to_have_attribute("href", "tel:3114")
    expect(first.nth(1)).to_have_attribute("href", re.compile("/talk/$"))
    expect(first.nth(0)).to_be_in_viewport(ratio=1)
    expect(first.nth(1)).to_be_in_viewport(ratio=1)
    sizes = [one.bounding_box() for one in first.all()]
    assert {(one["width"], one["height"]) for one in sizes if one} == {
        (sizes[0]["width"], sizes[0]["height"])  # type: ignore[index]
    }
    dark.get_by_text("Non", exact=True).click()
    message = dark.locator("a[href^='sms:?']")
    expect(message).to_have_text("Ça ne va pas du tout. Tu peux venir\u202f?")
    goes_on(page)
    expect(dark).to_be_visible()
    expect(page.get_by_role("heading", name="Quelque chose te pèse")).to_be_visible()
    assert "harcèlement" not in page.locator("[data-outcome]:visible").inner_text()


@pytest.mark.whole
def test_a_blow_after_dark_thoughts_has_its_own_way(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}primary/")
    answer(page, NEVER, 23)
    answer(page, OFTEN)
    expect(way(page, "S")).to_be_visible()
    for _nth in range(14):  # back to the sentence about blows
        page.go_back()
    expect(page.locator("[data-where]")).to_have_text("Phrase 11 sur 24")
    expect(page.locator("[data-slim] a[href='tel:3114']")).to_be_visible()
    answer(page, ONCE)
    blows = way(page, "V")
    expect(way(page, "S")).to_be_hidden()
    first = blows.locator(".way-buttons").first.locator("a")
    expect(first.nth(0)).to_have_attribute("href", "tel:17")
    expect(first.nth(1)).to_have_attribute("href", "tel:119")
    expect(first.nth(1)).to_be_in_viewport(ratio=1)
    blows.get_by_text("Oui", exact=True).click()
    expect(blows.locator("details[open] a[href='tel:112']")).to_be_visible()
    goes_on(page)
    assert where(page) == "Phrase 12 sur 24"
    line = page.locator("[data-slim] a:visible")
    expect(line).to_have_text(["3114", "Tchat", "17", "119"])
    answer(page, ONCE)  # a threat has its own way too
    expect(way(page, "T")).to_be_visible()
    goes_on(page)
    answer(page, ONCE, 6)  # a second threat interrupts no more
    answer(page, "Non", 2)
    answer(page, NEVER, 5)
    answer(page, OFTEN)
    expect(page.get_by_role("heading", name="Ça ressemble à du harcèlement")).to_be_visible()
    letters = "els => els.map(each => each.dataset.way).join('')"
    assert page.locator("[data-way]:visible").evaluate_all(letters) == "SVT"
    expect(way(page, "S").get_by_role("heading")).to_be_focused()


@pytest.mark.whole
def test_a_sentence_that_was_passed_over_is_asked_once_more(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}primary/")
    answer(page, OFTEN, 2)
    answer(page, NEVER, 21)
    skip = page.get_by_role("button", name="Je préfère ne pas répondre")
    send(skip)
    again = page.locator("[data-again]")
    expect(again.get_by_role("heading", name="Une phrase est passée")).to_be_focused()
    expect(again.locator("a[href='tel:3114']")).to_be_visible()
    send(page.get_by_role("button", name="Y répondre"))
    expect(page.locator("[data-where]")).to_have_text("Phrase 24 sur 24")
    send(skip)
    expect(page.get_by_role("heading", name="Quelque chose te pèse")).to_be_visible()
    expect(again).to_be_hidden()
    expect(page.locator("[data-passed] a[href='tel:3114']")).to_be_visible()


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
def test_a_skipped_quiz_cannot_tell(someone: Someone) -> None:
    page = opened(someone(**PHONE), f"{QUIZ}witness/")
    for _nth in range(12):
        send(page.get_by_role("button", name="Je préfère ne pas répondre"))
    expect(page.get_by_role("heading", name="On ne peut pas dire")).to_be_visible()


def test_without_javascript_the_answers_are_told_and_gone(someone: Someone) -> None:
    page = someone(**PHONE, java_script_enabled=False)
    page.goto(f"{QUIZ}primary/")
    for number in range(1, 24):
        page.locator(f"[name=a{number}][value='1']").check()
    page.locator("[name=a24][value='2']").check()
    send(page.get_by_role("button", name="Voir le résultat"))
    expect(page.get_by_role("heading", name="Quelque chose te pèse")).to_be_visible()
    first = way(page, "S").locator(".way-buttons").first.locator("a")
    expect(first.nth(0)).to_have_attribute("href", "tel:3114")
    outcome = page.locator(".outcome-title")
    assert way(page, "S").bounding_box()["y"] < outcome.bounding_box()["y"]  # type: ignore[index]
    way(page, "S").get_by_text("Non", exact=True).click()
    expect(way(page, "S").locator("a[href^='sms:?']")).to_be_visible()
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
    page.locator("[data-way=V] details").evaluate_all("all => all.forEach(one => one.open = true)")
    moments.append(looked_at(page, FOUR))
    page.locator("[data-go-on] button").press("Enter")
    moments.append(looked_at(page, FOUR))
    for _nth in range(3):
        buttons.click()
    for _way in "TC":
        page.locator("[data-go-on] button").press("Enter")
    moments.append(looked_at(page, FOUR))  # the question about strength
    for _nth in range(2):
        page.locator("[data-answer=yes]").click()
    for _nth in range(2):
        buttons.click()
    page.locator("[data-skip]").click()
    moments.append(looked_at(page, FOUR))  # asked once more
    page.locator("[data-go-on] button").press("Enter")
    moments.append(looked_at(page, FOUR))
    assert moments == [[]] * 6


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
