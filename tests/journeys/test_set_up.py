"""`balise setup` in a centre that is at work."""

from pathlib import Path

import pytest

from tests.live import Live

pytestmark = pytest.mark.journey


def kept(home: Path) -> dict[str, tuple[int, bytes]]:
    """Return what is made once: keys and secrets, with who may read them."""
    files = [home / "secret-key", *(home / "keys").iterdir()]
    return {
        str(file.relative_to(home)): (file.stat().st_mode & 0o777, file.read_bytes())
        for file in files
        if file.is_file()
    }


@pytest.mark.whole
def test_changes_nothing_that_is_there(live: Live) -> None:
    assert live.home.stat().st_mode & 0o777 == 0o700
    before = kept(live.home)
    assert before["secret-key"][0] == 0o400
    assert all(mode & 0o077 == 0 for mode, _content in before.values())
    live.balise("setup")
    assert kept(live.home) == before
