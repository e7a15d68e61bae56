"""An emerging use is noticed, the month's rise stands beside it, partners are told.

A briefing is frozen, mailed to a mailbox and read; a recommendation is answered, and the public
page says so.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from balise.foundation import clock
from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.ticking, pytest.mark.whole]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
ADDRESS = "veille@partenaire-lointain.example"
TRENDS = "/staff/awareness/trends/"
USE = "Messages cachés dans des parties privées"
_REPORTS = """
from datetime import timedelta
from uuid import uuid4
from django.db import transaction
from balise.foundation.actors import ANYONE
from balise.foundation.clock import today
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code
from balise.hotline.reports.events import ReportFinished
from balise.hotline.reports.rules.words import Channel
day = today() - timedelta(days=1)
months, many = [day.replace(day=1)], (600, 100, 100, 100)
for _month in range(3):
    months.append((months[-1] - timedelta(days=1)).replace(day=1))
# Beside the small numbers of the centre's past the smallest large one is withheld: of the others.
with transaction.atomic():
    for on, times in zip(months, many):
        for category, reports in (("grooming", times), ("unknown", 12)):
            record_many([ReportFinished(subject=uuid4(), channel=Channel.WEB,
                category=Code(category), age_band=Code("13-14"), abandoned=False,
                received_on=on)] * reports, by=ANYONE)
"""


def seen(page: Page) -> None:
    """Check that a page is accessible, and fits."""
    assert not findings(page), page.url


def notice(page: Page) -> None:
    """Note an emerging use; without the day on which someone saw it, nothing is written or lost."""
    page.goto(f"{TRENDS}add/")
    page.get_by_label("Titre").fill(USE)
    page.get_by_label("Signe").fill("Des élèves s’écrivent dans une partie fermée d’un jeu.")
    page.get_by_label("Sujet").select_option("games")
    page.get_by_label("Source").select_option("field")
    page.get_by_label("Vu par").select_option("trainer")
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_label("Titre")).to_have_value(USE)
    day = clock.today() - timedelta(days=4)
    page.get_by_label("Vu pour la première fois le").fill(day.isoformat())
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_role("heading", level=1)).to_have_text(USE)
    seen(page)


def rise_beside(page: Page, live: Live) -> None:
    """Wait until the worker has counted what was reported; the notebook shows both."""
    rises = page.locator("section", has_text="Hausses du mois").locator("tbody tr")
    until(lambda: live.drain() or (page.goto(TRENDS) and rises.count()), "no rise is counted")
    expect(page.get_by_role("link", name=USE)).to_be_visible()
    seen(page)


def receive(page: Page, live: Live, partner: Page) -> None:
    """Add a partner's contact who asked; they confirm from their mailbox, on a phone."""
    page.goto(f"{TRENDS}readers/")
    page.get_by_text("Ajouter un contact qui l’a demandé").click()
    page.get_by_label("Organisation").select_option(label="Association Passerelles")
    page.get_by_label("Adresse e-mail").fill(ADDRESS)
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("À confirmer par la personne")).to_be_visible()
    expect(page.get_by_text(ADDRESS)).to_have_count(0)
    asked = live.mail(to=ADDRESS)
    partner.goto(link_in(asked.get_body(("plain",)), r"/fr/briefing-news/\S+"))
    seen(partner)
    send(partner.get_by_role("button", name="Oui, m’envoyer les notes"))
    expect(partner.get_by_text("Votre adresse est confirmée")).to_be_visible()
    unsure = page.get_by_text("À confirmer par la personne")
    until(lambda: live.drain() or (page.reload() and not unsure.count()), "never confirmed")


def link_in(body: object, pattern: str) -> str:
    found = re.search(pattern, body.get_content())  # type: ignore[attr-defined]  # a mail's text
    assert found
    return found[0]


def test_an_emerging_use_reaches_a_partner(someone: Someone, live: Live) -> None:
    page = someone(viewport=DESK, bypass_csp=True)
    partner = someone(viewport=PHONE, bypass_csp=True, accept_downloads=True)
    live.balise("shell", "-v0", "-c", _REPORTS)
    enter(page, "coordinator")
    notice(page)
    rise_beside(page, live)
    receive(page, live, partner)

    page.goto(f"{TRENDS}briefings/")
    page.get_by_text("Commencer une note").click()
    page.get_by_label("Titre").fill("Les jeux, ce mois-ci")
    send(page.get_by_role("button", name="Commencer"))
    page.get_by_label(re.compile(USE)).check()
    page.get_by_role("group", name="Hausses").get_by_role("checkbox").first.check()
    seen(page)
    send(page.get_by_role("button", name="Enregistrer"))
    send(page.get_by_role("button", name="Figer et envoyer"))
    expect(page.get_by_text("Elle ne change plus")).to_be_visible()
    seen(page)

    told = live.mail(to=ADDRESS, containing="Les jeux, ce mois-ci")
    assert [each.get_filename() for each in told.iter_attachments()] == ["briefing-2.pdf"]
    partner.goto(link_in(told.get_body(("plain",)), r"/fr/briefings/\S+"))
    expect(partner.get_by_role("heading", name=USE)).to_be_visible()
    expect(partner.get_by_role("table")).to_be_visible()
    seen(partner)
    with partner.expect_download() as coming:
        partner.get_by_role("link", name="Télécharger (PDF)").click()
    assert coming.value.suggested_filename == "briefing-2.pdf"


def test_an_answer_to_a_recommendation_is_public(someone: Someone) -> None:
    page = someone(viewport=DESK, bypass_csp=True)
    anyone = someone(viewport=PHONE, bypass_csp=True)
    anyone.goto("/fr/opinions/")
    plateau = anyone.locator("article", has_text="Plateau Jeux")
    expect(plateau).to_contain_text("Sans réponse dans le délai")
    seen(anyone)

    enter(page, "coordinator")
    page.goto("/staff/awareness/partners/groups/")
    page.get_by_role("link", name="Dialogue avec les éditeurs de jeux").click()
    seen(page)
    page.locator("main").get_by_role("link", name=re.compile("Plateau Jeux")).click()
    page.get_by_text("Noter la suite").click()
    page.get_by_label("Suite").select_option("answered")
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("Saisissez en bref ce qui a été répondu.").first).to_be_visible()
    page.get_by_label("En bref").fill("Un accord sera demandé dès janvier.")
    send(page.get_by_role("button", name="Enregistrer"))
    expect(page.locator("main")).to_contain_text("Répondue")

    anyone.reload()
    expect(plateau).to_contain_text("Répondue")
    expect(plateau).to_contain_text("Un accord sera demandé dès janvier.")
    anyone.goto("/fr/partners/")
    expect(anyone.get_by_role("heading", name="Réseau Phare Europe")).to_be_visible()
    seen(anyone)
