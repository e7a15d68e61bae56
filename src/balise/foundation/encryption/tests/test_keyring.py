import json
import stat
from base64 import b64encode
from pathlib import Path

import pytest
from pytest_django import Settings

from balise.foundation.encryption import keyring, turning
from balise.foundation.encryption.keyfiles import read_master, read_public, write_new_master
from balise.foundation.encryption.keyring import KeyNotHeld, KeyRing, KeysFaulty, key_ring
from balise.foundation.encryption.turning import activate_key, create_key_ring, new_line_key


def _rewrite(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def _public_file(keys: dict[str, bytes]) -> str:
    written = {key_id: b64encode(octets).decode() for key_id, octets in keys.items()}
    return json.dumps({"active": "", "keys": written})


class TestCreateKeyRing:
    def test_makes_a_key_for_each_line_and_the_masters(self, keys: Path) -> None:
        assert {path.name for path in keys.iterdir()} == {
            "index.json",
            "noise.private.json",
            *(
                f"{line}.{half}.json"
                for line in ("hotline", "helpline", "accounts", "exchange", "awareness")
                for half in ("public", "private", "signing", "verifying")
            ),
        }

    def test_a_demonstration_draws_the_same_noise_everywhere_and_a_centre_its_own(
        self, tmp_path: Path, settings: Settings
    ) -> None:
        drawn = []
        for at, is_invented in enumerate((True, True, False, False)):
            settings.DEMONSTRATION = is_invented
            create_key_ring(tmp_path / str(at), lines=())
            drawn.append(read_master(tmp_path / str(at) / "noise.private.json"))
        assert drawn[0] == drawn[1]
        assert len({*drawn}) == 3

    def test_only_the_owner_may_read(self, keys: Path) -> None:
        assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o400}
        assert stat.S_IMODE(keys.stat().st_mode) == 0o700

    def test_never_overwrites(self, keys: Path) -> None:
        before = {path: path.read_bytes() for path in keys.iterdir()}
        create_key_ring()
        assert {path: path.read_bytes() for path in keys.iterdir()} == before

    def test_makes_only_what_is_missing(self, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = {path: path.read_bytes() for path in keys.iterdir()}
        monkeypatch.setattr(turning, "_LINES", [*turning.lines_with_keys(), "desk"])
        create_key_ring()
        assert before.items() <= {path: path.read_bytes() for path in keys.iterdir()}.items()
        assert key_ring().active("desk")

    def test_leaves_a_line_alone_whose_private_half_lies_elsewhere(self, keys: Path) -> None:
        (keys / "hotline.private.json").unlink()
        before = (keys / "hotline.public.json").read_bytes()
        create_key_ring()
        assert not (keys / "hotline.private.json").exists()
        assert (keys / "hotline.public.json").read_bytes() == before

    def test_finishes_what_was_cut_off_between_the_two_files(self, keys: Path) -> None:
        held = json.loads((keys / "hotline.private.json").read_text())["keys"]
        (keys / "hotline.public.json").unlink()
        create_key_ring()
        assert key_ring().active("hotline")[0] in held


class TestFaultyRing:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"keys": []}',
            '{"active": "a", "keys": {}}',
            '{"active": "", "keys": {"a": "short"}}',
            '{"active": "", "keys": {"a": 7}}',
            _public_file({"a": bytes(32)}),
            _public_file({"a": b"k" * 31}),
            _public_file({"A B": b"k" * 32}),
            _public_file({"a": b"k" * 32, "b": b"k" * 32}),
        ],
    )
    def test_a_file_that_says_nothing_usable_is_refused(self, keys: Path, text: str) -> None:
        _rewrite(keys / "hotline.public.json", text)
        with pytest.raises(KeysFaulty):
            key_ring().active("hotline")

    def test_a_missing_file_is_refused_by_name(self, keys: Path) -> None:
        (keys / "hotline.public.json").unlink()
        with pytest.raises(KeysFaulty, match=r"hotline\.public\.json is missing"):
            key_ring().active("hotline")

    def test_a_missing_index_master_is_refused(self, keys: Path) -> None:
        (keys / "index.json").unlink()
        with pytest.raises(KeysFaulty, match="index"):
            key_ring().index_key("hotline", "address")

    def test_a_line_without_an_active_key_is_refused(self, keys: Path) -> None:
        content = json.loads((keys / "hotline.public.json").read_text())
        _rewrite(keys / "hotline.public.json", json.dumps({**content, "active": ""}))
        with pytest.raises(KeysFaulty, match="no active key"):
            key_ring().active("hotline")

    @pytest.mark.parametrize("line", ["", "../hotline", "Hotline", "hot line", "a" * 21])
    @pytest.mark.usefixtures("keys")
    def test_a_line_with_an_odd_name_never_becomes_a_path(self, line: str) -> None:
        with pytest.raises(KeysFaulty):
            key_ring().active(line)


