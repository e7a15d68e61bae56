"""Reported, judged, traced, notified, refused, told higher up, gone: then counted and proved.

The whole removal of one content, with registers and a name server of our own: nobody takes it down
but the registrar, who was told because the host refused.
"""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from balise.foundation.clock import today
from balise.takedown.tracing.doubles import world
from balise.takedown.tracing.doubles.registers import Ports, Zone, invented_zone, registers
from balise.takedown.tracing.tests.makers import in_a_thread
from tests import temporary
from tests.browser import Someone, press, press_key, send, take_shown
from tests.live import Live, centre
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]

HOST = "salon.example"
PATH = f"{HOST}/sujet/la-haine-ici"
SITE = world.Site(HOST, "203.0.113.41", "Noms Exemple")
CODE = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")
LINK = re.compile(r"https?://\S+/notice/\S+")
DAYS_LATER = """
from datetime import timedelta
from balise.foundation import clock
from balise.takedown.watch.models import Watched
from balise.takedown.watch.tasks import look_at_due
watched = Watched.objects.get(subject="{subject}")
today = clock.now()
for day in range(1, 6):
    with clock.at(today + timedelta(days=day)):
        look_at_due(seconds=3, waits=False)
    watched.refresh_from_db()
    print(watched.seen, watched.state, watched.misses)
"""


@pytest.fixture(scope="module")
def zone() -> Iterator[Zone]:
    """What our name server knows: names go from it as they do when a registrar suspends them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "SITES", (*world.SITES, SITE))
        yield invented_zone()


@pytest.fixture(scope="module")
def live(zone: Zone, furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Give a centre whose tracer asks the registers of this journey alone."""
    ports = Ports(*(temporary.free_port() for _each in range(3)))
    with ExitStack() as stack:
        stack.enter_context(in_a_thread(lambda: registers(zone=zone, ports=ports)))
        yield stack.enter_context(
            centre(
                furnished,
                BALISE_TRACER_LOOPBACK=",".join(f"{n}={at}" for n, at in ports.by_name.items()),
                BALISE_RDAP_BOOTSTRAP=str(tmp_path_factory.mktemp("bootstrap")),
            )
        )


def test_a_refusal_is_climbed(someone: Someone, live: Live, zone: Zone, tmp_path: Path) -> None:
    code = reported(someone())
    analyst = signed_in(someone(), "analyst")
    lead = signed_in(someone(), "hotline_lead")
    before = removals(lead, live)
    content = judged(analyst, live)
    first, link = notified(analyst, live)
    refused(someone(), link)
    told_higher_up(analyst, first, live)

    # The registrar suspends the name. The watch wants to see it missing three times, days apart;
    # the worker of the house may be the first to see it.
    for name in [known for known in zone.records if known[0].endswith(HOST)]:
        del zone.records[name]
    subject = content.rstrip("/").rpartition("/")[2]
    seen = live.balise("shell", "--no-imports", "-c", DAYS_LATER.format(subject=subject))
    assert {int(misses) for misses in re.findall(r"name-gone gone (\d)", seen)} == {3}, seen
    assert not re.search(r"name-gone unknown [3-9]", seen), seen
    comes(analyst, live, content, analyst.locator(".tag:visible", has_text="Retiré").first)
    analyst.goto(first)
    expect(analyst.get_by_text("Refusée par l’hébergeur").first).to_be_visible()

    told_police(analyst, lead, content, live, tmp_path)
    assert removals(lead, live) == before + 1
    reported_for_the_year(lead, live)
    followed_in_english(someone(locale="en-GB"), code)


def signed_in(page: Page, role: str) -> Page:
    page.goto("/staff/demonstration/")
    send(page.locator(f"form:has([name=role][value={role}]) button"))
    expect(page).to_have_url(re.compile(r"/staff/$"))
    return page


def comes(page: Page, live: Live, address: str, there: Locator) -> None:
    """Open a page again and again until something is on it."""
    wrong = f"{there} never came"
    until(lambda: live.drain() or (page.goto(address) and there.count()), wrong)
    expect(there).to_be_visible()


