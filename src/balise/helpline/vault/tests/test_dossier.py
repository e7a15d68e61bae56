"""A dossier of the centre: its layout, and what a stranger finds with openssl, sha256sum and us."""

import json
import shutil
import subprocess
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from balise.foundation.actors import Actor
from balise.foundation.encryption.doubles.timestamp_authority import Authority, Desk
from balise.foundation.encryption.timestamps import dating
from balise.foundation.limited.lanes import PAPERS, LaneFull
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.pictures.tests.makers import a_screen
from balise.helpline.vault import ports
from balise.helpline.vault.actions import handing, stamping
from balise.helpline.vault.models import Share, Stamp
from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.tests.makers import Item, an_item, invited, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def stamped(item: Item) -> bytes:
    stamping.ask(commitment=item.commitment)
    stamping.stamp(stamp_id=Stamp.objects.latest("received_at").id, dating=dating())
    return stamping.ask(commitment=item.commitment).answer


@pytest.fixture
def case(listener: Actor, desk: Desk) -> UUID:
    """A case with a text and a picture, both timestamped."""
    case, _words, known = invited(listener)
    for item in (
        an_item(what="Il a écrit ça hier.", who="un élève", taken_at="2027-10-05T17:12:00Z"),
        an_item("screenshot", a_screen(), type="image/png"),
    ):
        shared(known, item, stamp=stamped(item))
    return case


def pack(case: UUID, listener: Actor, folder: Path) -> Path:
    """Return a dossier as a file, unpacked beside it."""
    file = folder / "dossier.zip"
    file.write_bytes(handing.pack(case_id=case, language="fr", by=listener))
    with ZipFile(file) as archive:
        archive.extractall(folder / "open")
    return file


def verified(file: Path, *words: str) -> dict[str, Any]:
    said = StringIO()
    try:
        call_command("evidence", "verify", str(file), "--json", *words, stdout=said)
    except CommandError:
        assert said.getvalue()
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def ran(folder: Path, *words: str) -> int:
    program = str(shutil.which(words[0]))
    words = (program, *words[1:])
    return subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode  # noqa: S603


def changed(file: Path, name: str, octets: bytes | None) -> Path:
    """Return the same dossier with one file changed or taken out, and its hashes made anew."""
    with ZipFile(file) as archive:
        files = {each: archive.read(each) for each in archive.namelist() if each != verdicts.HASHES}
    files.pop(name)
    if octets is not None:
        files[name] = octets
    other = file.with_name("other.zip")
    other.write_bytes(verdicts.packed(files))
    return other


