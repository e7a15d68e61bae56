"""The desk is walked by keyboard; a form is kept as it is filled in; focus goes where it must."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press_key

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(someone: Someone) -> Page:
    page = someone()
    page.goto("/staff/demonstration/")
    page.get_by_role("button").filter(has_text="Analyste").first.click()
    page.wait_for_url("**/staff/")
    return page


class TestKeys:
    def test_j_and_k_walk_a_list_and_enter_opens(self, desk: Page) -> None:
        desk.goto("/staff/hotline/queue/")
        links, rows = desk.locator("#rows .q-open"), desk.locator("#rows .q-row")
        desk.keyboard.press("j")
        expect(desk.locator(".q-row.here")).to_have_count(1)
        desk.keyboard.press("j")
        expect(rows.nth(1)).to_contain_class("here")
        desk.keyboard.press("k")
        expect(rows.first).to_contain_class("here")
        target = links.first.get_attribute("href")
        desk.keyboard.press("Enter")
        desk.wait_for_url(f"**{target}")

    def test_g_then_a_letter_goes(self, desk: Page) -> None:
        desk.keyboard.press("g")
        desk.keyboard.press("q")
        desk.wait_for_url("**/staff/hotline/queue/")
        desk.keyboard.press("g")
        desk.keyboard.press("h")
        desk.wait_for_url("**/staff/")

    def test_a_question_mark_helps(self, desk: Page) -> None:
        desk.keyboard.press("?")
        expect(desk.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog", name="Raccourcis clavier")).to_be_hidden()

    def test_typing_is_not_walking(self, desk: Page) -> None:
        desk.goto("/staff/hotline/queue/")
        desk.get_by_text("Filtres").click()
        desk.locator("#queue-host").press_sequentially("jk?gh")
        expect(desk.locator("#queue-host")).to_have_value("jk?gh")
        expect(desk.locator(".q-row.here")).to_have_count(0)


def test_the_night_is_chosen(desk: Page) -> None:
    desk.get_by_text("Affichage").click()
    desk.get_by_label("Nuit").check()
    desk.get_by_role("button", name="Appliquer").click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


class TestAForm:
    def test_is_kept_as_it_is_filled_in(self, page: Page) -> None:
        page.goto("/fr/report/")
        page.get_by_label("Adresse de la page").fill("https://photos.example/kept")
        page.get_by_label("Adresse de la page").blur()
        expect(page.get_by_role("status").filter(has_text="Enregistré")).to_be_visible()

    def test_leads_the_eye_to_what_is_wrong(self, page: Page) -> None:
        page.goto("/fr/report/")
        page.get_by_role("button", name="Continuer").click()
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(page.get_by_label("Adresse de la page")).to_be_focused()

    def test_can_be_reached_past_the_header(self, page: Page) -> None:
        page.goto("/fr/report/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()


def test_an_offence_is_found_in_a_few_keys(desk: Page) -> None:
    desk.goto("/staff/hotline/queue/")
    desk.locator("main a[href^='/staff/hotline/contents/']").first.click()
    desk.wait_for_url("**/staff/hotline/contents/**")  # loaded: before that there are no keys
    for key, asked in (
        ("q", "De quoi s’agit-il"),
        ("6", "Provoque-t-il directement"),
        ("y", "Provocation ou apologie du terrorisme"),
    ):
        desk.keyboard.press(key)
        expect(desk.locator("#verdict-form :is(legend, h3)[autofocus]")).to_contain_text(asked)
        expect(desk.locator("#verdict-form :is(legend, h3)[autofocus]")).to_be_focused()
    expect(desk.get_by_label("Infraction")).to_have_value("terrorism")
    expect(desk.get_by_label("Pourquoi")).to_have_value(re.compile("apologie"))


@pytest.mark.usefixtures("nobody_rests")
class TestAVerdict:
    """By keys alone, on the page of a content."""

    def takes(self, desk: Page, category: str) -> str:
        """Take a content by its key, and return the address of its page."""
        desk.goto(f"/staff/hotline/queue/?category={category}")
        desk.goto(desk.locator("#rows .q-open").first.get_attribute("href") or "")
        press_key(desk, "c")
        expect(desk.get_by_text("À moi").first).to_be_visible()
        return desk.url

    def test_is_saved_in_four(self, desk: Page) -> None:
        self.takes(desk, "shocking")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        for key, chosen in (("3", "Hors champ"), ("6", "Certaine")):
            desk.keyboard.press(key)
            expect(desk.get_by_label(chosen, exact=True)).to_be_checked()
        expect(desk.locator("[data-for=out-of-scope]")).to_contain_text("Je l’ai ouvert")
        expect(desk.locator("[data-for=out-of-scope]")).to_be_visible()
        expect(desk.locator("[data-for=illegal]")).to_be_hidden()
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text("Connu et décidé : Hors champ")).to_be_visible()

    def test_and_sure_are_said_by_one_letter(self, desk: Page) -> None:
        self.takes(desk, "shocking")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        desk.keyboard.press("3")
        expect(desk.get_by_label("Hors champ", exact=True)).to_be_checked()
        expect(desk.get_by_label("Certaine", exact=True)).not_to_be_checked()
        desk.keyboard.press("t")
        expect(desk.get_by_label("Certaine", exact=True)).to_be_checked()
        desk.keyboard.press("d")
        expect(desk.get_by_label("Hors champ", exact=True)).not_to_be_checked()
        desk.keyboard.press("t")
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text("Connu et décidé : Hors champ")).to_be_visible()

    def test_is_saved_from_within_a_field_and_the_next_is_taken(self, desk: Page) -> None:
        first = self.takes(desk, "shocking")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        desk.keyboard.press("2")
        desk.keyboard.press("7")
        why = desk.get_by_label("Pourquoi")
        why.focus()
        desk.keyboard.type("Choquant, pas illégal, 1 2 3.")
        # What is saved while one types takes nobody out of the field.
        expect(desk.get_by_text("Saisi par vous")).to_be_visible()
        expect(why).to_be_focused()
        expect(desk.get_by_label("Nuisible, non illégal")).to_be_checked()
        desk.keyboard.press("Control+Shift+Enter")
        desk.wait_for_url(lambda url: "/contents/" in url and first not in url)
        expect(desk.get_by_text("À moi").first).to_be_visible()
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")

    def test_a_question_hears_its_keys_before_the_others(self, desk: Page) -> None:
        content = self.takes(desk, "hate")
        asked = desk.locator("#verdict-form :is(legend, h3)[autofocus]")
        for key, words in (
            ("q", "De quoi s’agit-il"),
            ("5", "Que font ces propos"),
            ("1", "Est-ce public"),
            ("u", "Vise-t-il"),
            ("z", "Est-ce public"),
        ):
            desk.keyboard.press(key)
            expect(asked).to_contain_text(words)
        assert desk.url.startswith(content)
        desk.goto(content)
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")


class TestSearch:
    def test_a_page_is_found_and_opened(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        words = desk.get_by_label("Page, numéro, hébergeur ou adresse")
        expect(words).to_be_focused()
        words.press_sequentially("notif")
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/staff/takedown/notices/")

    def test_the_page_says_what_it_can_do(self, desk: Page) -> None:
        desk.goto("/staff/hotline/queue/")
        desk.keyboard.press("/")
        desk.keyboard.type("prendre")
        expect(
            desk.get_by_role("dialog").get_by_role("button", name="Prendre le suivant")
        ).to_be_visible()
        expect(desk.locator(".found-nothing")).to_have_count(1)
        expect(desk.locator(".found-nothing")).to_be_hidden()
        desk.keyboard.press("ArrowDown")
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/staff/hotline/contents/**")
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")

    def test_nothing_is_found_that_is_another_role_s(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        desk.keyboard.type("console")
        expect(desk.get_by_text("Rien trouvé")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog")).to_have_count(0)

    def test_without_script_it_is_a_page(self, someone: Someone) -> None:
        page = someone(java_script_enabled=False)
        page.goto("/staff/demonstration/")
        page.get_by_role("button").filter(has_text="Analyste").first.click()
        page.get_by_role("link", name="Chercher ou agir").click()
        main = page.get_by_role("main")
        main.get_by_label("Page, numéro, hébergeur ou adresse").fill("police")
        main.get_by_role("button", name="Chercher").click()
        expect(main.get_by_role("link", name="Police")).to_be_visible()