def reported(reporter: Page) -> str:
    reporter.goto("/fr/report/")
    reporter.get_by_label("Adresse de la page").fill(f"https://{PATH}")
    send(reporter.get_by_role("button", name="Continuer"))
    reporter.get_by_text("De la haine ou des appels à la violence").click()
    reporter.get_by_label("Ce qui aide à le trouver").fill("Le troisième message du sujet.")
    send(reporter.get_by_role("button", name="Continuer"))
    send(reporter.get_by_role("button", name="Envoyer mon signalement"))
    expect(reporter.get_by_role("heading", level=1)).to_contain_text("Merci")
    code = CODE.search(reporter.content())
    assert code
    return code[0]


def judged(analyst: Page, live: Live) -> str:
    """Take it, see who can act, look by hold, and be led to the offence by questions."""
    analyst.goto(f"/staff/hotline/queue/?category=hate&host={HOST}")
    send(analyst.locator("#rows .q-open"))
    take_shown(analyst)
    content = analyst.url
    comes(analyst, live, content, analyst.get_by_text("Hébergeur Exemple").first)
    press_key(analyst, "o")
    expect(analyst.get_by_text("abuse@noms.example")).to_be_visible()
    address = analyst.locator(".veil", has_text=PATH)
    expect(address).not_to_have_class(re.compile("veil-off"))
    analyst.get_by_role("button", name="Maintenir pour voir l’adresse").focus()
    analyst.keyboard.down(" ")
    expect(address).to_have_class(re.compile("veil-off"))
    analyst.keyboard.up(" ")
    expect(address).not_to_have_class(re.compile("veil-off"))
    press_key(analyst, "x")
    expect(analyst.locator("[data-pane]")).to_have_count(0)

    for key, asked in (
        ("q", "De quoi s’agit-il"),
        ("5", "Que font ces propos"),
        ("1", "Est-ce public"),
        ("y", "Vise-t-il des personnes"),
        ("y", "Provocation à la discrimination"),
    ):
        press_key(analyst, key)
        expect(analyst.locator("#verdict-form :is(legend, h3)[autofocus]")).to_contain_text(asked)
    analyst.get_by_label("Certaine", exact=True).check()
    analyst.get_by_label("Comment le savez-vous ?").select_option("looked")
    send(analyst.get_by_role("button", name="Enregistrer la qualification"))
    expect(analyst.get_by_text("Connu et décidé : Illégal")).to_be_visible()
    return content


def notified(analyst: Page, live: Live) -> tuple[str, str]:
    """Draft the notice from the verdict's own reasons and send it; return it, and its link."""
    analyst.get_by_text("Rédiger une notification à l’hébergeur").click()
    analyst.get_by_text("Je crois de bonne foi").click()
    send(analyst.get_by_role("button", name="Rédiger la notification"))
    expect(analyst.locator(".words").first).to_contain_text("Les propos provoquent")
    expect(analyst.get_by_text("100 points sur 100")).to_be_visible()
    send(analyst.get_by_role("button", name="Envoyer tout de suite"))
    body = live.mail(to="abuse@hebergeur.example", containing=PATH).get_body(("plain",))
    assert body
    link = LINK.search(body.get_content())
    assert link
    return analyst.url, link[0]


def refused(host: Page, link: str) -> None:
    host.goto(link)
    host.get_by_text("Nous ne le retirons pas").click()
    host.get_by_label("Motif, ou ce qu’il vous faut").fill("Nous y voyons une opinion.")
    send(host.get_by_role("button", name="Envoyer cette réponse"))
    expect(host.get_by_text("Merci, nous avons votre réponse")).to_be_visible()


