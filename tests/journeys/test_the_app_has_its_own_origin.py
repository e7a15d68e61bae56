"""The app at an origin of its own: who reaches it, leaving closes both, old vaults move."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests import temporary
from tests.browser import Someone, press, ready, send
from tests.journeys.test_quick_exit import PHONE, is_away, is_back, with_a_neighbour
from tests.journeys.test_the_app_offline import keeps, without_network
from tests.journeys.test_the_vault_is_used import (
    ANOTHER,
    CODE,
    VAULT,
    chooses,
    chooses_a_file,
    goes,
    keeps as keeps_item,
    makes_a_vault,
    picture,
    shown,
    types,
    unlocks,
)
from tests.live import Live, centre
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.safety]

MOVED = re.compile(r' data-moved="[^"]*"')
# What a script on a public page tries; each answer is a word.
TRIES = """async (app) => {
    const said = {};
    const names = (await indexedDB.databases()).map(({ name }) => name);
    said.vault = names.includes("notes");
    const all = await navigator.serviceWorker.getRegistrations();
    said.worker = all.some(({ scope }) => scope.startsWith(app));
    const read = (path, how) => fetch(app + path, how).then(() => "read", () => "refused");
    said.page = await read("/fr/app/vault/");
    said.release = await read("/app/release.json");
    const body = new URLSearchParams({ kind: "open" });
    said.written = await read("/app/count/", { method: "POST", body });
    const frame = Object.assign(document.createElement("iframe"), { src: `${app}/fr/app/vault/` });
    document.body.append(frame);
    said.framed = await new Promise((done) => {
        frame.addEventListener("load", () => done(frame.contentDocument ? "read" : "apart"));
        setTimeout(() => done("apart"), 3000);
    });
    const other = window.open(`${app}/fr/app/vault/`);
    await new Promise((done) => setTimeout(done, 1500));
    try {
        said.opened = other?.document ? "read" : "apart";
    } catch {
        said.opened = "apart";
    }
    return said;
}"""


@pytest.fixture(scope="module")
def live(furnished: Any) -> Iterator[Live]:
    """Begin a centre whose app has an origin of its own."""
    app = f"http://127.0.0.1:{temporary.free_port()}"
    with centre(furnished, BALISE_APP_ADDRESS=app) as started:
        yield started


@pytest.fixture
def phone(someone: Someone, live: Live) -> Page:
    """Open a page on a telephone, at the app's own origin."""
    return someone(base_url=live.app_address, viewport=PHONE)


def beside(page: Page, live: Live, path: str) -> Page:
    """Open a page of the public origin in another tab of the same telephone."""
    other = page.context.new_page()
    other.goto(f"{live.address}{path}")
    ready(other)
    return other


def makes_an_old_vault(page: Page, live: Live) -> list[str]:
    """Make a vault at the public origin, as before the app had one of its own."""

    def before(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=MOVED.sub("", answer.text()))

    at = f"{live.address}{VAULT}"
    page.route(at, before)
    words = makes_a_vault(page)
    assert page.url.startswith(at)
    page.unroute(at)
    return words


class TestTheWayThere:
    def test_leads_from_the_public_origin_to_the_app_and_back_to_the_chat(
        self, someone: Someone, live: Live
    ) -> None:
        page = someone(viewport=PHONE)
        page.goto("/fr/app/?look=notes")
        page.wait_for_url(f"{live.app_address}/fr/app/?look=notes")
        expect(page).to_have_title("Notes")
        page.get_by_role("link", name="Tchat", exact=True).first.click()
        page.wait_for_url(f"{live.address}/fr/talk/")

    def test_serves_who_has_no_script(self, someone: Someone, live: Live) -> None:
        page = someone(base_url=live.app_address, java_script_enabled=False)
        page.goto("/fr/app/quiz/primary/")
        page.locator("input[name=a1]").first.check()
        with page.expect_navigation():
            page.locator("form[data-form] button").last.click()
        assert page.url.startswith(live.address)
        with_a_neighbour(page)
        page.goto(f"{live.app_address}/fr/app/help/")
        page.locator("#quick-exit a").click()
        is_away(page)
        page.goto(f"{live.address}/fr/talk/")
        is_away(page)

    def test_works_without_a_network_with_a_vault(self, phone: Page) -> None:
        assert keeps(phone)
        without_network(phone)
        phone.goto(VAULT)
        makes_a_vault(phone)
        phone.reload()
        unlocks(phone)


def test_a_script_on_a_public_page_reaches_neither_vault_nor_worker(
    someone: Someone, live: Live
) -> None:
    page = someone(base_url=live.app_address, viewport=PHONE, bypass_csp=True)
    makes_a_vault(page)
    keeps(page)
    other = beside(page, live, "/fr/")
    said = other.evaluate(TRIES, live.app_address)
    assert said == {
        "vault": False,
        "worker": False,
        "page": "refused",
        "release": "refused",
        "written": "refused",
        "framed": "apart",
        "opened": "apart",
    }
    page.goto(VAULT)
    unlocks(page)


