"""A young person adds forty screenshots at once, leaves the page meanwhile, dates all of them.

And one whose vault somebody changed meanwhile reads what is not as it was left.
"""

import json
import os
import zipfile
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.browser import Someone, send
from tests.journeys.test_the_vault_is_used import (
    PHONE,
    goes,
    makes_a_vault,
    photograph,
    shown,
    unlocks,
)
from tests.journeys.test_the_vault_meets_trouble import error, writes_a_note
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety]

MANY: Final = 40
FIRST: Final = 1_790_000_000  # seconds: when the oldest was made
# A disk with room for three more files: the write of the next one alone finds out.
FULL: Final = """() => {
    globalThis.room = 3;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        const isFull = this.name === "files" && room-- < 1;
        if (isFull) throw new DOMException("full", "QuotaExceededError");
        return put.call(this, value, key);
    };
}"""
# Somebody who has the telephone takes a row, and the end of the log, out of the database.
TAKEN: Final = """() => new Promise((done) => {
    const asked = indexedDB.open("notes");
    asked.onsuccess = () => {
        const made = asked.result.transaction(["items", "log"], "readwrite");
        const [items, log] = ["items", "log"].map((name) => made.objectStore(name));
        items.getAllKeys().onsuccess = ({ target }) => items.delete(target.result[0]);
        log.getAllKeys().onsuccess = ({ target }) => log.delete(target.result.at(-1));
        made.oncomplete = () => { asked.result.close(); done(); };
    };
})"""


def drawn(folder: Path, many: int = MANY) -> list[Path]:
    """Return drawn pictures whose names go one way and whose dates the other."""
    made = []
    for nth in range(many):
        file = folder / f"capture-{nth:02}.png"
        Image.new("RGB", (90, 160), (nth * 6, 90, 120)).save(file)
        os.utime(file, (FIRST + 60 * (many - nth),) * 2)
        made.append(file)
    return made


def chooses_all(page: Page, files: list[Path]) -> None:
    """Choose files, and answer the one question about all of them."""
    goes(page, "add", "add")
    page.locator('[data-slot="file"]').set_input_files(files)
    shown(page, "several-guard")
    expect(page.get_by_text(f"Fichiers choisis : {len(files)}.")).to_be_visible()
    send(page.get_by_role("button", name="Non"))
    shown(page, "several")


