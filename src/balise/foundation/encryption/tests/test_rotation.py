from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest

from balise.foundation.encryption import rotation
from balise.foundation.encryption.keyring import KeysFaulty, key_ring
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import key_of_receipt, keys_of_line
from balise.foundation.encryption.tests.makers import Sealed, a_batch, a_record
from balise.foundation.encryption.turning import (
    KeyStaysInUse,
    KeyUnknown,
    activate_key,
    create_key_ring,
    new_line_key,
    remove_key,
)
from balise.foundation.encryption.worded import new_receipt

pytestmark = pytest.mark.django_db

LAST_YEAR = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def old_key(keys: Path) -> str:
    return key_ring().active("hotline")[0]


@pytest.fixture
def records(old_key: str) -> dict[UUID, Sealed]:
    """Records of every kind, sealed to the old key."""
    assert old_key
    return {**a_batch(3), **dict(a_record() for _ in range(5))}


def _turn(keys: Path, *, now: datetime = LAST_YEAR) -> str:
    new = new_line_key(keys, "hotline", now=now)
    activate_key(keys, "hotline", new, now=now)
    return new


def _all_open(records: dict[UUID, Sealed]) -> bool:
    opened = keys_of_line("hotline", records)
    return all(sealed.opens_with(opened[record]) for record, sealed in records.items())


class TestNewKey:
    def test_is_named_for_its_line_and_year(self, keys: Path) -> None:
        assert new_line_key(keys, "hotline", now=LAST_YEAR) == "hotline-2025a"
        assert new_line_key(keys, "hotline", now=LAST_YEAR) == "hotline-2025b"

    def test_is_not_used_before_it_is_activated(self, keys: Path, old_key: str) -> None:
        new_line_key(keys, "hotline")
        assert key_ring().active("hotline")[0] == old_key

    def test_never_takes_the_name_of_a_retired_one(self, keys: Path) -> None:
        gone = new_line_key(keys, "hotline", now=LAST_YEAR)
        remove_key(keys, "hotline", gone, now=datetime(2100, 1, 1, tzinfo=UTC))
        assert new_line_key(keys, "hotline", now=LAST_YEAR) == "hotline-2025b"

    def test_there_are_26_a_year(self, keys: Path) -> None:
        for _ in range(26):
            new_line_key(keys, "hotline", now=LAST_YEAR)
        with pytest.raises(KeysFaulty):
            new_line_key(keys, "hotline", now=LAST_YEAR)


class TestActivate:
    def test_refuses_an_unknown_key(self, keys: Path) -> None:
        with pytest.raises(KeyUnknown):
            activate_key(keys, "hotline", "hotline-1999a")

    def test_refuses_two_halves_that_do_not_belong_together(self, keys: Path) -> None:
        one = new_line_key(keys, "hotline", now=LAST_YEAR)
        path = keys / "hotline.private.json"
        content = orjson.loads(path.read_bytes())["keys"]
        stranger = orjson.loads((keys / "helpline.private.json").read_bytes())["keys"]
        path.unlink()
        path.write_bytes(orjson.dumps({"keys": {**content, one: next(iter(stranger.values()))}}))
        with pytest.raises(KeysFaulty):
            activate_key(keys, "hotline", one)

    def test_twice_changes_nothing(self, keys: Path, old_key: str) -> None:
        before = (keys / "hotline.public.json").read_bytes()
        activate_key(keys, "hotline", old_key)
        assert (keys / "hotline.public.json").read_bytes() == before