class TestLeaving:
    @pytest.mark.parametrize("from_the_app", [True, False])
    @pytest.mark.parametrize("network", [True, False])
    def test_on_one_origin_closes_both(
        self, phone: Page, live: Live, *, from_the_app: bool, network: bool
    ) -> None:
        with_a_neighbour(phone)
        keeps(phone)
        phone.goto("/fr/app/help/")
        other = phone.context.new_page()
        with_a_neighbour(other)
        other.goto(f"{live.address}/fr/")
        ready(other)
        if not network:
            without_network(phone)
        left, stays = (phone, other) if from_the_app else (other, phone)
        left.get_by_role("link", name="Quitter vite").first.click()
        is_away(left)
        is_away(stays)
        stays.go_back()
        assert "Balise" not in stays.title()
        phone.goto("/fr/app/")
        is_away(phone)
        phone.context.set_offline(False)
        other.goto(f"{live.address}/fr/talk/")
        is_away(other)
        is_back(phone)
        until(lambda: "Balise" in (other.goto(f"{live.address}/fr/"), other.title())[1])


class TestAnOldVault:
    def test_moves_with_its_two_codes_and_leaves_nothing_behind(
        self, someone: Someone, live: Live
    ) -> None:
        page = someone(viewport=PHONE)
        makes_an_old_vault(page, live)
        page.get_by_role("link", name="Choisir un second code").click()
        chooses(page, ANOTHER)
        shown(page, "list")
        chooses_a_file(page, "capture.png", picture())
        keeps_item(page, "Capture du groupe")
        page.goto(VAULT)
        unlocks(page, ANOTHER)
        shown(page, "list")
        expect(page.get_by_text("Capture du groupe")).to_have_count(0)
        page.get_by_role("link", name="Déplacer mon coffre").click()
        shown(page, "moving")
        press(page, "Déplacer mon coffre")
        page.wait_for_url(f"{live.app_address}{VAULT}**")
        expect(page.locator("#pad-says")).to_contain_text("Ton coffre a déménagé")
        assert "moving" not in page.url
        types(page, CODE)
        shown(page, "list")
        page.get_by_text("Capture du groupe").click()
        expect(page.get_by_text("Pas modifié depuis")).to_be_visible()
        page.reload()
        unlocks(page, ANOTHER)
        expect(page.get_by_text("Capture du groupe")).to_have_count(0)
        # An old icon opens the old address, which leads to the vault.
        page.goto(f"{live.address}{VAULT}")
        page.wait_for_url(f"{live.app_address}{VAULT}**")
        shown(page, "lock")

    def test_is_said_where_it_is_and_comes_to_nobody_who_did_not_open_it(
        self, someone: Someone, live: Live
    ) -> None:
        page = someone(viewport=PHONE)
        makes_an_old_vault(page, live)
        page.goto(f"{live.app_address}{VAULT}")
        expect(page.get_by_text("Il est encore à son ancienne place")).to_be_visible()
        page.get_by_role("link", name="Ouvrir mon coffre").click()
        page.wait_for_url(f"{live.address}{VAULT}")
        shown(page, "lock")
        page.goto(f"{live.app_address}{VAULT}#moving")
        expect(page.get_by_text("Ouvre d’abord ton coffre")).to_be_visible()
        page.get_by_role("link", name="Ouvrir mon coffre").click()
        unlocks(page)
        shown(page, "list")

    def test_that_did_not_arrive_whole_stays(self, someone: Someone, live: Live) -> None:
        page = someone(viewport=PHONE)
        makes_an_old_vault(page, live)
        chooses_a_file(page, "capture.png", picture())
        keeps_item(page, "Capture du groupe")
        page.goto(VAULT)
        unlocks(page)
        goes(page, "moving", "moving")

        def other_bytes(route: Route) -> None:
            answer = route.fetch()
            text = answer.text().replace(
                "put: value", "put: store === 'files' ? new Blob([]) : value"
            )
            assert text != answer.text()
            route.fulfill(response=answer, body=text)

        page.context.route(f"{live.app_address}/static/vault/screens/moving*", other_bytes)
        press(page, "Déplacer mon coffre")
        page.wait_for_url(f"{live.app_address}{VAULT}**")
        expect(page.get_by_text("Tout n’est pas arrivé")).to_be_visible()
        page.get_by_role("link", name="Ouvrir mon coffre").click()
        page.wait_for_url(f"{live.address}{VAULT}")
        unlocks(page)
        page.get_by_text("Capture du groupe").click()
        expect(page.get_by_text("Pas modifié depuis")).to_be_visible()

    def test_stays_where_a_vault_is_at_the_new_place(self, someone: Someone, live: Live) -> None:
        page = someone(viewport=PHONE)
        makes_an_old_vault(page, live)
        new = page.context.new_page()
        new.goto(f"{live.app_address}{VAULT}#choose")
        shown(new, "choose")
        types(new, "519274")
        types(new, "519274")
        shown(new, "words")
        words = new.locator(".vault-words li").all_inner_texts()
        new.get_by_role("link", name="Je les ai notés").click()
        for number, word in enumerate(words):
            new.locator(f"#word-{number}").fill(word)
        send(new.get_by_role("button", name="Vérifier"))
        shown(new, "list")
        page.bring_to_front()
        page.goto(VAULT)
        unlocks(page)
        goes(page, "moving", "moving")
        press(page, "Déplacer mon coffre")
        expect(page.get_by_text("Il y a déjà un coffre ici")).to_be_visible()
        page.goto(f"{live.app_address}{VAULT}")
        unlocks(page, "519274")
        page.goto(f"{live.address}{VAULT}")
        unlocks(page)
        press(page, "Verrouiller")
