from pathlib import Path

import pytest
from pytest_django import Settings

from balise.foundation.encryption.turning import create_key_ring


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Path:
    """A key directory of one's own, with a fresh key for each line."""
    settings.KEYS = tmp_path / "keys"
    create_key_ring()
    return tmp_path / "keys"
