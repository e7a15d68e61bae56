"""L3: an analyst decides by keys alone, without opening; a notice says what was really seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, is_own, press, press_key
from tests.journeys.scenarios.people import enters, report_many, takes
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.safety]

HOST = "images.example"
PATH = "/album/sans-ouvrir"
# Three days ago it was opened, found illegal, and removed; today it is to be decided again.
AGAIN = """
from datetime import timedelta
from django.utils.timezone import localtime
from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.hotline.reports.actions import correcting, removal
from balise.hotline.reports.tests import makers
with clock.at(clock.now() - timedelta(days=3)):
    content = makers.make_content("https://images.example/album/deja-vu", category="hate")
    makers.give_verdict(content.id, makers.make_decision())
    removal.note_removed(content_id=content.id, at=clock.now(), by=SYSTEM)
    seen = localtime(clock.now())
correcting.reopen(content_id=content.id, by=makers.ANALYST)
print("AGAIN", content.id, f"{seen:%-d %B %Y}")
"""
WORDS = "La page appelle à frapper des personnes à raison de leur origine."


def decides(page: Page, key: str) -> None:
    """Choose a verdict by its key and give it; keys are for who is in no field."""
    page.evaluate("document.activeElement.blur()")
    press_key(page, key)
    page.get_by_role("button", name="Enregistrer la qualification").focus()
    page.keyboard.press("Enter")


def test_a_verdict_asks_a_claim_and_an_opening(someone: Someone, live: Live) -> None:
    report_many(live, (f"https://{HOST}{PATH}", {"category": "hate", "danger": True}))
    analyst = someone()
    enters(analyst, "analyst")
    analyst.goto(f"/staff/hotline/queue/?host={HOST}&category=hate")
    analyst.goto(analyst.locator("#rows .q-open").first.get_attribute("href") or "")

    # How sure one is stands nowhere before one says so; nothing that was typed is lost.
    analyst.locator("#id_rationale").fill(WORDS)
    analyst.get_by_label("Infraction").select_option("hate-incitement")
    decides(analyst, "1")
    expect(analyst.locator(".error-summary, [role=alert]").first).to_be_visible()
    expect(analyst.locator("#id_rationale")).to_have_value(WORDS)

    # By keys alone: neither without a claim nor without an opening.
    analyst.get_by_label("Certaine", exact=True).check()
    decides(analyst, "1")
    expect(analyst.get_by_text("Prenez d’abord ce contenu en charge").first).to_be_visible()
    analyst.goto(analyst.url.replace("verdict/", ""))
    press_key(analyst, "c")
    is_own(analyst)
    for key in ("1", "2"):
        analyst.locator("#id_rationale").fill(WORDS)
        analyst.get_by_label("Infraction").select_option("hate-incitement")
        analyst.get_by_label("Certaine", exact=True).check()
        decides(analyst, key)
        expect(analyst.get_by_text("Ouvrez-le d’abord").first).to_be_visible()
        expect(analyst.locator("#id_rationale")).to_have_value(WORDS)

    # Opened, in this claim: an address is shown, and how one knows is asked. “I looked”: one key.
    press_key(analyst, "o")
    expect(analyst.locator("[data-pane]")).to_be_visible()
    decides(analyst, "1")
    expect(analyst.get_by_text("Dites comment vous le savez").first).to_be_visible()
    expect(analyst.locator("#id_rationale")).to_have_value(WORDS)
    analyst.evaluate("document.activeElement.blur()")
    press_key(analyst, "v")
    expect(analyst.get_by_label("Comment le savez-vous ?")).to_have_value("looked")
    decides(analyst, "1")
    expect(analyst.get_by_text("Connu et décidé : Illégal")).to_be_visible()
    analyst.get_by_text("Rédiger une notification à l’hébergeur").click()
    analyst.get_by_text("Je crois de bonne foi").click()
    press(analyst, "Rédiger la notification")
    # In the language of the host.
    expect(analyst.get_by_text(re.compile(r"Seen at this address on \w"))).to_be_visible()


def test_a_notice_says_the_day_on_which_someone_saw_it(someone: Someone, live: Live) -> None:
    told = live.balise("shell", "-v0", "-c", AGAIN).split("AGAIN ")[1].split()
    content, (day, month, year) = f"/staff/hotline/contents/{told[0]}/", told[1:4]
    analyst, lead = someone(), someone()
    enters(analyst, "analyst")
    enters(lead, "hotline_lead")
    analyst.goto(content)
    press_key(analyst, "c")
    is_own(analyst)
    lead.goto(content)
    expect(lead.get_by_text("Pris en charge par un autre analyste")).to_be_visible()

    # By keys, without an opening today: what was found then is known.
    analyst.locator("#id_rationale").fill(WORDS)
    analyst.get_by_label("Infraction").select_option("hate-incitement")
    analyst.get_by_label("Certaine", exact=True).check()
    decides(analyst, "1")
    expect(analyst.get_by_text("Connu et décidé : Illégal")).to_be_visible()
    analyst.get_by_text("Rédiger une notification à l’hébergeur").click()
    analyst.get_by_text("Je crois de bonne foi").click()
    press(analyst, "Rédiger la notification")
    notice = analyst.url

    # Nobody saw it today, and whoever reads the notice reads of that day.
    lead.goto(notice)
    for page in (analyst, lead):
        said = page.get_by_text(re.compile(r"Seen at this address on"))
        expect(said.first).to_contain_text(re.compile(rf"on ({day} {month}|{month} {day},) {year}"))


@pytest.mark.whole
def test_gone_rests_on_something_too(someone: Someone, live: Live) -> None:
    kind = {"category": "shocking"}
    there, nowhere = "videos.example", "disparu-nulle-part.example"
    report_many(live, *((f"https://{host}/gone-or-not", kind) for host in (there, nowhere)))
    analyst = someone()
    enters(analyst, "analyst")
    known = analyst.get_by_text("Connu et décidé : Déjà disparu")

    # What has an address is not gone because someone says so, whether it is traced by now or not.
    takes(analyst, there)
    analyst.get_by_label("Certaine", exact=True).check()
    decides(analyst, "4")
    expect(analyst.get_by_text("Ouvrez-le d’abord : ni la veille").first).to_be_visible()
    expect(known).to_have_count(0)

    # The trace that a claim begins says of the other that its name leads nowhere.
    content = takes(analyst, nowhere)
    said = analyst.get_by_text("Le nom ne mène à aucune adresse publique").first
    live.drain()
    until(lambda: analyst.goto(content) and said.is_visible(), "the trace never came")
    analyst.get_by_label("Certaine", exact=True).check()
    decides(analyst, "4")
    expect(known).to_be_visible()
