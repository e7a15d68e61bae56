"""The package: it holds as it left the house, and with nothing in it changed."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from balise.foundation.clock import today
from balise.foundation.encryption import age
from balise.foundation.encryption.doubles.timestamp_authority import Authority, Desk, open_authority
from balise.foundation.encryption.signatures import published, sign
from balise.foundation.encryption.timestamps import question
from balise.foundation.files.testing import letters_in
from balise.takedown.onward.dossiers.documents.verifying import Finding, Trust, examined
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    IDENTITY,
    make_full_facts,
    make_packed,
    taken,
)

STRANGER = "AGE-SECRET-KEY-125GUJPRC3A032U0EE3JX05ZJRVNKD8K0DUPF2GJG6VCDR65WRHNS63E5SV"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

type Parts = dict[str, bytes]


@pytest.fixture
def package(police: str) -> UUID:
    return make_packed(make_full_facts())


@pytest.fixture
def trust(timestamping: Authority) -> Trust:
    return Trust(roots=timestamping.root.read_bytes())


def changed(octets: bytes, change: Callable[[Parts], object]) -> bytes:
    """Return a package with its parts changed."""
    parts = names.unzipped(octets)
    change(parts)
    return names.zipped(parts, folder="dossier-2026-000001")


def one_bit_changed(parts: Parts, name: str) -> bytes:
    """Return a part with one bit changed; of a timestamp, a bit of the hash that it vouches for.

    The certificates that a timestamp brings with it are covered by no signature of its own: a
    bit changed there takes nothing from what it proves.
    """
    part = parts[name]
    at = len(part) // 2
    if name == names.TIMESTAMP:
        at = part.index(sha256(parts[names.SIGNATURE]).digest())
    return part[:at] + bytes([part[at] ^ 1]) + part[at + 1 :]


def without(name: str) -> Callable[[Parts], object]:
    """Return a change that takes a part away."""
    return lambda parts: parts.pop(name)


def signed_anew(parts: Parts) -> None:
    """Let whoever has the centre's key sign what is there now."""
    parts[names.MANIFEST] = names.manifest_of(
        {name: part for name, part in parts.items() if name not in names.PROOFS}
    )
    parts[names.SIGNATURE] = sign("hotline", parts[names.MANIFEST]).value


def run_script(octets: bytes, folder: Path, *words: str) -> tuple[int, str]:
    """Unpack a package with unzip and run its script as whoever received it would."""
    file = folder / "package.zip"
    file.write_bytes(octets)
    ran("unzip", "-q", "-o", file, "-d", folder)
    return ran("sh", next(folder.glob("dossier-*/verify.sh")), *words, there=folder)


