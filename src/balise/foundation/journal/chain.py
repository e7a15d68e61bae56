"""What a link's hash is computed over; pure. A verifier in another language needs only this."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson


class Facts(NamedTuple):
    """What the chain seals of one entry."""

    line: str
    at: datetime
    event: str
    subject: UUID
    actor_kind: str
    actor_key: str
    facts_text: str


def first_hash(line: str) -> bytes:
    """Return the hash before the first link of a line's chain."""
    return sha256(f"balise.journal/1/{line}".encode()).digest()


def next_hash(previous: bytes, seq: int, entry: Facts) -> bytes:
    """Return SHA-256(previous ‖ canonical bytes), 32 bytes.

    The canonical bytes are a JSON array without spaces, in UTF-8: place, line, moment (UTC, six
    decimals), event, subject (with dashes), kind and key of the actor, facts as they are stored.
    """
    canonical = orjson.dumps(
        [
            seq,
            entry.line,
            entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            entry.event,
            str(entry.subject),
            entry.actor_kind,
            entry.actor_key,
            entry.facts_text,
        ]
    )
    return sha256(previous + canonical).digest()
