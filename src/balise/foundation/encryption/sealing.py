"""What the lines use: a data key for each record, who can open it, and how it is forgotten.

Anyone can seal to a line; only a process with the line's private key, or the bearer of the receipt,
can open. Nothing here falls back to clear text.
"""

import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from itertools import batched
from typing import Any, Self
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.encryption.envelope import (
    JSON,
    KEY_BYTES,
    SealBroken,
    open_body,
    seal_body,
    unwrap_for_line,
    unwrap_for_receipt,
    unwrap_in_batch,
    wrap_for_line,
    wrap_for_receipt,
    wrap_in_batch,
)
from balise.foundation.encryption.keyring import KeyNotHeld, KeysFaulty, key_ring
from balise.foundation.encryption.models import KeyWrap, WrapKind
from balise.foundation.encryption.worded import Receipt
from balise.foundation.refusals import Shut

INDEX_BYTES = 16
WRAP_COLUMNS = ("record", "line", "kind", "key_id", "wrapped")
_LINE = WrapKind.LINE.value
_BATCH = WrapKind.BATCH.value
_RECEIPT = WrapKind.RECEIPT.value
_AT_ONCE = 500  # records in one query

type WrapRow = tuple[UUID, str, str, str, bytes]

__all__ = [
    "JSON",
    "WRAP_COLUMNS",
    "BatchSealer",
    "KeyForgotten",
    "KeyNotHeld",
    "KeysFaulty",
    "RecordKey",
    "SealBroken",
    "blind",
    "blinder",
    "forget",
    "forget_receipts",
    "keep",
    "key_of_line",
    "key_of_receipt",
    "keys_of_line",
    "known",
    "new_key",
    "receipt_columns",
    "receipt_index",
    "renew_receipt",
    "wraps_for",
]


class KeyForgotten(Shut, code="key-forgotten"):
    """The record's key was destroyed: nobody can read its content again."""


class RecordKey:
    """The data key of one record; it lives in memory only."""

    __slots__ = ("_cipher", "_secret", "line", "record")

    def __init__(self, line: str, record: UUID, secret: bytes) -> None:
        self.line = line
        self.record = record
        self._secret = secret
        self._cipher = AESGCM(secret)

    def __repr__(self) -> str:
        return f"<RecordKey of {self.line} {self.record}>"

    def __reduce__(self) -> str:
        raise TypeError("a record's key is never pickled, cached or queued")

    def handed_on(self) -> str:
        """Return this key for a payload that another key seals, and for nothing else.

        Opening that payload opens this record too: this is how a file travels with a letter.
        """
        return b64encode(self._secret).decode("ascii")

    @classmethod
    def taken_over(cls, line: str, record: UUID, text: str) -> Self:
        """Return the key that was `handed_on` in a payload."""
        return cls(line, record, b64decode(text, validate=True))

    def seal(self, payload: Mapping[str, JSON], *, where: str, row: UUID) -> bytes:
        """Return the payload sealed for one column of one row.

        `where` is `<app label>.<model>.<field>`, such as `hotline_reports.report.sealed`. The
        length tells only how many steps of 512 bytes the payload fills.
        """
        return seal_body(self._cipher, payload, where=where, row=row)

    def open(self, sealed: bytes | memoryview, *, where: str, row: UUID) -> dict[str, Any]:
        """Return what was sealed for this column of this row; raise `SealBroken` otherwise."""
        return open_body(self._cipher, bytes(sealed), where=where, row=row)


class BatchSealer:
    """Wraps the keys of many records cheaply: one batch key is sealed to the line, once.

    `row()` must be saved in the same transaction as the first of the wraps.
    """

    def __init__(self, line: str) -> None:
        self.line = line
        self.batch = uuid4()
        self._id = str(self.batch)
        self._key = new_key(line, self.batch)

    def row(self) -> KeyWrap:
        """Return the unsaved wrap of the batch's own key."""
        return _wrap(self.own_columns())

    def own_columns(self) -> WrapRow:
        """Return what `row` does as `WRAP_COLUMNS`."""
        return _line_columns(self._key)

    def wrap(self, key: RecordKey) -> KeyWrap:
        """Return the unsaved wrap of a record's key under the batch's key."""
        return _wrap(self.columns(key))

    def columns(self, key: RecordKey) -> WrapRow:
        """Return what `wrap` does as `WRAP_COLUMNS`, where a model would cost too much."""
        wrapped = wrap_in_batch(
            self._key._cipher, key._secret, line=self.line, record=key.record, batch=self.batch
        )
        return key.record, self.line, _BATCH, self._id, wrapped


def receipt_columns(key: RecordKey, receipt: Receipt) -> WrapRow:
    """Return, as `WRAP_COLUMNS`, the wrap of a record's key for the bearer of the receipt."""
    wrapped = wrap_for_receipt(key._secret, receipt, record=key.record)
    return key.record, key.line, _RECEIPT, "", wrapped


def new_key(line: str, record: UUID) -> RecordKey:
    """Return a fresh data key for a record that belongs to a line."""
    return RecordKey(line, record, os.urandom(KEY_BYTES))


def wraps_for(key: RecordKey, *, receipt: Receipt | None = None) -> list[KeyWrap]:
    """Return the unsaved wraps of a key: for its line's active key and, if given, a receipt."""
    rows = [_line_columns(key)]
    if receipt is not None:
        rows.append(receipt_columns(key, receipt))
    return [_wrap(row) for row in rows]


def keep(key: RecordKey, *, receipt: Receipt | None = None) -> None:
    """Save the wraps of a key, within the caller's transaction."""
    KeyWrap.objects.bulk_create(wraps_for(key, receipt=receipt))


