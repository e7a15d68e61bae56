"""A dossier of evidence is checked by its own page, from a disk and without a network."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from balise.foundation.encryption.doubles.timestamp_authority import open_authority
from balise.foundation.encryption.timestamps import question
from balise.helpline.vault.documents.packing import paper_and_archive, shipped
from balise.helpline.vault.documents.timeline import Heading, TimelineItem
from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.rules.items import read_item
from balise.helpline.vault.tests.makers import an_item, packed

pytestmark = [pytest.mark.journey, pytest.mark.safety]

RECEIVED = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)


def a_dossier(folder: Path) -> Path:
    """Return a dossier with one item, timestamped by an authority of ours."""
    made = an_item(taken_at="2027-10-05T17:12:00Z")
    item = read_item(packed(made.head, made.original))
    authority = open_authority(folder / "authority")
    stamp = authority.stamp(question(bytes.fromhex(item.commitment)).octets)
    file = verdicts.file_of(1, item.id, item.type)
    told = TimelineItem(
        item=item, file=file, received_at=RECEIVED, stamped_at=RECEIVED, is_withheld=False
    )
    heading = Heading("9F04C7", RECEIVED, "fr")
    roots = authority.root.read_bytes()
    _paper, octets = paper_and_archive([(told, stamp)], heading, roots=roots)
    whole = folder / "dossier.zip"
    whole.write_bytes(octets)
    return whole


def changed(whole: Path) -> Path:
    """Return the dossier with other words in its item, and hashes made anew."""
    with ZipFile(whole) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != verdicts.HASHES}
    name = next(each for each in files if each.startswith("items/"))
    other = whole.with_name("other.zip")
    other.write_bytes(verdicts.packed(files | {name: b"autre chose"}))
    return other


def test_a_dossier_is_checked_from_a_disk(browser: Browser, tmp_path: Path) -> None:
    whole = a_dossier(tmp_path)
    place = tmp_path / verdicts.PAGE
    place.write_bytes(shipped(verdicts.PAGE))
    context = browser.new_context(offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(place.as_uri())
    page.locator("#file").set_input_files(whole)
    found = page.locator("#found")
    expect(found.get_by_text("Le dossier tient")).to_be_visible()
    expect(found.get_by_role("cell", name="tient / holds")).to_be_visible()
    expect(found.get_by_text("2026-10-05T18:00:00Z")).to_be_visible()  # received
    expect(found.get_by_text("2027-10-05T17:12:00Z")).to_be_visible()  # the telephone's time
    expect(found.get_by_role("cell", name=" UTC")).to_be_visible()  # the authority's
    page.locator("#file").set_input_files(changed(whole))
    expect(found.get_by_text("modifié / changed")).to_be_visible()
    expect(found.get_by_text("Le dossier ne tient pas")).to_be_visible()
    page.locator("#file").set_input_files(place)
    expect(found.get_by_text("This file is no dossier")).to_be_visible()
    assert not faults
    context.close()
