"""Sealed records for tests, made as a line makes them."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import BatchSealer, RecordKey, keep, new_key
from balise.foundation.encryption.worded import Receipt

WHERE = "hotline_reports.report.body"


@dataclass(frozen=True)
class Sealed:
    """What a line would have in its own table: the row's id and its sealed column."""

    row: UUID
    body: bytes
    text: str

    @classmethod
    def under(cls, key: RecordKey) -> "Sealed":
        row, text = uuid4(), f"what was said in {key.record}"
        return cls(row, key.seal({"text": text}, where=WHERE, row=row), text)

    def opens_with(self, key: RecordKey) -> bool:
        return key.open(self.body, where=WHERE, row=self.row) == {"text": self.text}


def a_record(line: str = "hotline", *, receipt: Receipt | None = None) -> tuple[UUID, Sealed]:
    """Seal one record to a line and keep its key."""
    key = new_key(line, uuid4())
    keep(key, receipt=receipt)
    return key.record, Sealed.under(key)


def a_batch(count: int, line: str = "hotline") -> dict[UUID, Sealed]:
    """Seal many records under one batch key."""
    sealer = BatchSealer(line)
    keys = [new_key(line, uuid4()) for _ in range(count)]
    with transaction.atomic():
        KeyWrap.objects.bulk_create([sealer.row(), *(sealer.wrap(key) for key in keys)])
    return {key.record: Sealed.under(key) for key in keys}