class TestACentresDossier:
    def test_holds(self, case: UUID, listener: Actor, tmp_path: Path) -> None:
        found = verified(pack(case, listener, tmp_path))
        assert found["verdict"] == "holds", found
        assert {item["verdict"] for item in found["items"]} == {"holds"}
        assert {item["chain"] for item in found["items"]} == {"holds"}
        assert all(item["timestamp"] for item in found["items"])
        assert set(found["items"][0]) == {"name", "sha256", "chain", "timestamp", "verdict"}

    def test_is_checked_with_openssl_and_sha256sum_alone(
        self, case: UUID, listener: Actor, tmp_path: Path
    ) -> None:
        pack(case, listener, tmp_path)
        folder = tmp_path / "open"
        assert ran(folder, "sha256sum", "--check", "--strict", verdicts.HASHES) == 0
        stamps = sorted(folder.glob("stamps/*.tsr"))
        assert len(stamps) == 2
        verify = ("openssl", "ts", "-verify", "-CAfile", verdicts.ROOTS)
        for one in stamps:
            dated = ("-data", str(one.with_suffix(".commitment")), "-in", str(one))
            assert ran(folder, *verify, *dated) == 0
        wrong = ("-data", verdicts.MANIFEST, "-in", str(stamps[0]))
        assert ran(folder, *verify, *wrong) != 0

    def test_says_the_three_moments_of_an_item(
        self, case: UUID, listener: Actor, tmp_path: Path
    ) -> None:
        pack(case, listener, tmp_path)
        first = json.loads((tmp_path / "open" / verdicts.MANIFEST).read_bytes())["items"][0]
        assert first["taken_at"] == "2027-10-05T17:12:00Z"  # the telephone is a year ahead
        assert first["received_at"] < first["taken_at"]
        assert (tmp_path / "open" / first["stamp"]).is_file()
        paper = (tmp_path / "open" / verdicts.TIMELINE).read_bytes()
        assert paper.startswith(b"%PDF")
        assert b"pdfuaid:part" in paper

    def test_counts_nothing_as_opened_while_other_papers_are_made(
        self, case: UUID, listener: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PAPERS, "_patience", 0.01)
        with PAPERS.turn(), pytest.raises(LaneFull):
            pack(case, listener, tmp_path)
        opened = Share.objects.values_list("openings", flat=True)
        assert list(opened) == [0, 0]
        monkeypatch.undo()
        pack(case, listener, tmp_path)
        assert list(opened.all()) == [1, 1]

    def test_notices_an_original_that_was_changed(
        self, case: UUID, listener: Actor, tmp_path: Path
    ) -> None:
        file = pack(case, listener, tmp_path)
        name = verified(file)["items"][0]["name"]
        found = verified(changed(file, name, b"autre chose"))
        assert [item["verdict"] for item in found["items"]] == ["changed", "holds"]
        assert found["verdict"] == "fails"
        assert verified(changed(file, name, None))["items"][0]["verdict"] == "missing"

    def test_notices_a_timestamp_of_another(
        self, case: UUID, listener: Actor, tmp_path: Path
    ) -> None:
        file = pack(case, listener, tmp_path)
        one, other = sorted((tmp_path / "open").glob("stamps/*.tsr"))
        found = verified(changed(file, f"stamps/{one.name}", other.read_bytes()))
        assert sorted(item["verdict"] for item in found["items"]) == ["fails", "holds"]

    def test_trusts_no_authority_that_the_dossier_brings(
        self, case: UUID, listener: Actor, tmp_path: Path, timestamping: Authority
    ) -> None:
        file = pack(case, listener, tmp_path)
        stranger = tmp_path / "stranger.pem"
        command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem"
        assert (
            ran(tmp_path, "openssl", *command.split(), "-subj", "/CN=x", "-out", str(stranger)) == 0
        )
        assert verified(file, "--roots", str(stranger))["verdict"] == "fails"
        assert verified(file, "--roots", str(timestamping.root))["verdict"] == "holds"

    def test_keeps_pictures_back_where_they_are_off(
        self, case: UUID, listener: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for port in (ports.draw, ports.close):
            monkeypatch.setattr(port, "_answer", None)
        found = verified(pack(case, listener, tmp_path))
        assert [item["verdict"] for item in found["items"]] == ["holds", "withheld"]
        assert found["verdict"] == "partly"
        assert not list((tmp_path / "open").glob("items/*.png"))

    def test_brings_the_page_that_checks_it_offline(
        self, case: UUID, listener: Actor, tmp_path: Path
    ) -> None:
        pack(case, listener, tmp_path)
        page = (tmp_path / "open" / verdicts.PAGE).read_text("utf-8")
        assert "default-src 'none'" in page
        assert "src=" not in page
        assert "fetch(" not in page


def test_words_are_for_people(case: UUID, listener: Actor, tmp_path: Path) -> None:
    file, said = pack(case, listener, tmp_path), StringIO()
    call_command("evidence", "verify", str(file), stdout=said)
    assert said.getvalue().endswith("verdict: holds\n")
    with pytest.raises(CommandError):
        call_command("evidence", "verify", str(tmp_path / "none.zip"), stdout=StringIO())


def test_the_same_case_gives_one_layout(case: UUID, listener: Actor) -> None:
    octets = handing.pack(case_id=case, language="en", by=listener)
    with ZipFile(BytesIO(octets)) as archive:
        names = archive.namelist()
    fixed = {
        verdicts.MANIFEST,
        verdicts.LOG,
        verdicts.ROOTS,
        verdicts.HASHES,
        verdicts.TIMELINE,
        verdicts.PAGE,
    }
    assert fixed | set(verdicts.READMES) <= set(names)
    rest = {name.partition("/")[0] for name in set(names) - fixed - set(verdicts.READMES)}
    assert rest == {"items", "stamps"}
