"""A teacher finds a kit in the catalogue and takes it away, without JavaScript too.

Then a head of awareness raises its version: the page says what changed, and the one before stays.
"""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, send
from tests.journeys.test_pages_are_accessible import enter, findings
from tests.live import Live
from tests.waiting import until

pytestmark = pytest.mark.journey

TITLE = "Entrer en sixième, avec ou sans téléphone"
ADDRESS = "/fr/resources/kit-entrer-en-sixieme/"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}


def until_says(page: Page, live: Live, words: str) -> None:
    """Look again until the worker has made the files that a page offers."""
    wrong = f"it never says {words}"
    until(lambda: live.drain() or (page.goto(ADDRESS) and words in page.content()), wrong)


def take_whole(page: Page, folder: Path) -> Path:
    """Press the first button, and check what comes against its own manifest."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("Tout le kit")).click()
    kept = folder / coming.value.suggested_filename
    coming.value.save_as(kept)
    with zipfile.ZipFile(kept) as archive:
        assert archive.testzip() is None
        told = json.loads(archive.read("manifest.json"))
        for each in told["files"]:
            assert hashlib.sha256(archive.read(each["name"])).hexdigest() == each["sha256"]
    assert {"print", "slides", "card", "workshop"} <= {each["role"] for each in told["files"]}
    return kept


@pytest.mark.whole
@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_teacher_finds_a_kit_and_takes_it(
    someone: Someone, live: Live, tmp_path: Path, *, has_script: bool
) -> None:
    viewport = DESK if has_script else PHONE
    page = someone(viewport=viewport, java_script_enabled=has_script, accept_downloads=True)
    until_says(page, live, "/media/kits/")

    page.goto("/fr/resources/")
    page.get_by_role("searchbox").fill("sixieme")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("region", name="Après la séance, un enfant parle")).to_contain_text(
        "3018"
    )
    assert take_whole(page, tmp_path).stat().st_size > 100_000

    with page.expect_download() as coming:
        page.get_by_role(
            "link", name=re.compile("Mon temps, mes choix.*|PDF.*Mon temps")
        ).last.click()
    assert coming.value.suggested_filename == "01-mon-temps-mes-choix.pdf"

    page.get_by_role("link", name="Mettre un nom sur la couverture").click()
    page.get_by_label("Nom de votre structure").fill("Collège du Phare")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Obtenir le PDF").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")

    page.goto(ADDRESS)
    page.get_by_role("link", name="Me prévenir").click()
    page.get_by_label("Votre adresse e-mail").fill("enseignante@college.example")
    send(page.get_by_role("button", name="Me prévenir de la prochaine version"))
    expect(page.get_by_text("Il reste une chose à faire")).to_be_visible()


@pytest.mark.whole
def test_a_new_version_says_what_changed_and_the_one_before_stays(
    someone: Someone, live: Live, tmp_path: Path
) -> None:
    anyone = someone(viewport=PHONE, bypass_csp=True, accept_downloads=True)  # for axe
    until_says(anyone, live, "/media/kits/")
    assert not findings(anyone)

    head = someone(viewport=DESK)
    enter(head, "awareness_lead")
    head.goto("/cms/pages/")
    head.goto(f"/cms/pages/search/?q={TITLE.split(',', maxsplit=1)[0]}")
    head.get_by_role("link", name=TITLE).first.click()
    expect(head.locator("[data-contentpath=page]").first).to_be_visible()
    head.locator("#id_version").fill("2")
    head.locator("#id_changes").fill("Atelier 2 : la fin est plus courte.\nUn mémo plus lisible.")
    send(head.get_by_role("button", name="Plus d'actions"))
    send(head.locator("[name=action-publish]"))
    expect(head.locator(".messages")).to_contain_text("publiée")

    until_says(anyone, live, "version 2")
    expect(anyone.get_by_text("la fin est plus courte")).to_be_visible()
    earlier = anyone.get_by_role("region", name="Versions précédentes")
    expect(earlier).to_contain_text("Version 1")
    with anyone.expect_download() as coming:
        earlier.get_by_role("link").click()
    assert coming.value.suggested_filename.endswith("-v1.zip")
    assert take_whole(anyone, tmp_path).name.endswith("-v2.zip")
    assert not findings(anyone)
