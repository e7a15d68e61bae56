"""A screen that nobody touches warns, then covers itself; a key press in time keeps it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import send

pytestmark = [pytest.mark.journey, pytest.mark.safety]

# Lock the screen, and return whether its request outlives the page.
LOCK = """() => {
  let outlives;
  const send = fetch;
  window.fetch = (where, how) => {
    outlives = how.keepalive;
    return send(where, how);
  };
  document.querySelector("form[data-locks]").requestSubmit();
  return outlives;
}"""


@pytest.mark.whole
def test_a_wallboard_goes_on_in_numbers(page: Page) -> None:
    page.clock.install()
    page.goto("/staff/demonstration/")
    send(page.locator("form:has([name=role][value=helpline_lead]) button"))
    page.wait_for_url("**/staff/")
    page.goto("/staff/helpline/wallboard/")
    expect(page.get_by_role("heading", name="Équipe en poste")).to_be_visible()
    page.clock.fast_forward("15:10")
    cover = page.locator("#lock-cover")
    expect(cover.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
    expect(cover.locator(".gauges")).to_be_visible()
    expect(page.get_by_role("heading", name="Équipe en poste")).to_have_count(0)
    with page.expect_response("**/wallboard/numbers/") as asked:
        page.clock.fast_forward("00:10")
    assert asked.value.status == 200


def test_a_screen_left_alone_covers_itself(page: Page) -> None:
    page.clock.install()
    page.goto("/staff/demonstration/")
    send(page.get_by_role("button", name="Rédaction"))
    expect(page.get_by_role("heading", name="Accueil")).to_be_visible()
    page.wait_for_load_state()  # what looks at the clock has begun
    warning = page.get_by_role("heading", name="Êtes-vous toujours là ?")
    cover = page.get_by_role("heading", name="Écran verrouillé")

    page.clock.fast_forward("14:30")
    expect(warning).to_be_visible()
    with page.expect_response("**/staff/account/here/") as told:
        page.keyboard.press("a")
    assert told.value.status == 204
    expect(warning).to_be_hidden()

    page.clock.fast_forward("15:10")
    expect(cover).to_be_visible()
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()


def enter_as(page: Page, name: str) -> None:
    page.goto("/staff/demonstration/")
    send(page.get_by_role("button", name=name))
    page.wait_for_url("**/staff/")


def write(page: Page) -> None:
    """Write in a form and leave the screen alone until it covers itself."""
    page.goto("/staff/people/invite/")
    page.get_by_label("Nom").fill("Une heure de travail")
    page.clock.fast_forward("15:10")
    expect(page.get_by_role("heading", name="Écran verrouillé")).to_be_visible()


def unlock_beside(page: Page, name: str) -> None:
    """Unlock in the window that opens, as someone of the demonstration."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Déverrouiller").click()
    beside = opened.value
    beside.get_by_role("link", name="Entrer dans un rôle").click()
    send(beside.get_by_role("button", name=name))


@pytest.mark.whole
def test_what_was_typed_is_there_when_the_same_person_is_back(page: Page) -> None:
    page.clock.install()
    enter_as(page, "Comptes")
    write(page)
    unlock_beside(page, "Comptes")
    expect(page.get_by_role("heading", name="Écran verrouillé")).to_be_hidden()
    expect(page.get_by_label("Nom")).to_have_value("Une heure de travail")
    with page.expect_response("**/staff/people/invite/") as sent:
        page.locator("main form button[type=submit]").first.click()
    assert sent.value.status == 422  # it is taken, and asks for the address that is missing


@pytest.mark.whole
def test_leaving_the_desk_covers_the_page_and_keeps_it(page: Page) -> None:
    enter_as(page, "Comptes")
    page.goto("/staff/people/invite/")
    page.get_by_label("Nom").fill("Une heure de travail")
    other = page.context.new_page()
    other.goto("/staff/")
    page.locator(".person summary").click()
    with page.expect_response("**/staff/account/lock/"):
        page.get_by_role("button", name="Verrouiller l’écran").click()
    for each in (page, other):
        expect(each.get_by_role("heading", name="Écran verrouillé")).to_be_visible()
    unlock_beside(page, "Comptes")
    expect(page.get_by_label("Nom")).to_have_value("Une heure de travail")
    for each in (page, other):
        expect(each.get_by_role("heading", name="Écran verrouillé")).to_be_hidden()


@pytest.mark.whole
def test_who_locks_and_leaves_the_page_at_once_has_locked(page: Page) -> None:
    enter_as(page, "Comptes")
    other = page.context.new_page()
    other.goto("/staff/")
    assert page.evaluate(LOCK), "a page that is closed takes what it still asks for with it"
    page.close()
    expect(other.get_by_role("heading", name="Écran verrouillé")).to_be_visible()


def test_another_person_never_lifts_the_cover(page: Page) -> None:
    page.clock.install()
    enter_as(page, "Comptes")
    write(page)
    unlock_beside(page, "Rédaction")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("heading", name="Session terminée")).to_be_visible()
    expect(page.get_by_label("Nom")).to_have_count(0)


@pytest.mark.whole
def test_what_is_sent_to_a_locked_screen_is_offered_afterwards(page: Page) -> None:
    enter_as(page, "Comptes")
    page.goto("/staff/people/invite/")
    page.get_by_label("Nom").fill("Une heure de travail")
    token = page.locator("[data-locks] [name=csrfmiddlewaretoken]").input_value()
    page.request.post(
        "/staff/account/lock/",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": page.url},
    )
    send(page.locator("main form button[type=submit]").first)
    expect(page.get_by_text("est gardé 15 minutes")).to_be_visible()
    page.get_by_role("link", name="Entrer dans un rôle").click()
    send(page.get_by_role("button", name="Comptes"))
    expect(page.get_by_role("heading", name="Votre texte non envoyé")).to_be_visible()
    page.get_by_text("Voir le texte").click()
    expect(page.get_by_text("Une heure de travail")).to_be_visible()