class TestRewrap:
    def test_moves_everything_to_the_active_key(
        self, keys: Path, old_key: str, records: dict[UUID, Sealed]
    ) -> None:
        new = _turn(keys)
        assert _all_open(records)
        *_, last = rotation.rewrap("hotline", at_once=2)
        assert last.moved == 6  # five records and the batch's own key
        assert set(KeyWrap.objects.filter(kind="line").values_list("key_id", flat=True)) == {new}
        assert _all_open(records)

        rotation.retire("hotline", old_key)
        assert _all_open(records)

    def test_takes_up_where_it_was_cut_off(
        self, keys: Path, old_key: str, records: dict[UUID, Sealed]
    ) -> None:
        _turn(keys)
        for progress in rotation.rewrap("hotline", at_once=2):
            assert progress.moved == 2
            break
        assert KeyWrap.objects.filter(key_id=old_key).count() == 4
        assert _all_open(records)
        with pytest.raises(KeyStaysInUse):
            rotation.retire("hotline", old_key)

        *_, last = rotation.rewrap("hotline", at_once=2)
        assert last.moved == 4
        assert _all_open(records)
        assert not list(rotation.rewrap("hotline"))

    def test_a_batch_that_fails_before_its_commit_changes_nothing(
        self, keys: Path, records: dict[UUID, Sealed], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _turn(keys)
        before = list(KeyWrap.objects.order_by("pk").values_list("pk", "key_id"))

        def power_cut(*_: object, **__: object) -> int:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(KeyWrap.objects.__class__, "bulk_update", power_cut)
            with pytest.raises(KeyboardInterrupt):
                list(rotation.rewrap("hotline"))
        assert list(KeyWrap.objects.order_by("pk").values_list("pk", "key_id")) == before
        assert _all_open(records)

    @pytest.mark.usefixtures("records")
    def test_leaves_and_tells_a_wrap_that_does_not_open(self, keys: Path, old_key: str) -> None:
        broken = KeyWrap.objects.filter(kind="line").latest("pk")
        KeyWrap.objects.filter(pk=broken.pk).update(wrapped=bytes(80))
        _turn(keys)
        *_, last = rotation.rewrap("hotline", at_once=2)
        assert (last.moved, last.broken) == (5, (broken.record,))
        assert KeyWrap.objects.get(pk=broken.pk).key_id == old_key

    def test_leaves_other_lines_and_receipts_alone(self, keys: Path) -> None:
        receipt = new_receipt()
        record, sealed = a_record(receipt=receipt)
        a_record("helpline")
        before = list(KeyWrap.objects.exclude(kind="line", line="hotline").values())
        _turn(keys)
        list(rotation.rewrap("hotline"))
        assert list(KeyWrap.objects.exclude(kind="line", line="hotline").values()) == before
        assert sealed.opens_with(key_of_receipt(record, receipt))


class TestRetire:
    def test_refuses_the_active_key(self, old_key: str) -> None:
        with pytest.raises(KeyStaysInUse):
            rotation.retire("hotline", old_key)
        assert key_ring().active("hotline")

    def test_refuses_for_an_hour_after_a_turn(self, keys: Path, old_key: str) -> None:
        """What began before the turn may still commit something sealed to the old key."""
        turned = datetime(2026, 1, 1, 12, tzinfo=UTC)
        _turn(keys, now=turned)
        with pytest.raises(KeyStaysInUse):
            remove_key(keys, "hotline", old_key, now=turned + timedelta(minutes=59))
        remove_key(keys, "hotline", old_key, now=turned + timedelta(minutes=60))
        assert old_key not in key_ring().private_keys("hotline")

    def test_refuses_an_unknown_key(self, keys: Path) -> None:
        _turn(keys)
        with pytest.raises(KeyUnknown):
            rotation.retire("hotline", "hotline-1999a")


class TestVerify:
    def test_counts_and_opens_a_sample(self, keys: Path, records: dict[UUID, Sealed]) -> None:
        new = _turn(keys)
        found = rotation.verify(sample=4)
        states = {key.key_id: key for key in found.keys}
        assert found.is_sound
        assert records
        assert states[new].active
        assert [(key.wraps, key.opened) for key in found.keys if key.line == "hotline"] == [
            (0, 0),
            (6, 4),
        ]

    def test_tells_a_key_that_is_not_held(
        self, keys: Path, old_key: str, records: dict[UUID, Sealed]
    ) -> None:
        (keys / "hotline.private.json").unlink()
        (keys / "hotline.public.json").unlink()
        create_key_ring()
        KeyWrap.objects.filter(key_id=old_key).update(key_id="hotline-2024a")
        assert records
        found = rotation.verify(["hotline"])
        assert not found.is_sound
        assert [key.key_id for key in found.keys if not key.is_sound] == ["hotline-2024a"]

    def test_tells_a_wrap_that_does_not_open(self, old_key: str) -> None:
        record, _ = a_record()
        KeyWrap.objects.filter(record=record).update(wrapped=bytes(80))
        (state,) = rotation.verify(["hotline"]).keys
        assert (state.key_id, state.broken, state.is_sound) == (old_key, (record,), False)

    def test_tells_a_batch_that_has_lost_its_key(self, records: dict[UUID, Sealed]) -> None:
        (batch,) = set(KeyWrap.objects.filter(kind="batch").values_list("key_id", flat=True))
        KeyWrap.objects.filter(record=UUID(batch)).delete()
        assert records
        assert rotation.verify().lost_batches == (batch,)

    def test_an_empty_database_is_sound(self, old_key: str) -> None:
        assert old_key
        assert rotation.verify().is_sound
        assert uuid4() not in keys_of_line("hotline", [uuid4()])
