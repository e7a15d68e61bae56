"""The app without a network; a release that was changed is refused; leaving, and what stays."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from balise.foundation.encryption import p256
from tests.browser import Someone, send
from tests.journeys.test_quick_exit import PHONE, is_away, is_back, with_a_neighbour
from tests.journeys.test_the_vault_is_used import VAULT, makes_a_vault, shown, unlocks
from tests.live import Live

pytestmark = pytest.mark.journey

APP = "/fr/app/"
REFUSED = (
    "Une mise à jour de l’application a échoué à notre contrôle. La copie de cet appareil reste."
)
LATER, EARLIER = "2099-01-01T00:00:00+00:00", "2001-01-01T00:00:00+00:00"


class Offered:
    """The release that the centre offers, which a test may change and sign again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._was = {each: each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file()}
        self.told: dict[str, Any] = json.loads((folder / "release.json").read_bytes())

    def offer(self, *, key: bytes | None = None, **changes: Any) -> None:
        """Sign a changed list, with the centre's key or another, and offer it."""
        private = key or (self.folder / "demonstration.pem").read_bytes()
        told = json.dumps({**self.told, **changes}).encode()
        (self.folder / "release.json").write_bytes(told)
        (self.folder / "release.sig").write_text(p256.sign(told, private))
        (self.folder / "release.key").write_text(p256.public_half(private))

    def restore(self) -> None:
        for file, content in self._was.items():
            if file.suffix != ".pem":
                file.write_bytes(content)


@pytest.fixture
def offered(live: Live) -> Iterator[Offered]:
    """Give the release that is offered, and put it back."""
    found = Offered(live.home / "release")
    yield found
    found.restore()


@pytest.fixture
def phone(someone: Someone) -> Page:
    """Open a page on a telephone."""
    return someone(viewport=PHONE)


def keeps(page: Page, version: str = "") -> str:
    """Open the app, and return the version that is saved once the worker has looked."""
    page.goto(APP)
    found = page.locator(f"html[data-release{f'="{version}"' if version else ''}]")
    found.wait_for(state="attached")
    return str(found.get_attribute("data-release"))


def without_network(page: Page) -> BrowserContext:
    page.context.set_offline(True)
    return page.context


class TestWithoutNetwork:
    def test_the_home_opens_after_one_visit(self, phone: Page) -> None:
        assert keeps(phone)
        without_network(phone)
        phone.goto(APP)
        expect(phone.get_by_role("heading", name="Comment ça va")).to_be_visible()
        phone.get_by_role("link", name="Je suis en danger maintenant").click()
        expect(phone.get_by_role("link", name="112").first).to_be_visible()

    @pytest.mark.safety
    def test_a_vault_is_made_and_opened_by_who_saw_the_home_once(self, phone: Page) -> None:
        assert keeps(phone)
        without_network(phone)
        phone.goto(VAULT)
        expect(phone.get_by_role("link", name="3018").first).to_be_visible()
        expect(phone.get_by_role("link", name="112").first).to_be_visible()
        makes_a_vault(phone)
        phone.reload()
        unlocks(phone)

    @pytest.mark.safety
    @pytest.mark.whole
    def test_what_needs_the_network_says_so(self, phone: Page) -> None:
        keeps(phone)
        without_network(phone)
        phone.goto("/fr/talk/")
        expect(phone.get_by_role("heading", name="Pas de réseau")).to_be_visible()

    @pytest.mark.safety
    def test_chats_reports_and_pages_of_staff_are_never_saved(self, phone: Page) -> None:
        keeps(phone)
        for path in ("/fr/talk/", "/fr/report/", "/staff/account/login/", "/fr/"):
            phone.goto(path)
        saved = phone.evaluate(
            """async () => {
                const found = [];
                const names = await caches.keys();
                for (const name of names.filter((each) => each.startsWith("release-"))) {
                    for (const { url } of await (await caches.open(name)).keys()) {
                        found.push(new URL(url).pathname);
                    }
                }
                return found;
            }"""
        )
        state = {"/app/release.json", "/current", "/pin", "/language", "/refused", "/away"}
        assert [
            each
            for each in saved
            if not each.startswith(("/fr/app/", "/static/")) and each not in state
        ] == []

    @pytest.mark.safety
    @pytest.mark.whole
    def test_a_look_gives_the_title_and_the_manifest(self, phone: Page) -> None:
        phone.goto(f"{APP}?look=notes")
        expect(phone).to_have_title("Notes")
        phone.goto(f"{APP}settings/")
        expect(phone).to_have_title("Notes")
        manifest = phone.locator("link[rel=manifest]")
        expect(manifest).to_have_attribute("href", f"{APP}notes.webmanifest")


