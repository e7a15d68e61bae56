"""Anyone reports an address; an analyst has it removed; the reporter reads the answer."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Someone, hears, press, send, take_shown
from tests.live import Live
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("nobody_rests")]

ADDRESS = "https://images.example/page/on-the-way"
LONGEST_WAIT = 3_000  # milliseconds that a form waits for what is being saved: public.js
CODE = re.compile(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}")


def sign_in_as(page: Page, role: str) -> None:
    page.goto("/staff/demonstration/")
    send(page.get_by_role("button", name=role).first)
    expect(page).to_have_url(re.compile(r"/staff/$"))


def sees_it_gone(reporter: Page, live: Live) -> None:
    """Look again until the worker has passed it on."""
    gone = reporter.get_by_text("il n’est plus à cette adresse")
    wrong = "it is never said"
    until(lambda: live.drain() or (reporter.goto("/fr/follow/") and gone.is_visible()), wrong)


def says_they_looked_and_are_sure(analyst: Page) -> None:
    """Say how one knows, and how sure one is."""
    analyst.get_by_label("Comment le savez-vous ?").select_option("looked")
    analyst.get_by_label("Certaine", exact=True).check()


@pytest.mark.safety
def test_a_report_goes_the_whole_way(someone: Someone, live: Live) -> None:
    # A young person reports, on a phone.
    reporter = someone(viewport={"width": 360, "height": 740})
    reporter.goto("/")
    reporter.get_by_role("link", name="Signaler un contenu").first.click()
    reporter.get_by_label("Adresse de la page").fill("hxxps://images[.]example/page/on-the-way")
    send(reporter.get_by_role("button", name="Continuer"))
    expect(reporter.get_by_text(ADDRESS)).to_be_visible()
    reporter.get_by_text("De la haine ou des appels à la violence").click()
    reporter.get_by_label("Ce qui aide à le trouver").fill("La deuxième image de la page.")
    send(reporter.get_by_role("button", name="Continuer"))
    reporter.get_by_text("13 ou 14 ans").click()
    send(reporter.get_by_role("button", name="Envoyer mon signalement"))
    expect(reporter.get_by_role("heading", level=1)).to_contain_text("Merci")
    code = CODE.search(reporter.content())
    assert code

    # An analyst finds it by its host, opens it and decides.
    analyst = someone()
    sign_in_as(analyst, "Analyste")
    analyst.goto("/staff/hotline/queue/?category=hate&host=images.example")
    send(analyst.locator("#rows .q-open").first)
    take_shown(analyst)
    send(analyst.get_by_role("button", name="Ouvrir les données chiffrées"))
    expect(analyst.get_by_text(ADDRESS)).to_be_visible()
    expect(analyst.get_by_text("La deuxième image de la page.")).to_be_visible()
    analyst.get_by_role("group", name="Qualification").get_by_text(
        "Illégal", exact=False
    ).first.click()
    analyst.get_by_label("Infraction").select_option("hate-incitement")
    analyst.get_by_label("Pourquoi").fill("Appelle à frapper des personnes pour leur origine.")
    says_they_looked_and_are_sure(analyst)
    send(analyst.get_by_role("button", name="Enregistrer la qualification"))
    expect(analyst.get_by_text("Illégal : à retirer").first).to_be_visible()
    content = analyst.url

    # The notice goes to the host's abuse contact, complete to article 16(2).
    analyst.get_by_text("Rédiger une notification à l’hébergeur").click()
    analyst.get_by_label("Pourquoi c’est illégal").fill(
        "La page appelle à frapper des personnes à raison de leur origine, ce que la loi interdit."
    )
    analyst.get_by_text("Je crois de bonne foi").click()
    send(analyst.get_by_role("button", name="Rédiger la notification"))
    expect(analyst.get_by_text("images.example/page/on-the-way").first).to_be_visible()
    send(analyst.get_by_role("button", name="Envoyer tout de suite"))
    mail = live.mail(to="abuse@images.example", containing="on-the-way")
    assert mail["Message-ID"]

    # The host removes it: the reporter reads so with the code.
    outcome = analyst.locator("summary", has_text="Suite")
    wrong = "it is never said to be sent"
    until(lambda: live.drain() or (analyst.reload() and outcome.count()), wrong)
    outcome.click()
    analyst.get_by_text("Le contenu a été retiré").first.click()
    press(analyst, "Noter la suite")
    analyst.goto(content)
    expect(analyst.locator(".tag:visible", has_text="Retiré").first).to_be_visible()
    press(reporter, "Le code est gardé : l’effacer de cet appareil")
    reporter.goto("/fr/follow/")
    reporter.get_by_label("Le code").fill(code[0])
    send(reporter.get_by_role("button", name="Ouvrir mon signalement"))
    sees_it_gone(reporter, live)


@pytest.mark.whole
def test_a_form_is_sent_after_what_is_being_saved(someone: Someone, live: Live) -> None:
    reporter = someone()
    reporter.clock.install()
    reporter.goto("/fr/report/")
    reporter.get_by_label("Adresse de la page").fill("https://slow.example/page")
    send(reporter.get_by_role("button", name="Continuer"))
    expect(reporter.get_by_text("https://slow.example/page")).to_be_visible()
    sent: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append("saves" if "x-autosave" in route.request.headers else "form")
            if sent == ["saves"]:
                held.append(route)
                return
        route.continue_()

    reporter.route("**/fr/report/", hold)
    reporter.get_by_text("De la haine ou des appels à la violence").click()
    reporter.get_by_label("Ce qui aide à le trouver").fill("Les derniers mots.")
    reporter.clock.pause_at(datetime.now(tz=UTC) + timedelta(minutes=1))
    reporter.get_by_role("button", name="Continuer").press("Enter")
    reporter.clock.run_for(LONGEST_WAIT - 100)
    hears(reporter, lambda: held)
    assert "form" not in sent
    held[0].continue_()
    sent.append("saved")
    expect(reporter.get_by_role("heading", level=1)).to_contain_text("À propos de vous")
    send(reporter.get_by_role("button", name="Retour"))

    expect(reporter.get_by_label("Ce qui aide à le trouver")).to_have_value("Les derniers mots.")
    assert sent.index("saved") < sent.index("form")
