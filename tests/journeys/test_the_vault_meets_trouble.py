"""What goes wrong in a vault is said in plain words, and nothing typed is lost."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import EVERY_RULE, TWO, findings, looked_at
from tests.journeys.test_the_vault_is_used import (
    ANOTHER,
    CODE,
    PHONE,
    VAULT,
    chooses,
    chooses_a_file,
    goes,
    keeps,
    makes_a_vault,
    picture,
    puts_away,
    shown,
    types,
    unlocks,
)
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety]

# What a telephone says that it has left, in bytes.
ROOM: Final = """(left) => {
    navigator.storage.estimate = async () => ({ quota: left + 1000, usage: 1000 });
}"""
# The telephone is full at the very moment of writing: no browser asks before each write.
FULL: Final = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === "files") throw new DOMException("full", "QuotaExceededError");
        return put.call(this, value, key);
    };
}"""
LARGE: Final = """(bytes) => {
    const head = new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x6d]);
    const piece = new Uint8Array(1e6);
    const parts = [head, ...Array(Math.ceil(bytes / 1e6)).fill(piece)];
    const given = new DataTransfer();
    given.items.add(new File(parts, "film.mp4", { type: "video/mp4" }));
    const field = document.querySelector('[data-slot="file"]');
    field.files = given.files;
    field.dispatchEvent(new Event("change"));
}"""
# What a server says of a case; the signature is nobody's.
# The worker answers once it keeps the release.
KEPT: Final = """() => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    const asked = { ask: "release", language: "fr" };
    navigator.serviceWorker.controller.postMessage(asked, [port2]);
})"""
REFUSED: Final = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"


def error(page: Page) -> Any:
    return expect(page.locator('#vault [data-slot="error"]'))


