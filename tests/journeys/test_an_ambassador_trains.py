"""An ambassador follows the module without JavaScript, leaves, and comes back with six words.

They pass, get a certificate and a badge, and verify it. The coordinator revokes it, and it shows.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from balise.awareness.learning.training.rules.paths import course
from balise.awareness.questions.rules.questions import Question
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey

FR = course("fr")
PHONE = {"width": 360, "height": 780}


def answer(page: Page, question: Question) -> None:
    """Give the right answer to the question of the page."""
    for nth, letter in enumerate(question.right[0], 1):
        says = str(next(each.says for each in question.choices if each.code == letter))
        if question.kind == "order":
            page.get_by_label(says).select_option(str(nth))
        else:
            page.locator("label", has_text=says).first.click()
    send(page.get_by_role("button", name="Répondre"))


def verdict(page: Page, sent: Path) -> str:
    """Return what the public page says of a badge."""
    page.goto("/fr/badges/verify/")
    page.get_by_label("Le badge, en fichier").set_input_files(sent)
    send(page.get_by_role("button", name="Vérifier le badge"))
    return page.locator(".alert[role=status]").inner_text()


def test_an_ambassador_trains_and_shows_a_badge(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/training/")
    send(page.get_by_role("button", name="Commencer"))
    for question in FR.test:
        answer(page, question)
    send(page.get_by_role("button", name="Recevoir six mots"))
    words = page.locator(".words-six").inner_text()
    assert len(words.split()) == 6

    page = someone(viewport=PHONE, java_script_enabled=False, accept_downloads=True)
    page.goto("/fr/training/resume/")
    page.get_by_label("Les six mots").fill(words.upper())
    send(page.get_by_role("button", name="Reprendre le module"))
    page.get_by_role("link", name="Commencer").click()
    for lesson in FR.lessons:
        expect(page.get_by_role("heading", level=1)).to_have_text(str(lesson.title))
        for check in lesson.checks:
            answer(page, check)
        page.get_by_role("link", name=re.compile("Leçon suivante|Passer le test final")).click()
    for question in FR.test:
        answer(page, question)
        expect(page.locator(".alert[role=status]")).to_contain_text("Oui.")
        page.get_by_role("link", name=re.compile("Question suivante|Voir le résultat")).click()
    expect(page.get_by_text("Le test est réussi.")).to_be_visible()

    page.get_by_label("Nom sur l’attestation").fill("C. Exemple")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Recevoir l’attestation").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")

    page.locator("label", has_text="Ambassadeur, ambassadrice").click()
    page.locator("label", has_text="J’ai 18 ans ou plus").click()
    send(page.get_by_role("button", name="Recevoir mon badge"))
    save = page.get_by_role("link", name="Enregistrer le badge (SVG)")
    until(lambda: live.drain() or (page.reload() and save.count()), "the badge is never signed")
    number = page.url.rstrip("/").rpartition("/")[2]
    with page.expect_download() as coming:
        save.click()
    badge = tmp_path / "badge.svg"
    coming.value.save_as(badge)
    assert verdict(page, badge).startswith("Valable")

    desk = someone(bypass_csp=True)
    enter(desk, "coordinator")
    desk.goto(f"/staff/awareness/training/badges/{number}/")
    assert not findings(desk)
    desk.get_by_label("Donné par erreur").check()
    send(desk.get_by_role("button", name="Révoquer ce badge"))
    expect(desk.get_by_text("Badge révoqué.")).to_be_visible()
    assert verdict(page, badge).startswith("Révoqué")
