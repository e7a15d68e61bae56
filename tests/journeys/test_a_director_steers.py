"""A director compares a figure, drills, questions, freezes and publishes, with others at work.

Members read by numbered links; two directors freeze at once; the next edition opens with what the
committee decided last time.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from balise.foundation import clock
from tests.browser import Someone, press, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
EDITIONS = "/staff/steering/editions/"
FREEZING = "form:has([name=alone])"
ALONE = "La seconde lectrice est absente ce mois."  # why nobody else approved it


def seen(page: Page) -> None:
    """Check that a page is accessible, and fits."""
    assert not findings(page), page.url


def opens(director: Page, day: date) -> str:
    """Open the edition of a day's committee; return its address."""
    director.goto(EDITIONS)
    director.get_by_text("Ouvrir une édition").click()
    for label, of in (
        ("Jour de l’édition", day),
        ("Premier jour", day.replace(month=1, day=1)),
        ("Dernier jour", day),
        ("Compter ce qui a été enregistré jusqu’au", day),
    ):
        director.get_by_label(label).fill(of.isoformat())
    send(director.get_by_role("button", name="Ouvrir l’édition"))
    expect(director.get_by_role("heading", name="Avant de figer")).to_be_visible()
    return director.url


def linked(director: Page, edition: str, seat: str) -> str:
    """Make a link for a seat; return its address, which is shown once."""
    director.goto(edition)
    director.get_by_text("Créer un lien").click()
    director.get_by_label("Pour qui").fill(seat)
    send(director.get_by_role("button", name="Créer le lien"))
    return director.locator("code.address").inner_text()


def decides(director: Page, words: str) -> None:
    """Note a decision of the last meeting, about the reports received."""
    director.goto("/staff/steering/committee/")
    director.locator("main li:has(a):not(:has(.tag)) a").first.click()
    director.get_by_text("Noter une décision").click()
    form = director.locator("form:has([value=decision])")
    form.locator("[name=words_fr]").fill(words)
    form.locator("[name=words_en]").fill("Tell the time as a share.")
    form.locator("[name=cites][value=HOT-REP]").check()
    send(form.get_by_role("button", name="Enregistrer"))
    expect(director.get_by_text(words).first).to_be_visible()


def freeze_at_once(directors: list[Page], edition: str) -> None:
    """Let two freeze an edition at the same moment: one does, the other is told."""
    for each in directors:
        each.goto(f"{edition}freeze/")
        each.locator("[name=alone]").fill(ALONE)
    for each in directors:  # neither waits for the answer to the other
        each.locator(FREEZING).evaluate("form => form.requestSubmit()")
    frozen = ", empreinte "
    refused = "Cette édition est figée depuis"
    # On busy cores the lock may last longer than a page waits: it says so, and is sent again.
    waited = "Le dernier envoi n’a pas été enregistré"
    told = re.compile(f"{frozen}|{refused}|{waited}")
    for each in directors:
        expect(each.get_by_text(told).first).to_be_visible()
    [lost] = [each for each in directors if not each.get_by_text(frozen).count()]
    if lost.get_by_text(waited).count():
        lost.goto(f"{edition}freeze/")
        if lost.locator(FREEZING).count():
            lost.locator("[name=alone]").fill(ALONE)
            lost.locator(FREEZING).evaluate("form => form.requestSubmit()")
    expect(lost.get_by_text(re.compile(f"{refused}|{frozen}")).first).to_be_visible()


