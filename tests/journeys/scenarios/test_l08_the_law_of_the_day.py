"""L8: facts of 2012, decided today: no offence that began later is offered, and the notice names
the law of that day.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send, take_shown
from tests.journeys.scenarios.people import DESK, PHONE, enters
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_rests")]

ADDRESS = "https://images.example/page/of-2012"
DAY = "2012-03-12"
LATER = ("harassment", "intimate-images", "sexual-montage", "csam-requesting", "inciting-minor")


def reports(reporter: Page) -> None:
    """Report an address, and say that it was met in March 2012."""
    reporter.goto("/fr/report/")
    reporter.get_by_label("Adresse de la page").fill(ADDRESS)
    send(reporter.get_by_role("button", name="Continuer"))
    reporter.get_by_text("De la haine ou des appels à la violence").click()
    reporter.locator("input[name=met_on]").fill(DAY)
    send(reporter.get_by_role("button", name="Continuer"))
    send(reporter.get_by_role("button", name="Envoyer mon signalement"))
    expect(reporter.get_by_role("heading", level=1)).to_contain_text("Merci")


def finds(analyst: Page) -> None:
    """Take the content that was reported, and see what its reporter said."""
    analyst.goto("/staff/hotline/queue/?category=hate&host=images.example")
    send(analyst.locator("#rows .q-open").first)
    take_shown(analyst)
    send(analyst.get_by_role("button", name="Ouvrir les données chiffrées"))
    expect(analyst.get_by_text(ADDRESS)).to_be_visible()


def test_facts_of_2012_are_named_by_the_law_of_2012(someone: Someone, live: Live) -> None:
    reports(someone(viewport=PHONE))
    analyst = someone(viewport=DESK)
    enters(analyst, "analyst")
    finds(analyst)

    # The day that the reporter said goes into the verdict, as the latest that it can be.
    send(analyst.get_by_role("button", name=re.compile("Retenir comme date des faits")))
    expect(analyst.locator("input[name=facts_on]")).to_have_value(DAY)
    analyst.locator("#verdict-facts summary", has_text="12 mars 2012 au plus tard").click()
    expect(analyst.get_by_label("Ce jour-là au plus tard")).to_be_checked()
    analyst.get_by_label("Ils sont connus").check()

    # Nothing that began later is offered, and none of its questions is asked.
    offered = analyst.locator("select[name=offence] option")
    codes = {option.get_attribute("value") for option in offered.all()}
    assert "hate-incitement" in codes
    assert codes.isdisjoint(LATER)
    answers(analyst, "De la haine contre des personnes")
    answers(analyst, "Ils appellent à la violence, à la haine ou à la discrimination")
    answers(analyst, "Oui")
    expect(analyst.get_by_text("handicap")).to_be_visible()
    expect(analyst.get_by_text("identité de genre")).to_have_count(0)
    answers(analyst, "Oui")
    expect(analyst.get_by_text("loi n° 2004-1486")).to_be_visible()
    analyst.get_by_label("Certaine", exact=True).check()
    analyst.get_by_label("Comment le savez-vous ?").select_option("looked")
    send(analyst.get_by_role("button", name="Enregistrer la qualification"))
    expect(analyst.get_by_text("Illégal : à retirer").first).to_be_visible()
    expect(analyst.get_by_role("heading", name="Droit applicable aux faits")).to_be_visible()

    # The notice names the text of 2012, and none of today's.
    analyst.get_by_text("Rédiger une notification à l’hébergeur").click()
    analyst.get_by_text("Je crois de bonne foi").click()
    send(analyst.get_by_role("button", name="Rédiger la notification"))
    send(analyst.get_by_role("button", name="Envoyer tout de suite"))
    mail = live.mail(to="abuse@images.example", containing="of-2012")
    body = mail.get_body()
    assert body is not None
    words = " ".join(body.get_content().split())
    assert "article 24, paragraphs 8 and 9, of the French Act of 29 July 1881" in words
    assert re.search(r"Facts of (12 March|March 12,) 2012\.", words)
    assert "Act 2004-1486 of 30 December 2004, in force from" in words
    assert not re.search(r"Act (2012-954|2014-1353|2017-86|2021-1109)", words)


def answers(analyst: Page, words: str) -> None:
    """Give one answer of the question that is asked, and wait for what it leads to."""
    form = analyst.locator("#verdict-form")
    before = form.locator("input[name=answers]").input_value()
    send(form.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first)
    expect(form.locator("input[name=answers]")).not_to_have_value(before)
