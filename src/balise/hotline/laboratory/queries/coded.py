"""What the bearer of a code opens: no private key is needed, and nothing of anyone else."""

from uuid import UUID

from balise.foundation.encryption.sealing import (
    KeyForgotten,
    RecordKey,
    SealBroken,
    key_of_receipt,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.hotline.laboratory.models import PRINTS, Case
from balise.hotline.laboratory.rules.prints import CodeUnknown, Print, from_fields

_NO_CASE = UUID(int=0)


def opened(receipt: Receipt, *, lock: bool = False) -> tuple[Case, RecordKey]:
    """Return the case that a code opens, and its key. Raises CodeUnknown."""
    found = Case.objects.filter(receipt_key=receipt_index(receipt))
    if lock:
        found = found.select_for_update()
    case = found.first()
    try:
        key = key_of_receipt(case.id if case else _NO_CASE, receipt)
    except (KeyForgotten, SealBroken) as refusal:
        raise CodeUnknown from refusal
    if case is None:
        raise CodeUnknown
    return case, key


def prints_of(case: Case, key: RecordKey) -> tuple[Print, ...]:
    """Return the fingerprints that wait sealed in a case; none once they are in the bank."""
    if not case.sealed:
        return ()
    return from_fields(key.open(case.sealed, where=PRINTS, row=case.id)["prints"])
