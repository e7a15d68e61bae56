"""A quiz: answered on a telephone without JavaScript, twice for its gain, by a class, on paper.

The class is led from the keyboard alone, and no hand leaves the screen. English is read once.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from balise.awareness.activities.quizzes.rules import pack
from balise.awareness.questions.rules.questions import Question, QuestionKind
from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import findings

pytestmark = pytest.mark.journey

TEENS = pack("fr")["11-13"]
PHONE = {"width": 360, "height": 780}
PROJECTED = {"width": 1280, "height": 720}


def answer(page: Page, question: Question) -> None:
    """Give the right answer to the question of the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(str(question.asks))
    right = question.right[0] if question.right else "9"
    match question.kind:
        case QuestionKind.ONE | QuestionKind.SEVERAL:
            for choice in question.chosen(right):
                page.locator("label", has_text=str(choice.says)).click()
        case QuestionKind.ORDER:
            for nth, choice in enumerate(question.chosen(right), 1):
                page.get_by_label(str(choice.says)).select_option(str(nth))
        case QuestionKind.MATCH:
            for choice, partner in question.pairs(right):
                page.get_by_label(str(choice.says)).select_option(partner.code)
        case _:
            page.get_by_label("Réponse").fill(right)
    send(page.get_by_role("button", name="Répondre"))


def test_a_quiz_is_answered_without_javascript(someone: Someone) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/quizzes/")
    page.get_by_role("link", name=str(TEENS.title)).click()
    send(page.get_by_role("button", name="Commencer"))
    send(page.get_by_role("button", name="Répondre"))
    expect(page.get_by_role("alert")).to_contain_text("Il manque quelque chose")
    for question in TEENS.questions:
        answer(page, question)
        expect(page.locator(".alert[role=status]")).to_contain_text("Oui.")
        expect(page.get_by_text(str(question.source))).to_be_visible()
        page.get_by_role("link", name=re.compile("Question suivante|Voir la fin")).click()
    expect(page.get_by_text("Pas de score")).to_be_visible()
    expect(page.get_by_text("3018").first).to_be_visible()
    assert {each["name"] for each in page.context.cookies()} <= {"csrf"}


@pytest.mark.whole
def test_two_times_are_linked_by_six_words(someone: Someone) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/quizzes/11-13/")
    send(page.get_by_role("button", name="La première fois"))
    for _question in TEENS.questions:
        send(page.get_by_role("button", name="Passer cette question"))
    words = page.locator(".words-six").inner_text().split()
    assert len(words) == 6

    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/quizzes/11-13/again/")
    page.get_by_label("Les six mots").fill(" ".join([words[1], words[0], *words[2:]]))
    send(page.get_by_role("button", name="Commencer"))
    press(page, " ".join(words))
    for question in TEENS.questions:
        answer(page, question)
        page.get_by_role("link", name=re.compile("Question suivante|Voir la fin")).click()
    expect(page.get_by_text("Pas de score")).to_be_visible()


def is_at(page: Page, heading: object) -> None:
    """Wait until the page of a class has this heading, and hears keys."""
    expect(page.get_by_role("heading", level=1)).to_have_text(str(heading))
    page.wait_for_load_state()


@pytest.mark.whole
def test_a_class_plays_from_the_keyboard_alone_and_prints(someone: Someone) -> None:
    page = someone(viewport=PROJECTED)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.goto("/fr/quizzes/11-13/")
    begin = page.get_by_role("button", name="Mode classe")
    begin.focus()
    page.keyboard.press("Enter")
    is_at(page, TEENS.questions[0].asks)
    page.keyboard.press("ArrowDown")
    page.keyboard.type("14")
    page.keyboard.press("ArrowDown")
    for _hand in range(11):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    hands = page.locator("[data-hands]")
    expect(hands.nth(0)).to_have_value("14")
    expect(hands.nth(1)).to_have_value("10")
    explanation = page.get_by_text(str(TEENS.questions[0].says))
    expect(explanation).to_be_hidden()
    page.keyboard.press(" ")
    expect(explanation).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("Deux minutes, à deux")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Enter")
    is_at(page, TEENS.questions[1].asks)
    expect(hands.nth(0)).to_have_value("")
    page.keyboard.press("p")
    is_at(page, "Pause")
    page.keyboard.press("Enter")
    is_at(page, TEENS.questions[1].asks)
    page.keyboard.press("z")
    is_at(page, TEENS.questions[0].asks)
    page.keyboard.press("f")
    expect(page.get_by_role("heading", name="À qui en parler")).to_be_visible()
    assert [each for each in sent if each.startswith("POST") or "?" in each] == [
        next(each for each in sent if each.startswith("POST"))  # the beginning, and no hand
    ]

    page = someone(viewport=PROJECTED, accept_downloads=True)
    page.goto("/en/quizzes/11-13/")
    expect(page.get_by_role("heading", level=1)).to_have_text("In the group")
    for paper in ("Answer sheet (PDF)", "Answers explained (PDF)"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=paper).click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
