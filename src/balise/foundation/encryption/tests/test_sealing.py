import os
import pickle
from base64 import b64decode
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from balise.foundation.encryption.keyring import KeyNotHeld, KeysFaulty
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    KeyForgotten,
    SealBroken,
    blind,
    forget,
    forget_receipts,
    keep,
    key_of_line,
    key_of_receipt,
    keys_of_line,
    known,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.tests.makers import WHERE, Sealed, a_batch, a_record
from balise.foundation.encryption.worded import new_receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


class TestLine:
    def test_opens_what_was_sealed_to_it(self) -> None:
        record, sealed = a_record()
        assert sealed.opens_with(key_of_line("hotline", record))

    def test_opens_many_in_two_queries(self) -> None:
        batch = a_batch(3)
        singles = dict(a_record() for _ in range(3))
        with CaptureQueriesContext(connection) as queries:
            keys = keys_of_line("hotline", [*batch, *singles, uuid4()])
        assert len(queries) == 2
        assert keys.keys() == batch.keys() | singles.keys()
        assert all(
            sealed.opens_with(keys[record]) for record, sealed in {**batch, **singles}.items()
        )

    def test_another_line_finds_nothing(self) -> None:
        record, _ = a_record("hotline")
        with pytest.raises(KeyForgotten):
            key_of_line("helpline", record)

    def test_another_line_given_the_wrap_still_opens_nothing(self) -> None:
        record, _ = a_record("hotline")
        KeyWrap.objects.filter(record=record).update(line="helpline")
        with pytest.raises(KeyNotHeld):
            key_of_line("helpline", record)

    def test_a_wrap_moved_to_another_record_opens_nothing(self) -> None:
        record, _ = a_record()
        other = uuid4()
        KeyWrap.objects.filter(record=record).update(record=other)
        with pytest.raises(SealBroken):
            key_of_line("hotline", other)

    def test_the_key_of_one_record_does_not_open_another(self) -> None:
        one, _ = a_record()
        _, sealed = a_record()
        with pytest.raises(SealBroken):
            sealed.opens_with(key_of_line("hotline", one))


class TestReceipt:
    def test_opens_the_record_without_any_private_key(self, settings: Settings) -> None:
        receipt = new_receipt()
        record, sealed = a_record(receipt=receipt)
        settings.DOORS = ["public"]
        assert sealed.opens_with(key_of_receipt(record, receipt))

    def test_another_receipt_does_not(self) -> None:
        record, _ = a_record(receipt=new_receipt())
        with pytest.raises(SealBroken):
            key_of_receipt(record, new_receipt())

    def test_there_is_nothing_to_open_where_no_follow_up_was_wished(self) -> None:
        record, _ = a_record()
        with pytest.raises(KeyForgotten):
            key_of_receipt(record, new_receipt())

    def test_can_be_forgotten_while_the_line_still_opens(self) -> None:
        receipt = new_receipt()
        record, sealed = a_record(receipt=receipt)
        assert forget_receipts([record]) == 1
        with pytest.raises(KeyForgotten):
            key_of_receipt(record, receipt)
        assert sealed.opens_with(key_of_line("hotline", record))

    def test_is_found_by_its_index_and_stored_nowhere(self) -> None:
        receipt = new_receipt()
        a_record(receipt=receipt)
        assert receipt_index(receipt) == receipt_index(receipt)
        assert receipt_index(receipt) != receipt_index(new_receipt())
        assert not any(receipt.encode() in bytes(wrap.wrapped) for wrap in KeyWrap.objects.all())


class TestPublicProcess:
    """It holds no private key: it writes what it cannot read."""

    def test_seals_but_does_not_open(self, settings: Settings) -> None:
        settings.DOORS = ["public"]
        record, sealed = a_record()
        assert sealed.body
        with CaptureQueriesContext(connection) as queries, pytest.raises(KeyNotHeld):
            key_of_line("hotline", record)
        assert len(queries) == 0

    def test_what_it_sealed_opens_elsewhere(self, settings: Settings) -> None:
        settings.DOORS = ["public"]
        record, sealed = a_record()
        settings.DOORS = ["staff"]
        assert sealed.opens_with(key_of_line("hotline", record))