class TestPrivateKeys:
    def test_a_public_process_never_reads_them_even_where_they_lie(
        self, keys: Path, settings: Settings
    ) -> None:
        key_id, _ = key_ring().active("hotline")
        settings.DOORS = ["public"]
        _rewrite(keys / "hotline.private.json", "reading this would fail otherwise")
        with pytest.raises(KeyNotHeld):
            key_ring().private("hotline", key_id)
        assert key_ring().active("hotline")[0] == key_id

    def test_a_process_without_the_file_does_not_hold_them(self, keys: Path) -> None:
        key_id, _ = key_ring().active("helpline")
        (keys / "helpline.private.json").unlink()
        with pytest.raises(KeyNotHeld):
            key_ring().private("helpline", key_id)

    @pytest.mark.usefixtures("keys")
    def test_an_unknown_id_is_not_held(self) -> None:
        with pytest.raises(KeyNotHeld, match="hotline-1999a"):
            key_ring().private("hotline", "hotline-1999a")

    def test_a_broken_file_is_refused(self, keys: Path) -> None:
        key_id, _ = key_ring().active("hotline")
        _rewrite(keys / "hotline.private.json", "{")
        with pytest.raises(KeysFaulty):
            key_ring().private("hotline", key_id)


class TestTurnedElsewhere:
    """Another process turns the keys; this one follows without a restart."""

    def test_is_followed_once_a_second_has_passed(
        self, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ring = KeyRing(keys, holds_private_keys=True)
        first, _ = ring.active("hotline")
        second = new_line_key(keys, "hotline")
        activate_key(keys, "hotline", second)
        assert ring.active("hotline")[0] == first

        monkeypatch.setattr(keyring, "monotonic", lambda: float(2**40))
        assert ring.active("hotline")[0] == second
        assert ring.private("hotline", second) is not None

    def test_an_index_master_that_changes_changes_the_index(
        self, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ring = KeyRing(keys, holds_private_keys=False)
        before = ring.index_key("hotline", "address")
        write_new_master(keys / "index.json")
        monkeypatch.setattr(keyring, "monotonic", lambda: float(2**40))
        assert ring.index_key("hotline", "address") != before

    def test_the_key_of_noise_is_read_where_private_keys_are(self, keys: Path) -> None:
        staff, public = (KeyRing(keys, holds_private_keys=held) for held in (True, False))
        assert len(staff.noise_key()) == 32
        with pytest.raises(KeyNotHeld):
            public.noise_key()

    def test_files_that_vanish_stop_the_sealing(
        self, keys: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ring = KeyRing(keys, holds_private_keys=True)
        assert ring.active("hotline")
        (keys / "hotline.public.json").unlink()
        monkeypatch.setattr(keyring, "monotonic", lambda: float(2**40))
        with pytest.raises(KeysFaulty):
            ring.active("hotline")

    def test_an_interrupted_write_changes_nothing(self, keys: Path) -> None:
        (keys / "hotline.public.draft").write_text("half a fi")
        second = new_line_key(keys, "hotline")
        assert second in read_public(keys / "hotline.public.json").keys
        assert not (keys / "hotline.public.draft").exists()
