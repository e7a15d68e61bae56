"""The certificate of filing: what it states, so that the same words are signed and checked."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from balise.hotline.reports.rules.places import Place

_STATEMENT = "balise/certificate/v1"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a certificate states: that this report, with these places, was filed at this moment.

    `fingerprint` is the SHA-256 (64 hexadecimal digits) of the places, each on its line as it was
    written, after the report's number, which serves as salt.
    """

    number: UUID
    filed_at: datetime
    fingerprint: str

    @property
    def message(self) -> bytes:
        """Return the bytes that are signed (Ed25519)."""
        filed_at = self.filed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{_STATEMENT}|{self.number}|{filed_at}|{self.fingerprint}".encode()


def statement(*, number: UUID, filed_at: datetime, places: Iterable[Place]) -> Statement:
    """Return what the certificate of a report states."""
    lines = [str(number), *(place.text for place in places)]
    fingerprint = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Statement(number, filed_at, fingerprint)
