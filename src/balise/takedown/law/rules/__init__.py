"""What the law says of a content, and what a content shows: pure, by country pack and by date."""

from balise.takedown.law.rules.dsa import DSA_CATEGORIES, DSA_KEYWORDS
from balise.takedown.law.rules.offences import (
    Aggravation,
    NotInForce,
    Offence,
    OffenceUnknown,
    Tell,
    all_offences,
    offence_on,
    offences,
)

__all__ = [
    "DSA_CATEGORIES",
    "DSA_KEYWORDS",
    "Aggravation",
    "NotInForce",
    "Offence",
    "OffenceUnknown",
    "Tell",
    "all_offences",
    "offence_on",
    "offences",
]
