"""What a partner is told when one of its reports changes, and how it knows that we said it."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

import orjson

SIGNATURE = "Balise-Signature"


def message(*, event_id: UUID, kind: str, report: UUID, content: UUID, at: datetime) -> bytes:
    """Return the JSON that is sent: an id that is the same for every attempt, a kind, two ids.

    It says that something changed; the new state is read from the API, with a token.
    """
    told = {
        "id": str(event_id),
        "type": kind,
        "report": str(report),
        "content": str(content),
        "at": at.isoformat(),
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def signature(secret: str, *, body: bytes, at: datetime) -> str:
    """Return the header's value: `t=SECONDS,v1=HEX`, an HMAC-SHA-256 over `SECONDS.BODY`."""
    seconds = int(at.timestamp())
    signed = hmac.digest(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hex()}"
