from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from balise.foundation.encryption.turning import create_key_ring


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A home of one's own: keys, uploads and a folder for the files; nobody is signed in."""
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    settings.KEYS = tmp_path / "keys"
    settings.UPLOADS = tmp_path / "uploads"
    settings.STORAGE = str(tmp_path / "files")
    settings.STORAGES = {**settings.STORAGES}  # the storages are made anew
    create_key_ring()
    return tmp_path


@pytest.fixture
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where anything that spills to a temporary file would leave it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.rglob("*"))