def test_a_director_compares_across_a_break_and_drills_down(someone: Someone) -> None:
    page = someone(viewport=DESK, bypass_csp=True)
    enter(page, "steering")
    today = clock.today()
    broken = today - timedelta(days=100)
    page.goto("/staff/steering/indicators/breaks/add/")
    page.locator("#id_on").fill(broken.isoformat())
    page.get_by_label("Nom en français").fill("Horaires élargis")
    page.get_by_label("Nom en anglais").fill("Longer hours")
    page.locator("[name=lines][value=hotline]").check()
    send(page.get_by_role("button", name="Enregistrer"))

    page.goto("/staff/steering/?period=12-months")
    expect(page.locator(".chart svg").first).to_be_visible()
    seen(page)
    page.locator("main a[href*='/figure/']").first.click()
    value = page.locator(".figure-value")
    expect(value).to_have_text(re.compile(r"\d"))
    expect(page.get_by_text("Horaires élargis").first).to_be_visible()
    expect(page.get_by_role("img").first).to_contain_text("Horaires élargis")
    seen(page)

    # A year against the year before, then days that no period has: said, and kept as typed.
    page.get_by_text("Autres jours").click()
    page.get_by_label("Premier jour").fill(today.isoformat())
    page.get_by_label("Dernier jour").fill((today - timedelta(days=30)).isoformat())
    send(page.get_by_role("button", name="Afficher"))
    expect(page.get_by_text("Le dernier jour est avant le premier.").first).to_be_visible()
    expect(page.get_by_label("Premier jour")).to_have_value(today.isoformat())
    page.get_by_label("Premier jour").fill((today - timedelta(days=300)).isoformat())
    page.get_by_label("Dernier jour").fill(today.isoformat())
    page.get_by_label("Comparé avec").select_option(label="Même période un an avant")
    send(page.get_by_role("button", name="Afficher"))
    expect(page.locator(".figure-panel").first).to_contain_text("Horaires élargis")

    # Down to rows, to who entered them, and to the list of a module that the role may open.
    page.goto("/staff/steering/figure/PRESS-N/?period=12-months")
    expect(page.locator("#rows")).to_be_visible()
    page.get_by_role("link", name="Retombées presse par sujet").click()
    expect(page.locator("section:has(#rows) table")).to_be_visible()
    assert "by=topic" in page.url
    origin = page.locator("section:has(#source)")
    expect(origin).to_contain_text("derniers faits")
    expect(origin).to_contain_text("%")
    seen(page)
    origin.get_by_role("link", name="Presse").click()
    page.wait_for_url("**/staff/steering/press/")


@pytest.mark.whole
def test_two_directors_freeze_at_once_and_a_member_reads_by_a_link(
    someone: Someone, live: Live
) -> None:
    today = clock.today()
    directors = [someone(viewport=DESK, bypass_csp=True) for _director in range(2)]
    for each in directors:
        enter(each, "steering")
    first, second = directors

    decides(first, "Dire le délai comme une part.")
    edition = opens(first, today)
    address = linked(first, edition, "Association Lyre, présidence")

    member = someone(viewport=PHONE, bypass_csp=True)
    member.goto(address)
    expect(member.get_by_text("Lien numéro 1").first).to_be_visible()
    # The edition opens with what was decided last time.
    expect(member.get_by_text("Dire le délai comme une part.").first).to_be_visible()
    seen(member)
    member.get_by_label("Votre question").fill("Pourquoi moins en août ?")
    send(member.get_by_role("button", name="Envoyer"))
    expect(member.get_by_text("Votre question est envoyée.").first).to_be_visible()

    # A question without an answer stops the edition.
    first.goto(f"{edition}freeze/")
    first.locator("[name=alone]").fill(ALONE)
    send(first.get_by_role("button", name="Figer l’édition"))
    expect(first.get_by_text(re.compile("question", re.IGNORECASE)).first).to_be_visible()
    assert first.url.endswith("/freeze/")
    first.goto(edition)
    expect(first.get_by_text("Pourquoi moins en août").first).to_be_visible()
    first.get_by_role("link", name="Répondre").click()
    first.get_by_label("Réponse").fill("Les écoles sont fermées.")
    press(first, "Enregistrer")
    member.reload()
    expect(member.get_by_text("Les écoles sont fermées.")).to_be_visible()

    freeze_at_once(directors, edition)

    # Who still had the draft open cannot ask any more.
    member.get_by_label("Votre question").fill("Et en septembre ?")
    send(member.get_by_role("button", name="Envoyer"))
    expect(member.get_by_text("Ce lien n’est plus valable.").first).to_be_visible()

    public = second.get_by_role("button", name="La rendre publique")
    until(lambda: live.drain() or (second.goto(edition) and public.count()), "no file was drawn")
    send(public)
    expect(second.get_by_role("button", name="La rendre publique")).to_have_count(0)
    reader = someone(viewport=PHONE, bypass_csp=True)
    reader.goto("/fr/figures/")
    seen(reader)

    # The page of a figure that it shows tells what it was then, and the decision that cites it.
    second.goto("/staff/steering/figure/HOT-REP/")
    expect(second.get_by_role("heading", name="Valeurs antérieures")).to_be_visible()
    expect(second.get_by_text("Dire le délai comme une part.").first).to_be_visible()
    seen(second)
    second.set_viewport_size(PHONE)  # type: ignore[arg-type]
    seen(second)
