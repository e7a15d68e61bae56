"""A coordinator's day with a deck: read by a second person, under embargo, public, corrected.

A reader without an account looks at the same address all along.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from balise.foundation import clock
from tests.browser import Someone, send
from tests.journeys.test_a_director_steers import DESK, PHONE, opens, seen
from tests.journeys.test_pages_are_accessible import enter
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]

TITLE = "Une saison sous le signe de l’écoute"


def takes(page: Page, edition: str, step: str) -> None:
    """Press the button of a step of the edition's life."""
    page.goto(f"{edition}life/")
    send(page.locator(f"form:has([name=do][value={step}]) button"))


def opened(page: Page, edition: str, summary: str) -> None:
    """Open a step that has fields of its own."""
    page.goto(f"{edition}life/")
    page.get_by_text(summary).click()


def is_read_and_frozen(writer: Page, reader: Page, edition: str) -> None:
    """Have a second person approve, and freeze."""
    takes(writer, edition, "review")
    expect(writer.get_by_text("En relecture").first).to_be_visible()
    opened(reader, edition, "Approuver en tant que deuxième personne")
    for tick in reader.locator("[name=ticks]").all():
        tick.check()
    seen(reader)
    send(reader.locator("form:has([name=do][value=approve]) button"))
    writer.goto(f"{edition}freeze/")
    send(writer.get_by_role("button", name="Figer l’édition"))


def is_public(page: Page, live: Live, edition: str, *, at: str = "") -> None:
    """Let everyone read it once its files are drawn, now or from a moment."""
    button = page.get_by_role("button", name="La rendre publique")
    until(lambda: live.drain() or (page.goto(edition) and button.count()), "no file was drawn")
    page.locator("[name=publish_at]").fill(at)
    send(button)


def test_a_deck_is_read_waits_is_public_and_is_corrected(someone: Someone, live: Live) -> None:
    writer, second = (someone(viewport=DESK, bypass_csp=True) for _ in range(2))
    enter(writer, "steering")
    enter(second, "steering_office")
    anyone = someone(viewport=PHONE, bypass_csp=True)
    today = clock.today()
    figures = f"/fr/figures/{today.isoformat()}/"

    edition = opens(writer, today)
    writer.goto(f"{edition}pages/three/")
    writer.locator("[name=titles_fr]").fill(TITLE)
    send(writer.get_by_role("button", name="Enregistrer"))
    is_read_and_frozen(writer, second, edition)

    # Under embargo nothing is there for anyone, as on a day that has no edition.
    tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    is_public(writer, live, edition, at=tomorrow)
    expect(writer.get_by_text("Sous embargo").first).to_be_visible()
    assert anyone.request.get(figures).status == 404
    takes(writer, edition, "hold")
    is_public(writer, live, edition)
    assert anyone.request.get(figures).status == 200

    # A label was wrong: a new edition corrects it, and the old page says so.
    opened(writer, edition, "La corriger par une nouvelle édition")
    form = writer.locator("form:has([name=do][value=correct])")
    form.locator("[name=erratum]").select_option("1")
    form.locator("[name=reason_fr]").fill("Un libellé prêtait à confusion.")
    form.locator("[name=reason_en]").fill("A label was misleading.")
    send(form.locator("button"))
    writer.goto("/staff/steering/editions/")
    writer.get_by_role("link", name=str(today.day)).first.click()
    correction = writer.url
    assert correction != edition
    is_read_and_frozen(writer, second, correction)
    is_public(writer, live, correction)
    anyone.goto(figures)
    expect(anyone.get_by_text("Un libellé prêtait à confusion.").first).to_be_visible()
    seen(anyone)
    writer.goto(f"{correction}life/")
    writer.get_by_role("link", name="Changements").first.click()
    expect(writer.locator("table").first).to_be_visible()
    seen(writer)