def told_higher_up(analyst: Page, first: str, live: Live) -> None:
    """Read the refusal, approve the registrar's contact that the trace found, and tell them."""
    comes(analyst, live, first, analyst.get_by_text("L’hébergeur a répondu"))
    analyst.get_by_role("link", name="Lire et classer").click()
    expect(analyst.get_by_text("Nous y voyons une opinion.")).to_be_visible()
    press(analyst, "Confirmer ce sens")
    analyst.goto("/staff/takedown/directory/?words=noms")
    analyst.get_by_role("main").get_by_role("link", name="Noms Exemple").click()
    send(analyst.get_by_role("button", name="Approuver"))
    expect(analyst.get_by_text("des notifications peuvent y être envoyées")).to_be_visible()

    analyst.goto(first)
    expect(analyst.get_by_text("L’hébergeur refuse d’agir").first).to_be_visible()
    climb = analyst.locator("#climb")
    climb.get_by_label("Bureau d’enregistrement", exact=True).check()
    contact = climb.locator("option", has_text="abuse@noms.example").get_attribute("value")
    climb.get_by_label("Point de contact dans l’annuaire").select_option(value=contact)
    send(climb.get_by_role("button", name="Continuer"))
    expect(analyst.get_by_text("La notification de l’étape suivante est rédigée")).to_be_visible()
    send(analyst.get_by_role("button", name="Envoyer tout de suite"))
    assert live.mail(to="abuse@noms.example", containing=PATH)


def told_police(analyst: Page, lead: Page, content: str, live: Live, folder: Path) -> None:
    """Prepare the dossier, have someone else approve it, and check the package outside."""
    analyst.goto(content)
    analyst.get_by_text("Préparer un dossier police").click()
    send(analyst.locator("#police").locator("..").get_by_role("button", name="dossier").last)
    expect(analyst.get_by_text("Quelqu’un d’autre doit approuver")).to_be_visible()
    lead.goto(analyst.url)
    send(lead.get_by_role("button", name="Approuver"))
    download = lead.get_by_role("button", name="Télécharger, non chiffré")
    comes(lead, live, analyst.url, download)
    with lead.expect_download() as package:
        download.click()
    file = folder / package.value.suggested_filename
    package.value.save_as(file)
    found = json.loads(live.balise("dossier", "verify", str(file), "--json"))
    assert (found["valid"], found["problems"]) == (True, [])
    assert found["timestamped_at"]
    send(lead.get_by_role("button", name="Je l’ai déposé sur le portail"))
    expect(lead.get_by_text("Noté comme transmis")).to_be_visible()


def removals(lead: Page, live: Live) -> int:
    """Return how many contents of the host were removed, by the figures of the watch.

    All of the demonstration's past is heard of first; a worker beside may still hear its last
    part: two looks say the same.
    """
    live.drain()
    in_ten_days = today() + timedelta(days=10)
    row = lead.get_by_role("row").filter(
        has=lead.get_by_role("rowheader", name="Hébergeur Exemple")
    )
    seen = [-1]

    def says_the_same() -> bool:
        lead.goto(f"/staff/takedown/watch/removals/?until={in_ten_days}")
        seen.append(int(row.get_by_role("cell").first.inner_text()) if row.count() else -1)
        return seen[-1] == seen[-2] != -1

    until(says_the_same, "the worker never came to the end of the past")
    return seen[-1]


def reported_for_the_year(lead: Page, live: Live) -> None:
    """Find word against fact; in the yearly report, only what was sent as trusted flagger."""
    lead.goto("/staff/takedown/statements/")
    contradicted = lead.get_by_role("row").filter(has_text="L’hébergeur refuse d’agir")
    expect(contradicted.get_by_text("Refusé, mais disparu")).to_be_visible()
    year = str(today().year)
    written = live.balise("trusted-flagger-report", "--year", year, "--json")
    report = json.loads(written)
    assert report["total"] == sum(report["by_provider"].values()) > 0
    assert "Hébergeur Exemple" not in report["by_provider"]
    assert HOST not in written


def followed_in_english(reporter: Page, code: str) -> None:
    reporter.goto("/en/follow/")
    reporter.get_by_label("Your code").fill(code)
    send(reporter.get_by_role("button", name="Open my report"))
    expect(reporter.get_by_text("They refused to remove it")).to_be_visible()
    expect(reporter.get_by_text("It is no longer at that address")).to_be_visible()
