"""The code of a visit: in one cookie for a quarter of an hour, and signed in a hidden field.

The field makes a second sending of the same page the first one again, and keeps two tabs apart.
"""

from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, TimestampSigner

from balise.foundation.encryption.receipts import Receipt, ReceiptMistyped, read_receipt
from balise.foundation.web.keeping import TokenCookie

CODE: Final = TokenCookie("lab", timedelta(minutes=15))
_FORM_LASTS: Final = timedelta(hours=24)


def written(receipt: Receipt) -> str:
    """Return a code signed, for a hidden field."""
    return _signer().sign(receipt)


def in_form(value: str) -> Receipt | None:
    """Return the code in a hidden field; None if it is not ours, or older than a day."""
    try:
        return read_receipt(_signer().unsign(value, max_age=_FORM_LASTS))
    except (BadSignature, ReceiptMistyped):
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.laboratory.code")
