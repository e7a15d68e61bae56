"""Moments that another program told, read once for all doors. Pure."""

from datetime import UTC, datetime, tzinfo
from typing import Final

# Each of these is a moment in every zone; the first and the last year are not.
_YEARS: Final = range(2, 9_999)


def read(text: object, *, zone: tzinfo | None = None) -> datetime:
    """Return a moment in UTC, from ISO 8601; one that tells no zone is in that given.

    Raises ValueError for what is none, for one without a zone where none is given, and for a year
    in which some zone has no calendar: `0001-01-01T00:00+14:00` is a day before the first.
    """
    if not isinstance(text, str):
        raise ValueError("a moment is a text")  # noqa: TRY004 - whoever reads a file catches one
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        if zone is None:
            raise ValueError("a moment has its zone")
        moment = moment.replace(tzinfo=zone)
    return bounded(moment)


def bounded(moment: datetime) -> datetime:
    """Return an aware moment in UTC. Raises ValueError for a year without a calendar somewhere."""
    if moment.year not in _YEARS:
        raise ValueError("a year that some zone does not have")
    return moment.astimezone(UTC)
