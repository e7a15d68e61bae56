"""For how long what is known of a structure holds. Pure."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

FRESH: Final = timedelta(days=365)  # after it was confirmed
GRACE: Final = timedelta(days=90)  # shown in grey after that, then hidden
ASK_BEFORE: Final = timedelta(days=30)  # the first mail, before it is no longer fresh
ASK_AGAIN: Final = timedelta(days=30)
LINK_LASTS: Final = timedelta(days=60)
RENEW_BEFORE: Final = timedelta(days=60)  # a mail, before a convention ends
# A rule of ours: an attestation of honourability is asked for again after three years. The centre's
# counsel confirms it for its country.
ATTESTED: Final = timedelta(days=3 * 365)
CONTACTS_KEPT: Final = timedelta(days=365)  # after a structure left
CORRECTIONS_KEPT: Final = timedelta(days=90)


class Freshness(StrEnum):
    """How sure the public may be of what a structure's page says."""

    FRESH = "fresh"
    OLD = "old"  # shown in grey
    HIDDEN = "hidden"


def freshness(confirmed_on: date, *, on: date) -> Freshness:
    """Return how fresh what was confirmed on a day is on another."""
    if on <= confirmed_on + FRESH:
        return Freshness.FRESH
    return Freshness.OLD if on <= confirmed_on + FRESH + GRACE else Freshness.HIDDEN


def holds(attested_on: date | None, *, on: date) -> bool:
    """Return whether an attestation of honourability holds on a day."""
    return attested_on is not None and attested_on <= on <= attested_on + ATTESTED
