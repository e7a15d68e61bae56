"""People are met in the field.

An ambassador scans the QR code of a kit, declares a workshop without a network and leaves quickly;
back with a network, it is sent once. A school asks again for a visit: the return rate moves, the
helpline's forecast rises on the planned day, and people are counted by class level.
"""

import json
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Error, Page, expect

from balise.foundation import clock
from tests.browser import Someone, send
from tests.journeys.test_a_teacher_downloads_a_kit import until_says
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
STAFF = "/staff/awareness/fieldwork/"
# Met last season in the demonstration, and has not asked again.
SCHOOL, AREA = "Collège des Goélands", "44"

_STRUCTURE = """
from balise.awareness.places.structures.actions import registering
from balise.awareness.places.structures.models import CODE, LINE, Structure
from balise.awareness.places.structures.rules.facts import Facts
from balise.awareness.places.structures.rules.facts import StructureKind
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import key_of_line
made = registering.register(
    facts=Facts(
        name="La Vigie",
        kind=StructureKind.LOCAL,
        country="FR",
        commune="Rennes",
        postcode="35000",
    ),
    by=SYSTEM,
)
row = Structure.objects.get(id=made)
said = key_of_line(LINE, row.id).open(row.sealed_code, where=CODE, row=row.id)
print("CODE", said["code"])
"""
_DECLARED = """
from balise.awareness.places.fieldwork.models import Workshop
heads = {"11-13": 26, "parents": 4, "professionals": 1}
rows = [row for row in Workshop.objects.all() if row.heads == heads]
print("SENT", len(rows), [row.edition for row in rows])
"""


def waiting(page: Page) -> list[dict[str, object]]:
    """Return the declarations that wait on a phone."""
    found = page.evaluate("JSON.parse(localStorage.getItem('workshops')) ?? []")
    return list(found)


def test_a_workshop_declared_offline_is_sent_once(someone: Someone, live: Live) -> None:
    code = live.balise("shell", "-v0", "-c", _STRUCTURE).split("CODE ")[1].strip()
    phone = someone(viewport=PHONE)
    until_says(phone, live, "/media/kits/")
    scanned = phone.get_by_role("link", name="Déclarer un atelier").get_attribute("href") or ""
    phone.goto(f"{scanned}#{code}")
    expect(phone.locator("[data-workshop][data-ready]")).to_have_count(1)
    assert code not in phone.url

    phone.context.set_offline(True)
    phone.goto(scanned)
    expect(phone.get_by_text("Tout marche. L’envoi se fera plus tard.")).to_be_visible()
    phone.get_by_label("11 à 13 ans", exact=True).fill("26")
    phone.get_by_label("Parents", exact=True).fill("4")
    send(phone.get_by_role("button", name="Un de plus : Professionnels"))
    expect(phone.get_by_text("31 personnes. Jamais de nom.")).to_be_visible()
    send(phone.get_by_role("button", name="Suite"))
    send(phone.get_by_role("button", name="Déclarer l’atelier"))
    expect(phone.get_by_role("heading", name="C’est noté sur ce téléphone")).to_be_visible()
    expect(phone.get_by_text("En attente")).to_be_visible()
    (kept,) = waiting(phone)

    phone.get_by_role("link", name="Quitter vite").click()
    phone.wait_for_url(re.compile("meteofrance|chrome-error"))  # no network leads there
    with pytest.raises(Error):
        phone.goto(scanned)  # the copy is gone, and nothing of ours is shown
    expect(phone.locator("body")).not_to_contain_text("atelier")

    phone.context.set_offline(False)
    phone.goto("/")  # who comes back of their own accord types our name
    goes_on = [each["key"] for each in waiting(phone)]
    assert goes_on == [kept["key"]]
    phone.goto(scanned)
    expect(phone.get_by_text("Envoyée")).to_be_visible()
    assert waiting(phone) == []
    phone.reload()
    expect(phone.get_by_text("La Vigie")).to_be_visible()
    assert re.search(r"SENT 1 \[\d+\]", live.balise("shell", "-v0", "-c", _DECLARED))


def returned(page: Page) -> int:
    """Return how many schools of the last season asked again, as the figures say it."""
    page.goto(f"{STAFF}figures/")
    row = page.locator("main table").first.locator("tbody tr").first
    return int(row.locator("td").nth(2).inner_text())


def lessons_on(live: Live, day: date) -> float:
    """Return the contacts that the helpline expects of lessons on a day."""
    said = json.loads(live.balise("forecast", "--week", day.isoformat(), "--json"))
    return float(next(each["lessons"] for each in said["days"] if each["day"] == day.isoformat()))


@pytest.mark.whole
def test_a_school_asks_again_and_the_forecast_rises(someone: Someone, live: Live) -> None:
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    coordinator = someone(viewport=DESK)
    enter(coordinator, "coordinator")
    before, rises_from = returned(coordinator), lessons_on(live, tomorrow)

    school = someone(viewport=PHONE, bypass_csp=True)  # for axe
    school.goto("/fr/school-visit/")
    assert findings(school) == []
    school.get_by_label("Nom de l’établissement").fill(SCHOOL)
    school.get_by_label("Territoire").select_option(AREA)
    school.locator("label", has_text=re.compile("^6e$")).click()
    school.get_by_label("Nombre d’élèves").fill("1000")
    school.locator("[name=wished_from]").fill(today.isoformat())
    school.locator("[name=wished_to]").fill((today + timedelta(days=30)).isoformat())
    school.get_by_label("Votre nom").fill("Vie scolaire")
    school.get_by_label("Votre adresse e-mail").fill("goelands@college.example")
    send(school.get_by_role("button", name="Demander une visite"))
    expect(school.get_by_text("Votre demande est enregistrée")).to_be_visible()
    assert returned(coordinator) == before + 1

    coordinator.goto(STAFF)
    coordinator.get_by_role("link", name=SCHOOL).first.click()
    coordinator.locator("[name=planned_on]").fill(tomorrow.isoformat())
    coordinator.get_by_label("Vient en tant que").select_option("staff")
    send(coordinator.get_by_role("button", name="Fixer le jour"))
    expect(coordinator.get_by_text("Le jour est fixé.")).to_be_visible()
    assert lessons_on(live, tomorrow) > rises_from + 1
    lead = someone(viewport=DESK)
    enter(lead, "helpline_lead")
    lead.goto(f"/staff/helpline/staffing/?day={tomorrow.isoformat()}")
    expect(lead.get_by_text("Séances prévues : +").first).to_be_visible()
    live.mail(to="goelands@college.example", containing=SCHOOL)

    coordinator.locator("[name=planned_on]").fill(today.isoformat())
    send(coordinator.get_by_role("button", name="Fixer le jour"))
    coordinator.locator("[name=heads_6e]").fill("27")
    send(coordinator.get_by_role("button", name="Enregistrer les personnes rencontrées"))
    expect(coordinator.get_by_text("6e (27)")).to_be_visible()
    letter = live.mail(to="goelands@college.example", containing="/fr/after-visit/")
    body = letter.get_body(("plain",))
    link = re.findall(r"/fr/after-visit/\S+", body.get_content() if body else "")[0]
    school.goto(link)
    school.locator("label[for]", has_text="utile").nth(1).click()
    send(school.get_by_role("button", name="Envoyer votre réponse"))
    expect(school.get_by_text("Merci pour votre réponse")).to_be_visible()