def key_of_line(line: str, record: UUID) -> RecordKey:
    """Return a record's key, for a process that holds the line's private key.

    Raises `KeyNotHeld` where it does not, `KeyForgotten` when the record was erased.
    """
    try:
        return keys_of_line(line, (record,))[record]
    except KeyError:
        raise _forgotten() from None


def keys_of_line(line: str, records: Iterable[UUID]) -> dict[UUID, RecordKey]:
    """Return the keys of many records of a line; erased ones are left out.

    Two queries for each 500 records. Raises `KeyNotHeld` where the private key is not held.
    """
    key_ring().private_keys(line)  # refuse before any query
    keys: dict[UUID, RecordKey] = {}
    for some in batched(records, _AT_ONCE, strict=False):
        wraps = KeyWrap.objects.filter(
            record__in=some, line=line, kind__in=(WrapKind.LINE, WrapKind.BATCH)
        )
        in_batches: list[KeyWrap] = []
        for wrap in wraps:
            if wrap.kind == WrapKind.BATCH:
                in_batches.append(wrap)
            else:
                keys[wrap.record] = _unwrap_for_line(wrap)
        if in_batches:
            keys.update(_unwrap_in_batches(line, in_batches))
    return keys


def key_of_receipt(record: UUID, receipt: Receipt) -> RecordKey:
    """Return a record's key for the bearer of its receipt; no private key is needed.

    Raises `KeyForgotten` when there is nothing for a receipt to open, `SealBroken` when this is not
    the receipt.
    """
    for _record, line, kind, _key_id, wrapped in rows.select(KeyWrap, WRAP_COLUMNS, among=[record]):
        if kind == _RECEIPT:
            secret = unwrap_for_receipt(bytes(wrapped), receipt, record=record)
            return RecordKey(line, record, secret)
    raise _forgotten()


def forget(records: Iterable[UUID]) -> int:
    """Destroy the keys of records: what they sealed is gone. Returns how many wraps there were."""
    return sum(
        KeyWrap.objects.filter(record__in=some).delete()[0]
        for some in batched(records, _AT_ONCE, strict=False)
    )


def forget_receipts(records: Iterable[UUID]) -> int:
    """Destroy what a receipt opens, and only that: the line still can. Returns how many."""
    return sum(
        KeyWrap.objects.filter(record__in=some, kind=WrapKind.RECEIPT).delete()[0]
        for some in batched(records, _AT_ONCE, strict=False)
    )


def renew_receipt(key: RecordKey, receipt: Receipt) -> None:
    """Make this receipt the only one that opens a record, within the caller's transaction."""
    forget_receipts((key.record,))
    _wrap(receipt_columns(key, receipt)).save(force_insert=True)


def known(records: Iterable[UUID]) -> set[UUID]:
    """Return those of the records whose key has not been forgotten."""
    found: set[UUID] = set()
    for some in batched(records, _AT_ONCE, strict=False):
        found.update(KeyWrap.objects.filter(record__in=some).values_list("record", flat=True))
    return found


def blind(line: str, field: str, value: str) -> bytes:
    """Return a blind index of a value, 16 bytes: equal values of one line's field are equal.

    HMAC-SHA-256 under a key of this line and field only. The caller brings the value into its
    canonical form first.
    """
    return blinder(line, field)(value)


def blinder(line: str, field: str) -> Callable[[str], bytes]:
    """Return `blind` for one field of a line, for many values in a row: the key is read once."""
    key = key_ring().index_key(line, field)

    def blinded(value: str) -> bytes:
        return hmac.digest(key, value.encode(), "sha256")[:INDEX_BYTES]

    return blinded


def receipt_index(receipt: Receipt) -> bytes:
    """Return the blind index by which a receipt is found; the receipt itself is never stored."""
    return blind("public", "receipt", receipt)


def _wrap(row: WrapRow) -> KeyWrap:
    return KeyWrap(**dict(zip(WRAP_COLUMNS, row, strict=True)))


def _line_columns(key: RecordKey) -> WrapRow:
    key_id, public_key = key_ring().active(key.line)
    wrapped = wrap_for_line(
        key._secret, public_key, line=key.line, record=key.record, key_id=key_id
    )
    return key.record, key.line, _LINE, key_id, wrapped


def _unwrap_for_line(wrap: KeyWrap) -> RecordKey:
    secret = unwrap_for_line(
        bytes(wrap.wrapped),
        key_ring().private(wrap.line, wrap.key_id),
        line=wrap.line,
        record=wrap.record,
        key_id=wrap.key_id,
    )
    return RecordKey(wrap.line, wrap.record, secret)


def _unwrap_in_batches(line: str, wraps: Iterable[KeyWrap]) -> dict[UUID, RecordKey]:
    batches: dict[UUID, list[KeyWrap]] = {}
    for wrap in wraps:
        batches.setdefault(UUID(wrap.key_id), []).append(wrap)
    keys: dict[UUID, RecordKey] = {}
    found = KeyWrap.objects.filter(record__in=batches, line=line, kind=WrapKind.LINE)
    for batch in found:
        batch_key = _unwrap_for_line(batch)
        for wrap in batches[batch.record]:
            secret = unwrap_in_batch(
                batch_key._cipher,
                bytes(wrap.wrapped),
                line=line,
                record=wrap.record,
                batch=batch.record,
            )
            keys[wrap.record] = RecordKey(line, wrap.record, secret)
    return keys


def _forgotten() -> KeyForgotten:
    return KeyForgotten(_("This content has been erased."))
