"""The number of a dossier: one series a year, from 1, without a gap."""

import re

from balise.foundation.journal.events import Code

_NUMBER = re.compile(r"20\d{2}-\d{6}")
LAST = 999_999


def number_of(year: int, serial: int) -> Code:
    """Return a dossier's number, such as `2026-000123`; raises ValueError past 999,999."""
    number = f"{year:04}-{serial:06}"
    if not (1 <= serial <= LAST and is_number(number)):
        raise ValueError("no number is left")
    return Code(number)


def is_number(text: object) -> bool:
    """Return whether a text is the number of a dossier."""
    return isinstance(text, str) and _NUMBER.fullmatch(text) is not None