def writes_a_note(page: Page, words: str = "Ils ont créé un groupe sans moi.") -> str:
    goes(page, "add/text", "details")
    page.locator("#words").fill(words)
    return puts_away(page)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "octets", "says"),
    [
        ("vide.png", b"", "Ce fichier est vide"),
        ("photo.jpg", b"MZ" + bytes(200), "Ce fichier est un programme"),
        ("rien.jpg", bytes(range(1, 200)), "Ce n’est ni une image"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    someone: Someone, name: str, octets: bytes, says: str
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    chooses_a_file(page, name, octets)
    error(page).to_contain_text(says)
    goes(page, "", "list")
    expect(page.get_by_text("Rien pour l’instant.")).to_be_visible()


@pytest.mark.whole
def test_a_heic_is_kept_bit_for_bit_and_said_not_to_show(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    chooses_a_file(page, "a.heic", bytes([0, 0, 0, 24]) + b"ftypheic" + bytes(500), "image/heic")
    shown(page, "guard")
    send(page.get_by_role("button", name="Non"))
    expect(page.get_by_text("L’image est gardée telle quelle.")).to_be_visible()
    puts_away(page)
    send(page.get_by_role("button", name="Voir un instant"))
    expect(page.get_by_text("Ce fichier ne s’affiche pas ici.")).to_be_visible()


@pytest.mark.whole
def test_a_large_video_is_asked_for_room_before_and_nothing_is_half_kept(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    goes(page, "add", "add")
    page.evaluate(ROOM, 200_000_000)
    page.evaluate(LARGE, 300_000_000)
    error(page).to_contain_text("Il reste 200 Mo sur ton téléphone.")
    goes(page, "", "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(0)


@pytest.mark.whole
def test_a_full_telephone_keeps_what_was_typed(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.evaluate(FULL)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Ils ont créé un groupe sans moi.")
    send(page.get_by_role("button", name="Garder dans le coffre"))
    error(page).to_be_visible()
    expect(page.locator("#words")).to_have_value("Ils ont créé un groupe sans moi.")
    goes(page, "", "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(0)


@pytest.mark.parametrize(
    "answer", ["Oui", pytest.param("Je ne sais pas trop", marks=pytest.mark.whole)]
)
def test_a_picture_of_someone_undressed_is_not_kept(someone: Someone, answer: str) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    chooses_a_file(page, "a.png", picture())
    shown(page, "guard")
    send(page.get_by_role("button", name=answer))
    shown(page, "not-stored")
    expect(page.get_by_role("link", name="Appeler le 3018")).to_be_visible()
    expect(page.get_by_role("link", name="Signaler la page")).to_be_visible()
    page.get_by_label("Adresse de la page").fill("https://reseau.example/image")
    send(page.get_by_role("button", name="Garder l’empreinte"))
    shown(page, "item")
    send(page.get_by_role("button", name="Voir un instant"))
    expect(page.locator("#vault pre")).to_have_text(
        re.compile(r"https://reseau\.example/image\nSHA-256 [0-9a-f]{64}")
    )


@pytest.mark.whole
def test_wrong_codes_are_counted_then_the_words_open(someone: Someone) -> None:
    page = someone(**PHONE)
    words = makes_a_vault(page)
    writes_a_note(page)
    page.reload()
    shown(page, "lock")
    for turn in range(1, 10):
        types(page, ANOTHER)
        says = f"Essais restants : {10 - turn}." if turn > 4 else "Essaie encore."
        expect(page.locator("#pad-says")).to_contain_text(says.replace(" :", "\u202f:"))
    types(page, ANOTHER)
    shown(page, "only-words")
    expect(page.get_by_role("link", name="Parler sans code")).to_be_visible()
    page.get_by_role("link", name="Ouvrir avec mes mots").click()
    eleven = [*words[:6], "abandon" if words[6] != "abandon" else "abeille", *words[7:]]
    page.get_by_label("Tes douze mots").fill(" ".join(eleven))
    send(page.get_by_role("button", name="Continuer"))
    error(page).to_contain_text(f"le mot 7. C’est peut-être «\u202f{words[6]}\u202f».")
    page.get_by_label("Tes douze mots").fill(" ".join(words))
    send(page.get_by_role("button", name="Continuer"))
    chooses(page, ANOTHER)
    shown(page, "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(1)


@pytest.mark.whole
def test_it_locks_after_a_minute_and_what_was_typed_comes_back(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.clock.install()
    page.reload()
    unlocks(page)
    goes(page, "add/text", "details")
    page.locator("#words").fill("Ils ont créé")
    page.clock.fast_forward(61_000)
    unlocks(page)
    shown(page, "details")
    expect(page.locator("#words")).to_have_value("Ils ont créé")


@pytest.mark.whole
def test_behind_an_ordinary_name_the_locked_page_says_that_name(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    page.goto(f"{VAULT}?look=notes")
    shown(page, "lock")
    expect(page.get_by_role("heading", level=1)).to_have_text("Notes")
    expect(page.get_by_role("link", name="Parler sans code")).to_be_visible()


@pytest.mark.whole
def test_two_tabs_show_the_same_and_lock_together(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    other = page.context.new_page()
    other.goto(VAULT)
    unlocks(other)
    goes(page, "", "list")
    writes_a_note(other)
    expect(page.locator('[data-slot="items"] > li')).to_have_count(1)
    goes(other, "settings", "settings")
    send(other.get_by_role("button", name="Verrouiller"))
    shown(page, "lock")
    shown(other, "lock")


@pytest.mark.whole
def test_a_second_code_opens_an_empty_vault_and_another_code_the_true_one(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    writes_a_note(page)
    goes(page, "decoy", "choose")
    chooses(page, ANOTHER)
    shown(page, "list")
    send(page.get_by_role("button", name="Verrouiller"))
    unlocks(page, ANOTHER)
    goes(page, "", "list")
    expect(page.get_by_text("Rien pour l’instant.")).to_be_visible()
    send(page.get_by_role("button", name="Verrouiller"))
    unlocks(page)
    expect(page.locator('[data-slot="items"] > li')).to_have_count(1)
    goes(page, "change", "choose")
    types(page, CODE)
    chooses(page, "951738")
    shown(page, "settings")
    send(page.get_by_role("button", name="Verrouiller"))
    unlocks(page, "951738")


@pytest.mark.whole
def test_clearing_is_asked_twice(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    writes_a_note(page)
    goes(page, "clear", "clear")
    page.get_by_role("link", name="Continuer").click()
    shown(page, "clear-sure")
    page.get_by_role("link", name="Garder mon coffre").click()
    goes(page, "clear/sure", "clear-sure")
    send(page.get_by_role("button", name="Tout effacer"))
    shown(page, "first")


@pytest.mark.whole
def test_without_network_a_dated_proof_waits_and_nothing_is_sent(
    someone: Someone, live: Live
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    item = writes_a_note(page)
    page.context.set_offline(True)
    send(page.get_by_role("button", name="Obtenir une preuve datée"))
    expect(page.get_by_text("La preuve datée attend le réseau.")).to_be_visible()
    goes(page, f"share/{item}", "share")
    page.locator("#code").fill("un deux trois quatre cinq six sept huit")
    send(page.get_by_role("button", name="Continuer"))
    error(page).to_contain_text("Rien n’est parti.")
    goes(page, f"item/{item}", "item")
    with page.expect_response("**/app/vault/stamp"):
        page.context.set_offline(False)
    live.drain()
    expect(page.get_by_text("Daté par un service indépendant")).to_be_visible()


@pytest.mark.whole
def test_it_opens_without_a_network_once_the_release_is_kept(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    writes_a_note(page)
    expect(page.locator("html[data-release]:not([data-release=''])")).to_be_attached()
    page.evaluate(KEPT)
    page.context.set_offline(True)
    page.goto(VAULT)
    unlocks(page)
    expect(page.locator('[data-slot="items"] > li')).to_have_count(1)


@pytest.mark.whole
def test_without_script_or_storage_other_ways_are_given(someone: Someone) -> None:
    page = someone(**PHONE, java_script_enabled=False)
    page.goto(VAULT)
    expect(page.locator("noscript p").first).to_be_visible()
    assert "Il a besoin de JavaScript" in page.locator("main").inner_text()
    expect(page.locator('noscript a[href="tel:3018"]')).to_be_visible()
    private = someone(**PHONE)
    private.add_init_script(REFUSED)
    private.goto(VAULT)
    expect(private.get_by_role("heading", name="Ce navigateur ne garde rien")).to_be_visible()
    expect(private.get_by_role("link", name="Tchatter avec nous")).to_be_visible()


SCREENS: Final = {
    "": "list",
    "add": "add",
    "add/link": "details",
    "add/text": "details",
    "share": "share",
    "shares": "shares",
    "export": "export",
    "timeline": "timeline",
    "settings": "settings",
    "memory": "memory",
    "backup": "backup",
    "change": "choose",
    "clear": "clear",
    "clear/sure": "clear-sure",
    "not-same": "not-same",
    "recover": "recover",
}


@pytest.mark.whole
@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_the_screens(someone: Someone, language: str) -> None:
    page = someone(bypass_csp=True, reduced_motion="reduce", **PHONE)
    makes_a_vault(page)
    chooses_a_file(page, "a.png", picture())
    item = keeps(page, "Capture du groupe")
    page.goto(f"/{language}/app/vault/")
    unlocks(page)
    shown(page, "list")
    more = {f"item/{item}": "item", f"item/{item}/redact": "redact", f"link/{item}": "link"}
    for address, screen in (SCREENS | more).items():
        goes(page, address, screen)
        assert not looked_at(page, TWO), address
    page.reload()
    shown(page, "lock")
    assert not findings(page, EVERY_RULE)
