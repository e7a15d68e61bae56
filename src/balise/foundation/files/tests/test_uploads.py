import gc
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import Settings

from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.streams import PIECE
from balise.foundation.files import uploads
from balise.foundation.files.room import Room
from balise.foundation.files.tests import makers
from balise.foundation.files.tests.makers import CANARY, a_kept_file, a_picture, what_is_read

pytestmark = [pytest.mark.django_db, pytest.mark.urls(makers.__name__)]


def _files_in(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and path.parent.name != "keys"]


def _in_clear(home: Path) -> list[Path]:
    return [path for path in _files_in(home) if CANARY in path.read_bytes()]


def _file(octets: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, octets)


class TestKeptUpload:
    @pytest.mark.parametrize("size", [100, PIECE, 3_500_000])
    def test_leaves_nothing_in_clear_on_any_disk(
        self, home: Path, temporary_folder: Path, size: int
    ) -> None:
        """Django's own handlers would spill more than 2.5 MB to a temporary file."""
        picture = a_picture(size)
        file = a_kept_file(picture)
        assert _in_clear(home) == []
        assert [path.name for path in _files_in(home)] == [file.hex]
        assert not list(temporary_folder.iterdir())
        assert what_is_read(file) == picture

    def test_has_a_name_that_the_server_made(self, home: Path) -> None:
        names = ["../../etc/passwd", "a\u202egnp.exe", "con", "x" * 300 + ".png", "été 🙂.png"]
        files = [a_kept_file(a_picture(), name=name) for name in names]
        assert {path.name for path in _files_in(home)} == {file.hex for file in files}

    def test_is_told_by_its_bytes_not_by_its_name(self, home: Path) -> None:
        answer = Client().post(
            "/send/", {"file": SimpleUploadedFile("a.txt", a_picture(), content_type="text/html")}
        )
        assert answer.json()["kind"] == "image/png"
        assert len(_files_in(home)) == 1


class TestRefusedUpload:
    def test_past_the_cap_it_stops_and_says_so(self, home: Path, settings: Settings) -> None:
        settings.UPLOAD_MAX_BYTES = 200_000
        answer = Client().post("/send/", {"file": _file(a_picture(300_000)), "note": "kept"})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        (error,) = answer.json()["file"]
        assert error["code"] == "file-too-large"
        assert _files_in(home) == []

    def test_at_the_cap_it_is_taken(self, home: Path, settings: Settings) -> None:
        settings.UPLOAD_MAX_BYTES = 200_000
        a_kept_file(a_picture(200_000))
        assert len(_files_in(home)) == 1

    def test_a_request_that_says_it_is_huge_is_not_read(
        self, home: Path, settings: Settings
    ) -> None:
        settings.BODY_MAX_BYTES = 1_000
        answer = Client().post("/send/", {"file": _file(a_picture())})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert _files_in(home) == []

    def test_too_many_files_are_refused(self, home: Path, settings: Settings) -> None:
        settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
        sent = {f"file{at}": _file(a_picture()) for at in range(3)}
        assert Client().post("/drop/", sent).status_code == HTTPStatus.BAD_REQUEST
        assert _in_clear(home) == []

    @pytest.mark.parametrize(
        ("octets", "code"), [(b"", "empty"), (b"MZ\x90\x00 a program", "kind")]
    )
    def test_an_empty_file_or_another_kind_is_refused(
        self, home: Path, octets: bytes, code: str
    ) -> None:
        (error,) = Client().post("/send/", {"file": _file(octets)}).json()["file"]
        assert error["code"] == code
        assert _files_in(home) == []

    def test_without_room_it_says_so(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "look_at_room", lambda: Room(free=1, reserve=1))
        (error,) = Client().post("/send/", {"file": _file(a_picture())}).json()["file"]
        assert error["code"] == "file-not-stored"
        assert _files_in(home) == []

    def test_a_disk_that_fails_midway_leaves_nothing(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.write", full)
        (error,) = Client().post("/send/", {"file": _file(a_picture(2 * PIECE))}).json()["file"]
        assert error["code"] == "file-not-stored"
        monkeypatch.undo()
        assert _files_in(home) == []


class TestUnwantedUpload:
    def test_a_page_that_asks_for_no_file_gets_none(self, home: Path) -> None:
        answer = Client().post("/ignore/", {"file": _file(a_picture()), "note": "read"})
        assert answer.json() == {"files": 0, "note": "read"}
        assert _files_in(home) == []

    def test_what_a_page_does_not_keep_is_thrown_away(self, home: Path) -> None:
        assert Client().post("/drop/", {"file": _file(a_picture())}).json() == {"files": 1}
        assert _files_in(home) == []
        assert not KeyWrap.objects.exists()

    @pytest.mark.usefixtures("temporary_folder")
    def test_so_it_is_when_the_page_falls_over(self, home: Path) -> None:
        answer = Client(raise_request_exception=False).post("/fail/", {"file": _file(a_picture())})
        assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        assert _files_in(home) == []


class TestDroppedConnection:
    @pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
    def test_leaves_no_clear_text_and_no_draft(self, home: Path, share: float) -> None:
        whole = RequestFactory().post("/send/", {"file": _file(a_picture(2 * PIECE))})
        body = whole.read()

        class Cable(BytesIO):
            """Breaks where the bytes end, before the length that was announced."""

            def read(self, size: int | None = -1, /) -> bytes:
                octets = super().read(size)
                if not octets:
                    raise OSError("connection reset")
                return octets

        def read_until_it_breaks() -> None:
            request = RequestFactory().generic(
                "POST", "/send/", body, content_type=whole.headers["Content-Type"]
            )
            request._stream = Cable(body[: int(len(body) * share)])
            request.resolver_match = resolve("/send/")
            with pytest.raises(UnreadablePostError):
                _ = request.FILES
            assert _in_clear(home) == []

        read_until_it_breaks()
        gc.collect()  # the request and its error hold each other
        assert _files_in(home) == []


class TestPlainUpload:
    def test_comes_as_it_was_sent_and_touches_no_disk(
        self, home: Path, temporary_folder: Path
    ) -> None:
        answer = Client().post("/show/", {"file": _file(CANARY * 200_000)})
        assert answer.json() == {"came": [(CANARY * 200_000).decode()]}
        assert _files_in(home) == []
        assert not list(temporary_folder.iterdir())

    @pytest.mark.usefixtures("home")
    def test_past_the_cap_does_not_come_and_says_so(self, settings: Settings) -> None:
        settings.UPLOAD_MAX_BYTES = 1000
        answer = Client().post("/show/", {"file": _file(CANARY * 100)}).json()
        assert answer == {"refused": "file-too-large"}

    def test_of_a_page_that_takes_more_is_on_a_disk_until_the_end(
        self, home: Path, settings: Settings
    ) -> None:
        settings.UPLOAD_MAX_BYTES, settings.BODY_MAX_BYTES = 1000, 1000
        octets = CANARY * 1000
        answer = Client().post("/film/", {"file": _file(octets)})

        assert answer.json() == {"came": [octets.decode()]}
        assert _files_in(home) == []
        too_long = _file(b"x" * (makers.MOST + 500))
        answer = Client().post("/film/", {"file": too_long})
        assert answer.json() == {"refused": "file-too-large"}
        answer = Client().post("/film/", {"file": _file(octets * 4)})  # the request says so
        assert answer.status_code == HTTPStatus.BAD_REQUEST
