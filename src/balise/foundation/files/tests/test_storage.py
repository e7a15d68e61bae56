from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from pytest_django import Settings

from balise.foundation.files.keeping import erase
from balise.foundation.files.module import files_can_be_kept
from balise.foundation.files.storage import (
    PUBLISHED,
    PublishedStorage,
    StorageFaulty,
    configured_place,
    storage_at,
    within,
)
from balise.foundation.files.tests import makers
from balise.foundation.files.tests.makers import (
    CANARY,
    a_kept_file,
    a_picture,
    s3_server,
    what_is_read,
)
from balise.foundation.stored import (
    Bucket,
    Folder,
    PlaceUnreadable,
    StoreSilent,
    discard,
    fetch,
    read_place,
    store,
)


class TestReadPlace:
    def test_a_path_is_a_folder(self) -> None:
        assert read_place("/srv/balise/files") == Folder(Path("/srv/balise/files"))

    def test_an_s3_address_is_a_bucket(self) -> None:
        place = read_place("s3://kept/a/b?endpoint=https://s3.example.org&region=eu-west")
        assert place == Bucket("kept", "a/b", "https://s3.example.org", "eu-west")
        assert read_place("s3://kept") == Bucket("kept")

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "files",
            "./files",
            "ftp://host/files",
            "s3://",
            "s3:///prefix",
            "s3://key:secret@bucket",
            "s3://bucket?endpoint=http://s3.example.org",
            "s3://bucket?endpoint=s3.example.org",
            "s3://bucket?acl=public-read",
            "s3://bucket?endpoint",
            "s3://[bucket",
        ],
    )
    def test_anything_else_is_refused(self, value: str) -> None:
        with pytest.raises(PlaceUnreadable):
            read_place(value)
        with pytest.raises(StorageFaulty):
            configured_place(value)


class TestFetch:
    def test_a_file_of_a_folder_is_its_own_path(self, tmp_path: Path) -> None:
        (tmp_path / "kept").write_bytes(b"kept")
        assert fetch(Folder(tmp_path), "kept", tmp_path / "elsewhere") == tmp_path / "kept"
        with pytest.raises(FileNotFoundError):
            fetch(Folder(tmp_path), "gone", tmp_path)

    def test_a_file_is_copied_into_a_folder_and_taken_away(self, tmp_path: Path) -> None:
        (tmp_path / "new").write_bytes(b"new")
        place = Folder(tmp_path / "files")
        for _ in range(2):
            store(place, "a/b", tmp_path / "new")
        assert [path.name for path in (tmp_path / "files" / "a").iterdir()] == ["b"]
        assert fetch(place, "a/b", tmp_path).read_bytes() == b"new"
        for _ in range(2):
            discard(place, "a/b")
        with pytest.raises(FileNotFoundError):
            fetch(place, "a/b", tmp_path)

    def test_a_file_of_a_bucket_is_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with s3_server(monkeypatch) as endpoint:
            bucket = Bucket("kept", "balise", endpoint, "us-east-1")
            storage = storage_at(bucket)
            cast("Any", storage).connection.create_bucket(Bucket="kept")
            storage.save("a/b", ContentFile(b"whole"))
            assert fetch(bucket, "a/b", tmp_path).read_bytes() == b"whole"
            with pytest.raises(FileNotFoundError):
                fetch(bucket, "a/c", tmp_path)
            (tmp_path / "new").write_bytes(b"new")
            for _ in range(2):
                store(bucket, "a/d", tmp_path / "new")
            assert fetch(bucket, "a/d", tmp_path).read_bytes() == b"new"
            for _ in range(2):
                discard(bucket, "a/d")
            with pytest.raises(FileNotFoundError):
                fetch(bucket, "a/d", tmp_path)
            with pytest.raises(StoreSilent, match="refused"):
                store(replace(bucket, name="unknown"), "a/d", tmp_path / "new")
        away = replace(bucket, endpoint="http://127.0.0.1:9")
        with pytest.raises(StoreSilent):
            fetch(away, "a/b", tmp_path)
        with pytest.raises(StoreSilent):
            store(away, "a/d", tmp_path / "new")


class TestPublished:
    def test_is_a_folder_of_its_own_in_each_place(self) -> None:
        assert within(Folder(Path("/srv/files")), PUBLISHED) == Folder(Path("/srv/files/published"))
        assert within(Bucket("kept", "a"), PUBLISHED) == Bucket("kept", "a/published")
        assert within(Bucket("kept"), PUBLISHED) == Bucket("kept", "published")

    def test_leaves_by_an_address_of_ours(self, home: Path, settings: Settings) -> None:
        settings.STORAGE = str(home / "files")
        storage = PublishedStorage()
        name = storage.save("images/été.webp", ContentFile(b"seen"))
        assert (home / "files" / "published" / "images").is_dir()
        assert storage.url(name) == "/cms/media/images/%C3%A9t%C3%A9.webp"
        assert isinstance(storages["publications"], PublishedStorage)


class TestCheck:
    @pytest.mark.parametrize("value", ["files", "ftp://host", "s3://bucket?acl=public"])
    def test_a_wrong_value_is_told(self, settings: Settings, value: str) -> None:
        settings.STORAGE = value
        (message,) = files_can_be_kept()
        assert (message.id, bool(message.hint)) == ("balise.E111", True)

    def test_a_folder_that_cannot_be_written_is_told(self, home: Path, settings: Settings) -> None:
        (home / "occupied").write_text("a file, not a folder")
        settings.STORAGE = str(home / "occupied" / "files")
        (message,) = files_can_be_kept()
        assert message.id == "balise.E112"

    @pytest.mark.usefixtures("home")
    def test_a_folder_and_a_bucket_are_in_order(self, settings: Settings) -> None:
        assert files_can_be_kept() == []
        settings.STORAGE = "s3://bucket?endpoint=https://s3.example.org"
        assert files_can_be_kept() == []


class TestFolder:
    def test_keeps_what_it_is_given(self, home: Path) -> None:
        name = default_storage.save("a/b", ContentFile(b"sealed"))
        assert isinstance(default_storage, FileSystemStorage)
        assert (home / "files" / name).read_bytes() == b"sealed"

    def test_another_process_of_the_group_may_read_it_and_forget_it(self, home: Path) -> None:
        kept = home / "files" / default_storage.save("a/b", ContentFile(b"sealed"))
        assert kept.stat().st_mode & 0o777 == 0o640
        assert kept.parent.stat().st_mode & 0o777 == 0o770


@pytest.fixture
def _bucket(home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bucket on an S3 server of our own, on the loopback."""
    assert home.is_dir()
    with s3_server(monkeypatch) as endpoint:
        settings.STORAGE = f"s3://kept/balise?endpoint={endpoint}&region=us-east-1"
        settings.STORAGES = {**settings.STORAGES}
        cast("Any", default_storage).connection.create_bucket(Bucket="kept")
        yield


@pytest.mark.usefixtures("_bucket")
@pytest.mark.django_db
@pytest.mark.urls(makers.__name__)
class TestBucket:
    def test_keeps_reads_and_erases_sealed_files(self, home: Path) -> None:
        picture = a_picture(3_000_000)
        file = a_kept_file(picture)
        name = f"sealed/{file.hex[:2]}/{file.hex}"
        with default_storage.open(name) as stored:
            assert CANARY not in stored.read()
        assert list((home / "uploads").iterdir()) == []
        assert what_is_read(file) == picture

        erase([file])
        assert not default_storage.exists(name)