def ran(*words: str | Path, there: Path | None = None) -> tuple[int, str]:
    """Run a command, and return its exit status and what it said."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=there)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


class TestPackage:
    def test_holds_open_and_sealed(self, package: UUID, trust: Trust) -> None:
        for sealed in (False, True):
            found = examined(taken(package, sealed=sealed), trust=trust)
            assert found.problems == ()
            assert found.valid
            assert found.number == f"{today().year}-000001"
            assert found.signed_by == "hotline-sign-1"
            assert found.sealed is sealed
            assert found.timestamped_at is not None
            assert abs(datetime.now(UTC) - found.timestamped_at) < timedelta(minutes=5)

    def test_sealed_tells_nothing_of_the_content(self, package: UUID) -> None:
        parts = names.unzipped(taken(package, sealed=True))
        assert ADDRESS.encode() in names.unzipped(taken(package))[names.DOSSIER]
        assert not set(names.CONTENT) & set(parts)
        assert not any(b"images.example" in part for part in parts.values())

    def test_sealed_is_opened_and_checked_by_the_authority(
        self, package: UUID, trust: Trust, timestamping: Authority
    ) -> None:
        octets = taken(package, sealed=True)
        theirs = Trust(roots=trust.roots, identity=IDENTITY)
        assert examined(octets, trust=theirs).valid
        found = examined(octets, trust=Trust(roots=trust.roots, identity=STRANGER))
        assert "another key" in found.problems[0]

    def test_papers_are_accessible_and_in_both_languages(self, package: UUID) -> None:
        parts = names.unzipped(taken(package))
        for language, name in names.PAPERS.items():
            paper = parts[name]
            assert paper.startswith(b"%PDF")
            assert b"pdfuaid" in paper
            assert "\u200b" not in letters_in(paper)
            assert f"/Lang ({language}".encode() in paper or f"/Lang({language}".encode() in paper

    def test_holds_no_media_and_no_reporter(self, package: UUID) -> None:
        dossier = orjson.loads(names.unzipped(taken(package))[names.DOSSIER])
        assert set(dossier["facts"]) >= {"places", "items", "rationale"}
        assert "base64" not in str(dossier)
        assert not {"reporter", "contact", "description"} & set(dossier["facts"])

    def test_is_known_without_the_centre_by_its_published_key(
        self, package: UUID, trust: Trust, settings: Settings, tmp_path: Path
    ) -> None:
        pem = published("hotline")["hotline-sign-1"]
        octets = taken(package)
        settings.KEYS = tmp_path
        assert examined(octets, trust=Trust(key=pem, roots=trust.roots)).valid
        found = examined(octets, trust=trust)
        assert any("not trusted" in problem for problem in found.problems)


class TestTampering:
    @pytest.mark.parametrize("sealed", [False, True])
    def test_each_changed_part_is_noticed(
        self, package: UUID, trust: Trust, *, sealed: bool, tmp_path: Path
    ) -> None:
        octets = taken(package, sealed=sealed)
        for name in names.unzipped(octets):
            if name == names.ROOTS:
                continue  # nobody trusts what is in the package: see the next test

            def change(parts: Parts, name: str = name) -> None:
                parts[name] = one_bit_changed(parts, name)

            found = examined(changed(octets, change), trust=trust)
            assert not found.valid, name

    def test_each_missing_part_is_noticed(self, package: UUID, trust: Trust) -> None:
        octets = taken(package)
        for name in set(names.unzipped(octets)) - {names.ROOTS}:
            found = examined(changed(octets, without(name)), trust=trust)
            assert not found.valid, name

    def test_a_part_that_was_added_is_noticed(self, package: UUID, trust: Trust) -> None:
        other = examined(
            changed(taken(package), lambda parts: parts.update({"dossier.json.age": b"x"})),
            trust=trust,
        )
        assert not other.valid
        stranger = changed(taken(package), lambda parts: parts.update({"more.txt": b"x"}))
        assert "does not belong" in examined(stranger, trust=trust).problems[0]

    def test_a_signature_by_another_key_is_noticed(self, package: UUID, trust: Trust) -> None:
        helpline = published("helpline")["helpline-sign-1"]

        def swap(parts: Parts) -> None:
            parts[names.SIGNATURE] = sign("helpline", parts[names.MANIFEST]).value
            parts[names.KEY] = helpline

        found = examined(changed(taken(package), swap), trust=trust)
        assert found.signed_by == ""
        assert "it is signed by a key that is not trusted here" in found.problems

    def test_a_signature_of_another_dossier_is_noticed(self, package: UUID, trust: Trust) -> None:
        other = names.unzipped(taken(make_packed(make_full_facts())))

        def swap(parts: Parts) -> None:
            parts[names.SIGNATURE] = other[names.SIGNATURE]

        found = examined(changed(taken(package), swap), trust=trust)
        assert "the signature is not of this manifest" in found.problems

    def test_a_timestamp_of_other_bytes_is_noticed(
        self, package: UUID, trust: Trust, timestamping: Authority
    ) -> None:
        other = timestamping.stamp(question(b"something else").octets)

        def swap(parts: Parts) -> None:
            parts[names.TIMESTAMP] = other

        found = examined(changed(taken(package), swap), trust=trust)
        assert found.timestamped_at is None
        assert not found.valid

    def test_a_timestamp_by_a_stranger_is_noticed(
        self, package: UUID, trust: Trust, tmp_path: Path
    ) -> None:
        stranger = open_authority(tmp_path / "stranger")

        def swap(parts: Parts) -> None:
            parts[names.TIMESTAMP] = stranger.stamp(question(parts[names.SIGNATURE]).octets)
            parts[names.ROOTS] = stranger.root.read_bytes()

        assert not examined(changed(taken(package), swap), trust=trust).valid

    def test_another_number_is_noticed_even_when_signed_anew(
        self, package: UUID, trust: Trust
    ) -> None:
        def renumber(parts: Parts) -> None:
            about = orjson.loads(parts[names.ABOUT])
            parts[names.ABOUT] = orjson.dumps(
                about | {"number": "2026-000999"}, option=orjson.OPT_SORT_KEYS
            )
            signed_anew(parts)

        found = examined(changed(taken(package), renumber), trust=trust)
        assert any("another dossier" in problem for problem in found.problems)

    @pytest.mark.parametrize("octets", [b"", b"PK", b"%PDF-1.7", b"x" * 5_000])
    def test_what_is_no_package_is_told(self, octets: bytes, trust: Trust) -> None:
        found = examined(octets, trust=trust)
        assert not found.valid
        assert found.number == ""


class TestScript:
    """`verify.sh`, run with the tools that whoever received it has."""

    def test_finds_what_holds(self, package: UUID, tmp_path: Path) -> None:
        for sealed in (False, True):
            folder = tmp_path / str(sealed)
            folder.mkdir()
            code, said = run_script(taken(package, sealed=sealed), folder)
            assert code == 0, said
            assert "Le dossier tient" in said
            assert "OK    horodatage" in said
            key, der = next(folder.glob("dossier-*/signing-key.pem")), folder / "key.der"
            ran("openssl", "pkey", "-pubin", "-in", key, "-outform", "DER", "-out", der)
            assert sha256(der.read_bytes()).hexdigest() in said

    def test_checks_what_the_authority_opened(self, package: UUID, tmp_path: Path) -> None:
        code, _ = run_script(taken(package, sealed=True), tmp_path)
        assert code == 0
        folder = next(tmp_path.glob("dossier-*"))
        sealed = (folder / "dossier.json.age").read_bytes()
        (folder / "dossier.json").write_bytes(age.open_sealed(sealed, identity=IDENTITY))
        assert ran("sh", folder / "verify.sh")[0] == 0
        (folder / "dossier.json").write_bytes(b"{}")
        assert ran("sh", folder / "verify.sh")[0] == 1

    def test_trusts_the_key_that_it_is_given(self, package: UUID, tmp_path: Path) -> None:
        right, wrong = tmp_path / "right.pem", tmp_path / "wrong.pem"
        right.write_bytes(published("hotline")["hotline-sign-1"])
        wrong.write_bytes(published("helpline")["helpline-sign-1"])
        octets = taken(package)
        assert run_script(octets, tmp_path, "right.pem")[0] == 0
        assert run_script(octets, tmp_path, str(wrong))[0] == 1

    def test_notices_each_change(self, package: UUID, tmp_path: Path) -> None:
        octets = taken(package)
        for number, name in enumerate(sorted(set(names.unzipped(octets)) - {names.SCRIPT})):

            def change(parts: Parts, name: str = name) -> None:
                parts[name] = one_bit_changed(parts, name)

            folder = tmp_path / str(number)
            folder.mkdir()
            code, said = run_script(changed(octets, change), folder)
            assert code == 1, (name, said)
            gone = tmp_path / f"gone{number}"
            gone.mkdir()
            code, said = run_script(changed(octets, without(name)), gone)
            assert code == 1, (name, said)


class TestWithoutTimestamp:
    def test_the_dossier_says_so(self, settings: Settings, desk: Desk, tmp_path: Path) -> None:
        settings.TSA = ""
        dossier_id = make_packed()
        assert not desk.questions
        assert Dossier.objects.get(id=dossier_id).timestamped_at is None
        octets = taken(dossier_id)
        found = examined(octets, trust=Trust())
        assert found.valid
        assert found.timestamped_at is None
        assert orjson.loads(names.unzipped(octets)[names.ABOUT])["timestamp"] is False
        code, said = run_script(octets, tmp_path)
        assert code == 0
        assert "sans horodatage" in said

    def test_taking_it_away_is_noticed(self, package: UUID, trust: Trust) -> None:
        def strip(parts: Parts) -> None:
            del parts[names.TIMESTAMP], parts[names.ROOTS]

        found = examined(changed(taken(package), strip), trust=trust)
        assert "was timestamped" in found.problems[0]


class TestCommand:
    def verify(self, *words: str | Path) -> tuple[list[dict[str, object]], str]:
        out, failed = StringIO(), ""
        try:
            call_command("dossier", "verify", *map(str, words), stdout=out)
        except CommandError as error:
            failed = str(error)
        return [orjson.loads(line) for line in out.getvalue().splitlines()], failed

    def test_answers_for_each_file(self, package: UUID, tmp_path: Path) -> None:
        good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
        good.write_bytes(taken(package))
        bad.write_bytes(b"no package")
        found, failed = self.verify(good, bad, tmp_path / "nowhere.zip", "--json")
        assert [each["valid"] for each in found] == [True, False, False]
        assert found[0]["number"] == Dossier.objects.get(id=package).number
        assert found[0]["problems"] == []
        assert found[0]["signed_by"] == "hotline-sign-1"
        assert found[0]["timestamped_at"]
        assert failed == "2 of 3 do not hold."

    def test_opens_with_an_identity_and_trusts_a_key(self, package: UUID, tmp_path: Path) -> None:
        file, key, identity = (tmp_path / name for name in ("a.zip", "key.pem", "key.txt"))
        file.write_bytes(taken(package, sealed=True))
        key.write_bytes(published("hotline")["hotline-sign-1"])
        identity.write_text(f"# created: today\n{IDENTITY}\n")
        (found,), failed = self.verify(file, "--json", "--key", key, "--identity", identity)
        assert found["valid"]
        assert found["sealed"]
        assert not failed

    def test_says_it_in_words(self, package: UUID, tmp_path: Path) -> None:
        file = tmp_path / "a.zip"
        file.write_bytes(taken(package))
        out = StringIO()
        call_command("dossier", "verify", str(file), stdout=out)
        assert "holds, signed by hotline-sign-1, timestamped" in out.getvalue()
        file.write_bytes(b"")
        with pytest.raises(CommandError, match="1 of 1"):
            call_command("dossier", "verify", str(file), stdout=out)


def test_a_finding_without_problems_holds() -> None:
    assert Finding(
        number="2026-000001", problems=(), signed_by="x", timestamped_at=None, sealed=False
    ).valid