class TestARelease:
    @pytest.mark.safety
    @pytest.mark.whole
    def test_takes_the_place_of_the_old_one(self, phone: Page, offered: Offered) -> None:
        keeps(phone)
        offered.offer(version="new", made_at=LATER)
        keeps(phone, "new")

    @pytest.mark.safety
    @pytest.mark.whole
    def test_with_a_file_that_differs_keeps_the_old_one(
        self, phone: Page, offered: Offered
    ) -> None:
        version = keeps(phone)
        files = [
            {**each, "sha256": "0" * 64} if each["path"] == APP else each
            for each in offered.told["files"]
        ]
        offered.offer(version="new", made_at=LATER, files=files)
        phone.goto(APP)
        expect(phone.get_by_text(REFUSED)).to_be_visible()
        assert keeps(phone, version) == version

    @pytest.mark.safety
    def test_of_another_key_is_refused(self, phone: Page, offered: Offered) -> None:
        version = keeps(phone)
        offered.offer(version="new", made_at=LATER, key=p256.new_key())
        phone.goto(APP)
        expect(phone.get_by_text(REFUSED)).to_be_visible()
        assert keeps(phone, version) == version

    @pytest.mark.safety
    @pytest.mark.whole
    def test_of_an_earlier_day_is_refused(self, phone: Page, offered: Offered) -> None:
        version = keeps(phone)
        offered.offer(version="old", made_at=EARLIER)
        phone.goto(APP)
        expect(phone.get_by_text(REFUSED)).to_be_visible()
        assert keeps(phone, version) == version

    @pytest.mark.safety
    @pytest.mark.whole
    def test_waits_while_a_chat_is_open(self, phone: Page, offered: Offered) -> None:
        version = keeps(phone)
        chat = phone.context.new_page()
        chat.goto("/fr/talk/")
        offered.offer(version="new", made_at=LATER)
        assert keeps(phone, version) == version
        chat.close()
        keeps(phone, "new")


class TestLeaving:
    @pytest.mark.safety
    @pytest.mark.whole
    def test_without_network_leads_away_and_back_does_not_return(self, phone: Page) -> None:
        with_a_neighbour(phone)
        keeps(phone)
        phone.goto(f"{APP}help/")
        without_network(phone)
        phone.get_by_role("link", name="Quitter vite").click()
        is_away(phone)
        for _press in range(3):
            phone.go_back()
            assert "Balise" not in phone.title()
        phone.goto(APP)
        is_away(phone)

    @pytest.mark.safety
    @pytest.mark.whole
    def test_leaves_the_vault_alone(self, phone: Page) -> None:
        keeps(phone)
        phone.evaluate(PUT)
        phone.goto("/fr/talk/ended/")  # what ends a conversation, and erases it
        phone.goto("/staff/demonstration/")
        send(phone.locator("form:has([name=role]) button").first)
        phone.wait_for_url("**/staff/")
        phone.locator("form[action$='/logout/'] button").first.evaluate("(each) => each.click()")
        phone.wait_for_url("**/login/**")
        with_a_neighbour(phone)
        phone.goto(APP)
        phone.get_by_role("link", name="Quitter vite").click()
        is_away(phone)
        is_back(phone)
        assert phone.evaluate(READ) == "proof"
        assert keeps(phone)


class TestSharing:
    @pytest.mark.safety
    @pytest.mark.whole
    def test_words_wait_in_the_worker_and_in_the_locked_vault(self, phone: Page) -> None:
        makes_a_vault(phone)
        keeps(phone)
        phone.evaluate(SHARE, "https://a.example/")
        unlocks(phone)
        phone.get_by_role("link", name="Un partage attend. Le ranger").click()
        shown(phone, "details")
        expect(phone.locator("#address")).to_have_value("https://a.example/")

    @pytest.mark.safety
    @pytest.mark.whole
    def test_an_empty_one_is_said(self, phone: Page) -> None:
        keeps(phone)
        phone.evaluate(SHARE, "")
        expect(phone.get_by_text("Le partage est arrivé vide.")).to_be_visible()


PUT = """() => new Promise((done, fail) => {
    const asked = indexedDB.open("notes", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onerror = fail;
    asked.onsuccess = () => {
        const all = asked.result.transaction("kept", "readwrite");
        all.objectStore("kept").put("proof", "one");
        all.oncomplete = () => { asked.result.close(); done(); };
    };
})"""
READ = """() => new Promise((done, fail) => {
    const asked = indexedDB.open("notes", 1);
    asked.onupgradeneeded = () => done("it is gone");
    asked.onerror = fail;
    asked.onsuccess = () => {
        const got = asked.result.transaction("kept").objectStore("kept").get("one");
        got.onsuccess = () => { asked.result.close(); done(got.result); };
    };
})"""
SHARE = """(text) => {
    const form = document.createElement("form");
    const how = { method: "post", enctype: "multipart/form-data", action: "/app/shared/" };
    Object.assign(form, how);
    const field = Object.assign(document.createElement("input"), { name: "text", value: text });
    if (text) form.append(field);
    document.body.append(form);
    form.submit();
}"""
