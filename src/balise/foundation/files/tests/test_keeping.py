import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from uuid import uuid4

import pytest
from django.db import transaction

from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    KeyForgotten,
    SealBroken,
    forget,
    key_of_line,
    key_of_receipt,
)
from balise.foundation.encryption.streams import StreamSealer
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.files.keeping import Swept, erase, keep, read, sweep
from balise.foundation.files.tests import makers
from balise.foundation.files.tests.makers import a_kept_file, a_picture, what_is_read
from balise.foundation.files.uploads import SealedUpload

pytestmark = [pytest.mark.django_db, pytest.mark.urls(makers.__name__)]

LATER = timedelta(days=2)


def _now() -> datetime:
    """Return this moment as the file system has it: how old a file is, no moved clock changes."""
    with TemporaryFile() as file:
        return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)


def _stored(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()]


def _upload(home: Path, octets: bytes = b"what was sent") -> SealedUpload:
    sealer = StreamSealer(uuid4())
    path = home / "uploads" / sealer.file.hex
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sealer.seal(octets) + sealer.finish())
    return SealedUpload(name="a", size=len(octets), head=octets, sealer=sealer, path=path)


class TestKeep:
    def test_opens_for_the_line_and_for_the_receipt(self, home: Path) -> None:
        receipt = new_receipt()
        file = keep(_upload(home), line="hotline", receipt=receipt)
        assert what_is_read(file) == b"what was sent"
        assert b"".join(read(key_of_receipt(file, receipt))) == b"what was sent"

    def test_another_line_has_no_key(self, home: Path) -> None:
        file = keep(_upload(home), line="hotline")
        with pytest.raises(KeyForgotten):
            key_of_line("helpline", file)

    def test_twice_is_refused(self, home: Path) -> None:
        upload = _upload(home)
        keep(upload, line="hotline")
        with pytest.raises(ValueError, match="already"):
            keep(upload, line="hotline")

    def test_only_the_owner_and_group_may_read_what_is_stored(self, home: Path) -> None:
        a_kept_file(a_picture())
        (path,) = _stored(home)
        assert path.stat().st_mode & 0o777 == 0o640


class TestRead:
    def test_refuses_a_file_that_was_cut(self, home: Path) -> None:
        file = a_kept_file(a_picture())
        (path,) = _stored(home)
        os.truncate(path, 500)
        with pytest.raises(SealBroken):
            what_is_read(file)

    def test_refuses_a_file_put_in_anothers_place(self, home: Path) -> None:
        one, other = a_kept_file(a_picture()), a_kept_file(a_picture())
        places = {path.name: path for path in _stored(home)}
        places[one.hex].write_bytes(places[other.hex].read_bytes())
        with pytest.raises(SealBroken):
            what_is_read(one)


class TestErase:
    def test_takes_the_key_and_the_file(self, home: Path) -> None:
        file, kept = a_kept_file(a_picture()), a_kept_file(a_picture())
        assert erase([file]) == 1
        assert [path.name for path in _stored(home)] == [kept.hex]
        with pytest.raises(KeyForgotten):
            key_of_line("hotline", file)

    def test_again_changes_nothing(self, home: Path) -> None:
        file = a_kept_file(a_picture())
        erase([file])
        assert erase([file]) == 0
        assert _stored(home) == []


class TestSweep:
    def test_leaves_what_is_in_use(self, home: Path) -> None:
        file = a_kept_file(a_picture())
        upload = _upload(home)
        assert sweep(now=_now()) == Swept(abandoned=0, orphaned=0)
        assert upload.path is not None
        assert upload.path.exists()
        assert sweep(now=_now() + LATER).orphaned == 0
        assert what_is_read(file)

    def test_removes_uploads_that_a_crash_left_behind(self, home: Path) -> None:
        upload = _upload(home)
        (home / "uploads" / "half.part").write_bytes(b"\x01\x01")
        assert sweep(now=_now() + LATER) == Swept(abandoned=2, orphaned=0)
        assert upload.path is not None
        assert not upload.path.exists()

    def test_removes_a_stored_file_whose_transaction_failed(self, home: Path) -> None:
        def fail_after_keeping() -> None:
            with transaction.atomic():
                keep(_upload(home), line="hotline")
                raise InterruptedError

        with pytest.raises(InterruptedError):
            fail_after_keeping()
        assert not KeyWrap.objects.exists()
        assert len(_stored(home)) == 1
        assert sweep(now=_now()).orphaned == 0
        assert sweep(now=_now() + LATER).orphaned == 1
        assert _stored(home) == []

    def test_removes_a_stored_file_whose_key_was_forgotten(self, home: Path) -> None:
        file = a_kept_file(a_picture())
        forget([file])
        assert sweep(now=_now() + LATER).orphaned == 1
        assert _stored(home) == []

    @pytest.mark.usefixtures("home")
    def test_an_empty_home_is_swept_in_peace(self) -> None:
        assert sweep() == Swept(abandoned=0, orphaned=0)