class TestForget:
    def test_what_was_sealed_can_never_be_opened_again(self) -> None:
        receipt = new_receipt()
        record, _ = a_record(receipt=receipt)
        assert forget([record]) == 2
        with pytest.raises(KeyForgotten):
            key_of_line("hotline", record)
        with pytest.raises(KeyForgotten):
            key_of_receipt(record, receipt)

    def test_takes_one_record_out_of_a_batch_and_leaves_the_others(self) -> None:
        batch = a_batch(3)
        gone, *kept = batch
        assert forget([gone]) == 1
        keys = keys_of_line("hotline", batch)
        assert keys.keys() == set(kept)
        assert all(batch[record].opens_with(keys[record]) for record in kept)

    def test_a_batch_whose_own_key_is_gone_opens_nothing(self) -> None:
        batch = a_batch(2)
        KeyWrap.objects.filter(kind="line").delete()
        assert keys_of_line("hotline", batch) == {}

    def test_takes_more_records_than_one_query_can_name(self) -> None:
        batch = a_batch(1_200)
        assert known(batch) == batch.keys()
        assert forget(batch) == 1_200
        assert known(batch) == set()


class TestKeep:
    def test_a_record_never_has_two_wraps_of_a_kind(self) -> None:
        key = new_key("hotline", uuid4())
        keep(key)
        with pytest.raises(IntegrityError), transaction.atomic():
            keep(key)

    @pytest.mark.parametrize("damage", ["", "{", '{"active": "", "keys": {}}'])
    def test_a_ring_that_is_broken_stores_nothing(self, keys: Path, damage: str) -> None:
        (keys / "hotline.public.json").unlink()
        (keys / "hotline.public.json").write_text(damage)
        with pytest.raises(KeysFaulty):
            keep(new_key("hotline", uuid4()))
        assert not KeyWrap.objects.exists()

    def test_a_line_without_keys_is_refused(self) -> None:
        with pytest.raises(KeysFaulty):
            keep(new_key("steering", uuid4()))


class TestWrongPrivateKey:
    def test_opens_nothing(self, keys: Path) -> None:
        record, _ = a_record()
        path = keys / "hotline.private.json"
        content = orjson.loads(path.read_bytes())
        stranger = orjson.loads((keys / "helpline.private.json").read_bytes())["keys"]
        (key_id,), (wrong,) = content["keys"], stranger.values()
        path.unlink()
        path.write_bytes(orjson.dumps({"keys": {key_id: wrong}}))
        assert len(b64decode(wrong)) == 32
        with pytest.raises(SealBroken):
            key_of_line("hotline", record)


class TestRecordKey:
    def test_is_new_for_each_record_also_after_a_fork(self) -> None:
        read, write = os.pipe()
        record = uuid4()
        child = os.fork()
        if not child:
            os.write(write, new_key("hotline", record)._secret)
            os._exit(0)
        os.waitpid(child, 0)
        ours = new_key("hotline", record)._secret
        assert os.read(read, 32) not in {ours, new_key("hotline", record)._secret}
        os.close(read)
        os.close(write)

    def test_is_not_told_and_not_pickled(self) -> None:
        key = new_key("hotline", uuid4())
        assert key._secret.hex() not in repr(key)
        assert "_secret" not in repr(key)
        with pytest.raises(TypeError):
            pickle.dumps(key)

    def test_refuses_what_is_not_json(self) -> None:
        key = new_key("hotline", uuid4())
        with pytest.raises(TypeError):
            key.seal({"text": "\ud800"}, where=WHERE, row=uuid4())
        with pytest.raises(TypeError):
            key.seal({"text": object()}, where=WHERE, row=uuid4())  # type: ignore[dict-item]

    def test_opens_what_a_database_hands_back_as_a_view(self) -> None:
        key = new_key("hotline", uuid4())
        sealed = Sealed.under(key)
        assert key.open(memoryview(sealed.body), where=WHERE, row=sealed.row)


class TestBlindIndex:
    def test_is_equal_for_equal_values_of_one_field(self) -> None:
        one = blind("hotline", "address", "https://a.example/")
        assert one == blind("hotline", "address", "https://a.example/")
        assert len(one) == 16

    def test_differs_between_values_fields_and_lines(self) -> None:
        value = "https://a.example/"
        assert (
            len(
                {
                    blind("hotline", "address", value),
                    blind("hotline", "address", value + "x"),
                    blind("hotline", "phone", value),
                    blind("helpline", "address", value),
                }
            )
            == 4
        )

    def test_a_shared_beginning_does_not_show(self) -> None:
        one = blind("hotline", "address", "https://a.example/1")
        other = blind("hotline", "address", "https://a.example/2")
        assert one[:4] != other[:4]
