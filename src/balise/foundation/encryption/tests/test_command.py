import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from balise.foundation.encryption import turning
from balise.foundation.encryption.keyfiles import public_file, read_public, write_public
from balise.foundation.encryption.keyring import key_ring, look_again
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.signatures import sign
from balise.foundation.encryption.tests.makers import a_batch, a_record

pytestmark = pytest.mark.django_db


def _keys(*arguments: str) -> str:
    out = StringIO()
    call_command("keys", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


class TestKeysCommand:
    def test_turns_a_key_from_first_to_last(
        self, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acts: list[tuple[str, str, str, int]] = []
        monkeypatch.setattr(turning.key_turned, "_answer", None)
        turning.key_turned.plug(
            lambda *, act, line, key_id, count: acts.append((act, line, key_id, count))
        )
        old, _ = key_ring().active("hotline")
        a_record()
        a_batch(2)

        new = _keys("new", "--line", "hotline").strip()
        _keys("activate", new, "--line", "hotline")
        assert f"sealed to {new}" in _keys("rewrap", "--line", "hotline")
        with pytest.raises(CommandError, match="hour"):
            _keys("retire", old, "--line", "hotline")
        _an_hour_later(keys)
        _keys("retire", old, "--line", "hotline")

        assert acts == [
            ("new", "hotline", new, 0),
            ("activate", "hotline", new, 0),
            ("rewrap", "hotline", new, 2),
            ("retire", "hotline", old, 0),
        ]
        assert json.loads(_keys("verify", "--json"))["sound"] is True

    @pytest.mark.usefixtures("keys")
    def test_makes_a_new_key_to_sign_with(self) -> None:
        assert _keys("new", "--line", "hotline", "--signing").strip() == "hotline-sign-2"
        assert sign("hotline", b"a certificate").key_id == "hotline-sign-2"

    def test_verify_says_what_is_wrong_and_fails(self, keys: Path) -> None:
        record, _ = a_record()
        KeyWrap.objects.filter(record=record).update(wrapped=bytes(80))
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("keys", "verify", stdout=out)
        assert "BAD  hotline-" in out.getvalue()
        assert str(record) in out.getvalue()
        assert key_ring().directory == keys

    def test_rewrap_fails_when_something_does_not_open(self, keys: Path) -> None:
        record, _ = a_record()
        KeyWrap.objects.filter(record=record).update(wrapped=bytes(80))
        new = _keys("new", "--line", "hotline").strip()
        _keys("activate", new, "--line", "hotline")
        with pytest.raises(CommandError, match=str(record)):
            _keys("rewrap", "--line", "hotline")
        assert key_ring().directory == keys

    @pytest.mark.usefixtures("keys")
    def test_is_not_for_a_public_process(self, settings: Settings) -> None:
        settings.DOORS = ["public"]
        with pytest.raises(CommandError, match="public door"):
            _keys("verify")

    @pytest.mark.usefixtures("keys")
    def test_says_plainly_what_it_cannot_do(self) -> None:
        with pytest.raises(CommandError, match="hotline-1999a"):
            _keys("activate", "hotline-1999a", "--line", "hotline")


def _an_hour_later(keys: Path) -> None:
    path = public_file(keys, "hotline")
    public = read_public(path)
    assert public.since is not None
    write_public(
        path,
        replace(public, since=public.since - turning.GRACE),
    )
    look_again()
