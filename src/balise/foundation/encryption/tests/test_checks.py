from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import Error
from pytest_django import Settings

from balise.foundation.encryption.module import check_key_ring
from balise.foundation.encryption.turning import create_key_ring, lines_with_keys


def _found() -> list[str | None]:
    messages = check_key_ring(None)
    assert all(isinstance(message, Error) and message.hint for message in messages)
    return [message.id for message in messages]


class TestCheckKeyRing:
    @pytest.mark.usefixtures("keys")
    def test_a_fresh_ring_is_in_order(self) -> None:
        assert _found() == []

    def test_a_missing_directory_is_told(self, settings: Settings, tmp_path: Path) -> None:
        settings.KEYS = tmp_path / "nowhere"
        assert _found() == ["balise.E101"]

    @pytest.mark.parametrize("name", ["hotline.private.json", "index.json", "."])
    @pytest.mark.parametrize("mode", [0o440, 0o404])
    def test_a_file_open_to_others_is_told(self, keys: Path, name: str, mode: int) -> None:
        (keys / name).chmod(mode)
        try:
            assert _found() == ["balise.E102"]
        finally:
            (keys / name).chmod(0o700)

    def test_private_keys_beside_a_public_process_are_told(
        self, keys: Path, settings: Settings
    ) -> None:
        settings.DOORS = ["public"]
        assert _found() == ["balise.E103"] * (2 * len(lines_with_keys()) + 1)
        for path in (*keys.glob("*.private.json"), *keys.glob("*.signing.json")):
            path.unlink()
        assert _found() == []

    @pytest.mark.parametrize(
        ("damage", "told"),
        [
            (lambda keys: (keys / "index.json").unlink(), "balise.E104"),
            (lambda keys: _write(keys / "index.json", '{"master": "c2hvcnQ="}'), "balise.E104"),
            (lambda keys: (keys / "noise.private.json").unlink(), "balise.E107"),
            (lambda keys: _write(keys / "noise.private.json", "{}"), "balise.E107"),
            (
                lambda keys: _write(keys / "hotline.public.json", '{"active": "", "keys": {}}'),
                "balise.E105",
            ),
            (lambda keys: (keys / "helpline.public.json").unlink(), "balise.E106"),
            (lambda keys: _write(keys / "hotline.private.json", "{}"), "balise.E106"),
        ],
    )
    def test_what_is_missing_or_broken_is_told(
        self, keys: Path, damage: Callable[[Path], None], told: str
    ) -> None:
        damage(keys)
        assert _found() == [told]

    def test_the_noise_of_demonstrations_is_refused_in_a_real_centre(
        self, keys: Path, settings: Settings
    ) -> None:
        (keys / "noise.private.json").unlink()
        settings.DEMONSTRATION = True
        create_key_ring()
        assert _found() == []
        settings.DEMONSTRATION = False
        assert _found() == ["balise.E108"]


def _write(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)
    path.chmod(0o400)
