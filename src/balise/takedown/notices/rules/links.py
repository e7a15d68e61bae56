"""What a link in a mail carries: which record it leads to, for what, until when. Pure; the key that
signs it is the caller's.
"""

import base64
import binascii
import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from uuid import UUID

_HEAD = struct.Struct(">B16sI")
_SEAL_BYTES = 16


class Purpose(IntEnum):
    """What a link is for."""

    ANSWER = 1
    CONTEST = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A link's purpose, the mailing (to answer) or notice (to contest) it is for, and its end."""

    purpose: Purpose
    record: UUID
    ends_at: datetime


type Mac = Callable[[str], bytes]


def written(link: Link, mac: Mac) -> str:
    """Return a link's token: 50 letters, digits, `-` and `_`. `mac` returns 16 bytes."""
    head = _HEAD.pack(link.purpose, link.record.bytes, int(link.ends_at.timestamp()))
    return _text(head + mac(head.hex()))


def read(token: str, mac: Mac) -> Link | None:
    """Return the link that was signed; None where nobody of ours signed it. It may have ended."""
    try:
        octets = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        if len(octets) != _HEAD.size + _SEAL_BYTES or _text(octets) != token:
            return None
        head = octets[: _HEAD.size]
        if not hmac.compare_digest(octets[_HEAD.size :], mac(head.hex())):
            return None
        purpose, record, ends = _HEAD.unpack(head)
        return Link(Purpose(purpose), UUID(bytes=record), datetime.fromtimestamp(ends, tz=UTC))
    except (binascii.Error, ValueError):
        return None


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
