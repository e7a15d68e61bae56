"""The desk is walked by keyboard; a form is kept as it is filled in; focus goes where it must."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Someone, hears, is_own, press_key, send

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(someone: Someone) -> Page:
    page = someone()
    page.goto("/staff/demonstration/")
    send(page.get_by_role("button").filter(has_text="Analyste").first)
    page.wait_for_url("**/staff/")
    return page


class TestKeys:
    @pytest.mark.whole
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

    @pytest.mark.whole
    def test_g_then_a_letter_goes(self, desk: Page) -> None:
        desk.keyboard.press("g")
        desk.keyboard.press("q")
        desk.wait_for_url("**/staff/hotline/queue/")
        desk.keyboard.press("g")
        desk.keyboard.press("h")
        desk.wait_for_url("**/staff/")

    @pytest.mark.whole
    def test_a_question_mark_helps(self, desk: Page) -> None:
        desk.keyboard.press("?")
        expect(desk.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog", name="Raccourcis clavier")).to_be_hidden()

    @pytest.mark.whole
    def test_typing_is_not_walking(self, desk: Page) -> None:
        desk.goto("/staff/hotline/queue/")
        desk.get_by_text("Filtres").click()
        desk.locator("#queue-host").press_sequentially("jk?gh")
        expect(desk.locator("#queue-host")).to_have_value("jk?gh")
        expect(desk.locator(".q-row.here")).to_have_count(0)


@pytest.mark.whole
def test_the_night_is_chosen(desk: Page) -> None:
    desk.get_by_text("Affichage").click()
    desk.get_by_label("Nuit").check()
    send(desk.get_by_role("button", name="Appliquer"))
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


class TestAForm:
    def test_is_kept_as_it_is_filled_in(self, page: Page) -> None:
        page.goto("/fr/report/")
        page.get_by_label("Adresse de la page").fill("https://photos.example/kept")
        page.get_by_label("Adresse de la page").blur()
        expect(page.get_by_role("status").filter(has_text="Enregistré")).to_be_visible()

    @pytest.mark.whole
    def test_leads_the_eye_to_what_is_wrong(self, page: Page) -> None:
        page.goto("/fr/report/")
        send(page.get_by_role("button", name="Continuer"))
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(page.get_by_label("Adresse de la page")).to_be_focused()

    @pytest.mark.whole
    def test_can_be_reached_past_the_header(self, page: Page) -> None:
        page.goto("/fr/report/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.whole
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


def hold(desk: Page, address: str) -> list[Route]:
    """Hold back what a page asks of an address, and return it as it comes."""
    held: list[Route] = []

    def come(route: Route) -> None:
        held.append(route)

    desk.route(address, come)
    return held


@pytest.mark.usefixtures("nobody_rests")
class TestAVerdict:
    """By keys alone, on the page of a content."""

    def takes(self, desk: Page, category: str) -> str:
        """Take a content by its key, and return the address of its page."""
        desk.goto(f"/staff/hotline/queue/?category={category}")
        desk.goto(desk.locator("#rows .q-open").first.get_attribute("href") or "")
        press_key(desk, "c")
        is_own(desk)
        return desk.url

    def test_is_saved_in_four(self, desk: Page) -> None:
        self.takes(desk, "shocking")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        for key, chosen in (("3", "Hors champ"), ("6", "Certaine")):
            desk.keyboard.press(key)
            expect(desk.get_by_label(chosen, exact=True)).to_be_checked()
        expect(desk.locator("[data-for=out-of-scope]")).to_contain_text("Le signalement seul")
        expect(desk.locator("[data-for=out-of-scope]")).to_be_visible()
        expect(desk.locator("[data-for=illegal]")).to_be_hidden()
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text("Connu et décidé : Hors champ")).to_be_visible()

    @pytest.mark.whole
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

    @pytest.mark.whole
    def test_is_saved_from_within_a_field_and_the_next_is_taken(self, desk: Page) -> None:
        first = self.takes(desk, "shocking")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        desk.keyboard.press("2")
        desk.keyboard.press("7")
        desk.keyboard.press("v")
        why = desk.get_by_label("Pourquoi")
        why.focus()
        desk.keyboard.type("Choquant, pas illégal, 1 2 3.")
        # What is saved while one types takes nobody out of the field.
        expect(desk.get_by_text("Saisi par vous")).to_be_visible()
        expect(why).to_be_focused()
        expect(desk.get_by_label("Nuisible, non illégal")).to_be_checked()
        desk.keyboard.press("Control+Shift+Enter")
        desk.wait_for_url(lambda url: "/contents/" in url and first not in url)
        is_own(desk)
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")

    def decides(self, desk: Page) -> tuple[str, list[str]]:
        """Take a content, open it, choose a verdict; return its address and what is posted next."""
        content = self.takes(desk, "hate")
        press_key(desk, "o")
        expect(desk.locator("[data-pane]")).to_be_visible()
        desk.keyboard.press("t")
        expect(desk.get_by_label("Certaine", exact=True)).to_be_checked()
        expect(desk.get_by_text("Saisi par vous")).to_be_visible()  # its draft has arrived
        acts: list[str] = []
        acting = re.compile(r"/(verdict|next|claim|release)/$")
        desk.on("request", lambda asked: acts.extend(acting.findall(asked.url)))
        return content, acts

    @pytest.mark.whole
    def test_that_is_on_its_way_leaves_the_page_still(self, desk: Page) -> None:
        first, acts = self.decides(desk)
        held = hold(desk, "**/verdict/")
        moment = desk.evaluate("Date.now()")
        desk.clock.set_fixed_time(moment)  # the hand never rests
        desk.keyboard.press("Control+Shift+Enter")
        why = desk.locator("#id_rationale")
        expect(why).to_have_attribute("readonly", "")
        for key in ("n", "u", "2", "Control+Shift+Enter"):
            desk.keyboard.press(key)
        desk.locator("label", has_text="Probable").first.click(force=True)
        why.focus()
        desk.keyboard.type("Encore")
        desk.keyboard.press("Control+Enter")
        expect(why).to_have_value("")
        expect(desk.get_by_label("Hors champ", exact=True)).to_be_checked()
        expect(desk.get_by_label("Certaine", exact=True)).to_be_checked()
        hears(desk, lambda: held)
        held[0].continue_()

        desk.wait_for_url(lambda url: "/contents/" in url and first not in url)
        expect(desk.locator("#head h1")).to_be_focused()
        for key in ("n", "u", "1", "Control+Shift+Enter"):
            desk.keyboard.press(key)
        expect(desk.locator("[name=verdict]:checked")).to_have_count(0)
        assert acts == ["verdict"]
        why.focus()
        desk.keyboard.type("Un autre")
        expect(why).to_have_value("Un autre")
        desk.clock.set_fixed_time(moment + 2_000)
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")
        assert acts == ["verdict", "release"]

    @pytest.mark.whole
    def test_whose_page_is_left_is_saved_once(self, desk: Page) -> None:
        _first, acts = self.decides(desk)
        held = hold(desk, "**/verdict/")
        desk.keyboard.press("Control+Enter")
        for key in ("n", "u", "2", "Control+Enter"):
            desk.keyboard.press(key)
        hears(desk, lambda: held)
        held[0].continue_()
        expect(desk.get_by_text("Connu et décidé : Hors champ")).to_be_visible()
        assert acts == ["verdict"]

    @pytest.mark.whole
    def test_whose_page_is_stopped_on_its_way_takes_keys_again(self, desk: Page) -> None:
        self.decides(desk)
        held = hold(desk, "**/verdict/")
        wire = desk.context.new_cdp_session(desk)
        desk.keyboard.press("Control+Enter")
        hears(desk, lambda: held)
        wire.send("Page.stopLoading")
        expect(desk.locator("#id_rationale")).not_to_have_attribute("readonly", "")

    @pytest.mark.whole
    def test_is_saved_once_by_a_key_that_is_held(self, desk: Page) -> None:
        first, acts = self.decides(desk)
        for key in ("Control", "Shift", "Enter"):
            desk.keyboard.down(key)
        desk.wait_for_url(lambda url: "/contents/" in url and first not in url)
        back = desk.locator(".toast-success a")
        expect(back).to_have_attribute("href", urlsplit(first).path)
        desk.keyboard.down("Enter")  # again, as a key does that is held
        for key in ("Enter", "Shift", "Control"):
            desk.keyboard.up(key)
        # One that is pressed again is refused, and leaves the way back.
        desk.keyboard.press("Control+Shift+Enter")
        expect(desk.locator("[data-summary]")).to_be_focused()
        expect(back).to_have_attribute("href", urlsplit(first).path)
        assert acts == ["verdict", "verdict"]
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/")

    @pytest.mark.whole
    def test_whose_answer_is_lost_is_not_said_to_have_failed(self, desk: Page) -> None:
        _first, acts = self.decides(desk)
        held = hold(desk, "**/verdict/")
        desk.keyboard.press("Control+Shift+Enter")
        hears(desk, lambda: held)
        held[0].fetch()
        held[0].abort()
        expect(desk.locator(".toast-error")).to_contain_text("C’est peut-être enregistré")
        expect(desk.locator("#id_rationale")).not_to_have_attribute("readonly", "")
        # The page asks by itself whether it is a draft still, and so does a second press.
        saved = "Vous avez déjà enregistré cette qualification."
        expect(desk.locator("#verdict-typed")).to_contain_text(saved)
        desk.unroute("**/verdict/")
        desk.keyboard.press("Control+Shift+Enter")
        expect(desk.locator("[data-summary]")).to_be_focused()
        expect(desk.locator("[data-summary]")).to_have_text(saved)
        expect(desk.locator(".toast-error")).to_have_count(0)
        assert acts == ["verdict", "verdict"]

    @pytest.mark.whole
    @pytest.mark.parametrize("keys", ["Control+Enter", "Control+Shift+Enter"])
    def test_that_is_refused_is_a_draft_at_once(self, desk: Page, keys: str) -> None:
        content = self.takes(desk, "hate")
        why = desk.locator("#id_rationale")
        why.focus()
        desk.set_viewport_size({"width": 360, "height": 740})
        why.fill(f"Ma raison, puis {keys}")
        desk.keyboard.press(keys)
        expect(desk.locator("[data-summary]")).to_be_focused()
        expect(desk.locator("[data-summary]")).to_be_in_viewport()
        desk.goto("/staff/hotline/queue/")
        desk.goto(content)
        expect(why).to_have_value(f"Ma raison, puis {keys}")
        press_key(desk, "u")
        desk.wait_for_url("**/staff/hotline/queue/**")

    @pytest.mark.whole
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
    @pytest.mark.whole
    def test_a_page_is_found_and_opened(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        words = desk.get_by_label("Page, numéro, hébergeur ou adresse")
        expect(words).to_be_focused()
        words.press_sequentially("notif")
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/staff/takedown/notices/")

    @pytest.mark.whole
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

    @pytest.mark.safety
    def test_nothing_is_found_that_is_another_role_s(self, desk: Page) -> None:
        desk.keyboard.press("Control+k")
        desk.keyboard.type("console")
        expect(desk.get_by_text("Rien trouvé")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog")).to_have_count(0)

    @pytest.mark.whole
    def test_without_script_it_is_a_page(self, someone: Someone) -> None:
        page = someone(java_script_enabled=False)
        page.goto("/staff/demonstration/")
        send(page.get_by_role("button").filter(has_text="Analyste").first)
        page.get_by_role("link", name="Chercher ou agir").click()
        main = page.get_by_role("main")
        main.get_by_label("Page, numéro, hébergeur ou adresse").fill("police")
        send(main.get_by_role("button", name="Chercher"))
        expect(main.get_by_role("link", name="Police")).to_be_visible()
