"""A parent answers a survey on a telephone without JavaScript, leaves, resumes, changes, sends.

Once in French, once in English; the head of awareness then reads the free text and redacts it. The
pages are looked at by axe where a script may run.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter, findings

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 780}
SURVEY = "/fr/surveys/phone-at-night/"
HEADING = "Le téléphone, la nuit"


def choose(page: Page, *answers: str, go: str = "Suivante") -> None:
    """Tick answers of a page, and go on."""
    for says in answers:
        page.locator("label", has_text=says).first.click()
    send(page.get_by_role("button", name=go))


def test_a_parent_answers_leaves_resumes_and_sends(someone: Someone) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/surveys/")
    page.locator("li", has_text=HEADING).get_by_role("link", name="Voir l’enquête").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADING)
    send(page.get_by_role("button", name="Commencer"))
    send(page.get_by_role("button", name="Suivante"))
    expect(page.get_by_role("alert")).to_be_visible()
    choose(page, "11 à 14 ans")
    choose(page, "Oui")
    expect(page.get_by_text("Question 3 sur")).to_be_visible()
    words = page.locator(".survey-words .code").inner_text()
    assert len(words.split()) == 6
    page.get_by_role("link", name="Quitter vite").click()

    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/surveys/resume/")
    page.get_by_label("Les six mots").fill(words.upper())
    send(page.get_by_role("button", name="Ouvrir les réponses"))
    expect(page.get_by_text("Question 3 sur")).to_be_visible()
    page.get_by_role("link", name="Précédente").click()
    choose(page, "Non")  # no phone: the next question is not asked any more
    for nth in range(2):
        group = page.get_by_role("group").nth(nth)
        group.locator("label", has_text="Parfois").click()
    send(page.get_by_role("button", name="Suivante"))
    choose(page)  # left out
    page.get_by_label("Réponse").fill("Poser aussi le mien.")
    send(page.get_by_role("button", name="Suivante"))
    expect(page.get_by_text("Poser aussi le mien.")).to_be_visible()
    expect(page.get_by_text("sans réponse")).to_be_visible()
    send(page.get_by_role("button", name="Envoyer"))
    expect(page.get_by_text("Les réponses sont envoyées.")).to_be_visible()

    page.goto("/fr/surveys/resume/")
    page.get_by_label("Les six mots").fill(words)
    send(page.get_by_role("button", name="Ouvrir les réponses"))
    expect(page.get_by_role("alert")).to_contain_text("envoyé")


@pytest.mark.whole
def test_the_same_in_english_and_a_text_is_redacted(someone: Someone) -> None:
    page = someone(viewport=PHONE)
    for place in ("", "resume/", "phone-at-night/wording/1/", "phone-at-night/"):
        page.goto(f"/en/surveys/{place}")
        assert findings(page) == [], place
    press(page, "Begin the survey")
    assert findings(page) == []
    choose(page, "6 to 10", go="Next")
    choose(page, "I would rather not answer", go="Next")
    expect(page.get_by_text("At home, these evenings:").first).to_be_visible()

    lead = someone()
    enter(lead, "awareness_lead")
    lead.goto("/staff/awareness/surveys/")
    assert findings(lead) == []
    lead.get_by_role("link", name=HEADING).click()
    lead.get_by_role("link", name="textes libres à lire").click()
    assert findings(lead) == []
    expect(lead.locator("blockquote")).to_have_count(3)
    send(lead.get_by_role("button", name="Montrer le texte expurgé").first)
    expect(lead.locator("blockquote")).to_have_count(2)
    expect(lead.get_by_role("heading", name="Textes qui peuvent être montrés")).to_be_visible()
    assert findings(lead) == []
    send(lead.get_by_role("button", name="Ne plus le montrer"))
    expect(lead.get_by_role("button", name="Ne plus le montrer")).to_have_count(0)
