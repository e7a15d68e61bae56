"""What the law says of a content, and what a content shows: pure, by country pack and by date."""

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
    "Aggravation",
    "NotInForce",
    "Offence",
    "OffenceUnknown",
    "Tell",
    "all_offences",
    "offence_on",
    "offences",
]
