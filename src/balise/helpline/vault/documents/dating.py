"""When a timestamp says that it saw a commitment, by the authorities that are trusted here."""

from datetime import datetime

from balise.foundation.encryption.timestamps import TimestampRefused, timestamped_at


def stamped_at(answer: bytes, commitment: bytes, *, roots: bytes) -> datetime | None:
    """Return when, in UTC; None for no timestamp, and for one that does not hold."""
    if not answer:
        return None
    try:
        return timestamped_at(answer, message=commitment, trusted=roots)
    except TimestampRefused:
        return None