def test_forty_are_kept_in_the_order_of_their_dates_while_other_screens_are_used(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    files = drawn(tmp_path)
    empty = tmp_path / "vide.png"
    empty.touch()
    goes(page, "add", "add")
    page.locator('[data-slot="file"]').set_input_files([*files, empty])
    shown(page, "several-guard")
    send(page.get_by_role("button", name="Non"))
    shown(page, "several")
    expect(page.locator('[data-slot="bad"] li')).to_contain_text(
        "vide.png\u202f: Ce fichier est vide"
    )
    page.get_by_label("Qui l’a fait").fill("un compte <script>sans</script> nom")
    page.locator("#all-where").fill("le groupe de la classe")
    page.locator("#all-happened").fill("2026-09-21T18:30")
    send(page.get_by_role("button", name="Tout garder dans le coffre"))
    shown(page, "several-keeping")
    page.get_by_role("link", name="Mon coffre").click()
    shown(page, "list")
    over = page.get_by_role("link", name=f"Dans ton coffre : {MANY} sur {MANY}")
    expect(over).to_be_visible()
    named = page.locator('[data-slot="items"] [data-slot="name"]').all_inner_texts()
    assert named == [file.name for file in files]  # the newest first: of the youngest date

    over.click()
    shown(page, "several-keeping")
    asked: list[Request] = []
    page.on("request", lambda request: request.url.endswith("/stamp") and asked.append(request))
    with page.expect_response("**/app/vault/stamp"):
        page.get_by_role("button", name="Obtenir une preuve datée pour tous").click()
    live.drain()
    dated = page.get_by_text(f"Datés par un service indépendant : {MANY}")
    expect(dated).to_be_visible()
    assert len(json.loads(asked[0].post_data or "")["commitments"]) == MANY
    send(page.get_by_role("button", name="C’est fini"))
    shown(page, "list")
    expect(over).to_have_count(0)

    page.get_by_role("link", name="capture-00.png").click()
    shown(page, "item")
    expect(page.get_by_text("un compte <script>sans</script> nom")).to_be_visible()
    expect(page.get_by_text("Daté par un service indépendant")).to_be_visible()

    some_are_chosen_for_a_complaint(page, live, tmp_path)


def some_are_chosen_for_a_complaint(page: Page, live: Live, tmp_path: Path) -> None:
    """Leave out all but two; the file says what is in it, and holds."""
    goes(page, "export", "export")
    boxes = page.locator('[data-slot="items"] input')
    expect(boxes).to_have_count(MANY)
    boxes.evaluate_all("all => all.slice(2).forEach((box) => box.click())")
    with page.expect_download() as told:
        page.get_by_role("button", name="Créer le dossier").click()
    file = tmp_path / "dossier.zip"
    told.value.save_as(file)
    report = json.loads(live.balise("evidence", "verify", str(file), "--json"))
    assert [item["verdict"] for item in report["items"]] == ["holds"] * 2
    with zipfile.ZipFile(file) as archive:
        page_of_contents = archive.read("contents.html").decode()
        names = [name for name in archive.namelist() if name.startswith("items/")]
    assert len(names) == 2
    assert all(name in page_of_contents for name in names)
    assert f"2 sur {MANY}" in page_of_contents
    assert "un compte &lt;script&gt;sans" in page_of_contents
    assert "<script" not in page_of_contents


def test_a_full_disk_half_way_keeps_what_is_whole_and_says_how_many(
    someone: Someone, tmp_path: Path
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    chooses_all(page, drawn(tmp_path, 8))
    page.evaluate(FULL)
    send(page.get_by_role("button", name="Tout garder dans le coffre"))
    error(page).to_contain_text("n’a plus de place.")
    expect(page.get_by_text("Déjà gardés : 3 sur 8")).to_be_visible()
    page.evaluate("room = 100")
    send(page.get_by_role("button", name="Garder les autres"))
    expect(page.get_by_text("Dans ton coffre : 8 sur 8")).to_be_visible()
    send(page.get_by_role("button", name="C’est fini"))
    expect(page.locator('[data-slot="items"] > li')).to_have_count(8)


@pytest.mark.whole
def test_a_lock_half_way_keeps_what_is_whole_and_the_rest_waits(
    someone: Someone, tmp_path: Path
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    files = [tmp_path / f"photo-{nth}.png" for nth in range(12)]
    for file in files:
        file.write_bytes(photograph())
    chooses_all(page, files)
    page.get_by_label("Qui l’a fait").fill("un compte sans nom")
    send(page.get_by_role("button", name="Tout garder dans le coffre"))
    page.wait_for_function("() => document.querySelector('progress')?.value > 0")
    goes(page, "settings", "settings")
    send(page.get_by_role("button", name="Verrouiller"))
    unlocks(page)
    goes(page, "add/several", "several-keeping")
    send(page.get_by_role("button", name="Garder les autres"))
    expect(page.get_by_text("Dans ton coffre : 12 sur 12")).to_be_visible()
    goes(page, "", "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(12)


@pytest.mark.parametrize("answer", ["Oui", "Je ne sais pas"])
def test_where_one_may_show_someone_undressed_none_is_kept(
    someone: Someone, tmp_path: Path, answer: str
) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    goes(page, "add", "add")
    page.locator('[data-slot="file"]').set_input_files(drawn(tmp_path, 3))
    shown(page, "several-guard")
    send(page.get_by_role("button", name=answer))
    shown(page, "several-apart")
    page.get_by_role("link", name="Choisir encore").click()
    shown(page, "add")
    goes(page, "", "list")
    expect(page.locator('[data-slot="items"] > li')).to_have_count(0)


def test_what_somebody_took_out_of_the_vault_is_named_on_each_screen(someone: Someone) -> None:
    page = someone(**PHONE)
    makes_a_vault(page)
    writes_a_note(page)
    writes_a_note(page, "Puis ils ont ri.")
    goes(page, "", "list")
    expect(page.locator(".alert")).to_have_count(2)  # of the second code, and of the memory
    page.evaluate(TAKEN)
    page.reload()
    unlocks(page)
    shown(page, "list")
    gone = "Tu ne l’as pas supprimé."
    expect(page.get_by_text(gone)).to_be_visible()
    missing = "Il manque des lignes à la fin du journal de ton coffre"
    expect(page.get_by_text(missing)).to_be_visible()
    for address, screen in (("export", "export"), ("share", "share")):
        goes(page, address, screen)
        error(page).to_contain_text(gone)
        error(page).to_contain_text(missing)
