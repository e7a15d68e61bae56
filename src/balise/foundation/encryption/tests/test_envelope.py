from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, strategies as st

from balise.foundation.encryption import envelope
from balise.foundation.encryption.envelope import JSON, STEP, SealBroken
from balise.foundation.encryption.worded import new_receipt

SECRET = bytes(range(32))
CIPHER = AESGCM(SECRET)
ROW = uuid4()
WHERE = "hotline_reports.report.body"

texts = st.text(st.characters(codec="utf-8"))
whole_numbers = st.integers(-(2**63), 2**64 - 1)
json: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | whole_numbers
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def _seal(payload: dict[str, JSON]) -> bytes:
    return envelope.seal_body(CIPHER, payload, where=WHERE, row=ROW)


class TestBody:
    @given(st.dictionaries(texts, json, max_size=5))
    def test_opens_to_what_was_sealed(self, payload: dict[str, JSON]) -> None:
        assert envelope.open_body(CIPHER, _seal(payload), where=WHERE, row=ROW) == payload

    @given(st.text("abc", max_size=2_000))
    def test_tells_of_its_length_only_the_steps(self, text: str) -> None:
        overhead = 2 + 12 + 16
        assert (len(_seal({"text": text})) - overhead) % STEP == 0

    def test_short_texts_look_alike(self) -> None:
        assert len(_seal({"text": ""})) == len(_seal({"text": "x" * 490}))

    def test_shows_nothing_of_the_text(self) -> None:
        assert b"canary" not in _seal({"canary": "canary"})

    def test_never_comes_out_twice_the_same(self) -> None:
        assert len({_seal({"text": "same"}) for _ in range(100)}) == 100

    def test_every_flipped_bit_is_refused(self) -> None:
        sealed = _seal({"text": "as it was"})
        for at in range(len(sealed)):
            for bit in range(8):
                changed = bytearray(sealed)
                changed[at] ^= 1 << bit
                with pytest.raises(SealBroken):
                    envelope.open_body(CIPHER, bytes(changed), where=WHERE, row=ROW)

    @pytest.mark.parametrize("length", [0, 1, 2, 9, 13, 14, 29, 30, 541])
    def test_a_body_cut_short_is_refused(self, length: int) -> None:
        with pytest.raises(SealBroken):
            envelope.open_body(CIPHER, _seal({"a": 1})[:length], where=WHERE, row=ROW)

    def test_a_body_moved_to_another_field_or_row_is_refused(self) -> None:
        sealed = _seal({"text": "stays here"})
        with pytest.raises(SealBroken):
            envelope.open_body(CIPHER, sealed, where="hotline_reports.report.note", row=ROW)
        with pytest.raises(SealBroken):
            envelope.open_body(CIPHER, sealed, where=WHERE, row=uuid4())

    def test_another_key_is_refused(self) -> None:
        with pytest.raises(SealBroken):
            envelope.open_body(AESGCM(bytes(32)), _seal({"a": 1}), where=WHERE, row=ROW)


class TestWrapForLine:
    record = uuid4()
    private = X25519PrivateKey.generate()

    def _wrap(self) -> bytes:
        return envelope.wrap_for_line(
            SECRET, self.private.public_key(), line="hotline", record=self.record, key_id="k"
        )

    def _open(self, wrapped: bytes, **other: Any) -> bytes:
        named = {"line": "hotline", "record": self.record, "key_id": "k", **other}
        return envelope.unwrap_for_line(wrapped, self.private, **named)

    def test_opens_with_the_private_key(self) -> None:
        assert len(self._wrap()) == 80
        assert self._open(self._wrap()) == SECRET

    @pytest.mark.parametrize(
        "other", [{"line": "helpline"}, {"record": uuid4()}, {"key_id": "hotline-2025a"}]
    )
    def test_is_refused_for_another_line_record_or_key(self, other: dict[str, Any]) -> None:
        with pytest.raises(SealBroken):
            self._open(self._wrap(), **other)

    def test_is_refused_changed_or_cut_short(self) -> None:
        wrapped = self._wrap()
        for at in range(len(wrapped)):
            with pytest.raises(SealBroken):
                self._open(wrapped[:at])
            changed = bytearray(wrapped)
            changed[at] ^= 0x10
            with pytest.raises(SealBroken):
                self._open(bytes(changed))


class TestWrapForReceipt:
    def test_opens_with_the_receipt_and_the_record_only(self) -> None:
        receipt, record = new_receipt(), uuid4()
        wrapped = envelope.wrap_for_receipt(SECRET, receipt, record=record)
        assert envelope.unwrap_for_receipt(wrapped, receipt, record=record) == SECRET
        with pytest.raises(SealBroken):
            envelope.unwrap_for_receipt(wrapped, new_receipt(), record=record)
        with pytest.raises(SealBroken):
            envelope.unwrap_for_receipt(wrapped, receipt, record=uuid4())
        with pytest.raises(SealBroken):
            envelope.unwrap_for_receipt(wrapped[:5], receipt, record=record)


class TestWrapInBatch:
    def test_opens_for_its_line_record_and_batch_only(self) -> None:
        batch_cipher = AESGCM(bytes(range(1, 33)))
        named: dict[str, Any] = {"line": "hotline", "record": uuid4(), "batch": uuid4()}
        wrapped = envelope.wrap_in_batch(batch_cipher, SECRET, **named)
        assert envelope.unwrap_in_batch(batch_cipher, wrapped, **named) == SECRET
        for other in ({"line": "helpline"}, {"record": uuid4()}, {"batch": uuid4()}):
            with pytest.raises(SealBroken):
                envelope.unwrap_in_batch(batch_cipher, wrapped, **{**named, **other})
