"""Numbers that registers give: SIRET (14 digits), RNA (W and 9 digits), RIDET (7 to 10). Pure."""

import re
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.network.structures.rules.refusals import NumberFaulty

_SIRET: Final = re.compile(r"\d{14}")
_RNA: Final = re.compile(r"W\d{9}")  # it has no check digit
_RIDET: Final = re.compile(r"\d{7}|\d{10}")  # New Caledonia's; its last three are the place
_POST: Final = "356000000"  # La Poste: its 14 digits add to a multiple of 5 (INSEE)
_TEN: Final = 10


def number_of(text: str) -> str:
    """Return a number without spaces and dots, empty where none was given. Raises NumberFaulty."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if not number or _RNA.fullmatch(number) or _RIDET.fullmatch(number):
        return number
    if not _SIRET.fullmatch(number):
        raise NumberFaulty(_("Enter 14 digits (SIRET), or W and 9 digits (RNA)."))
    if not _checks(number):
        raise NumberFaulty(_("This SIRET is not right: check each digit."))
    return number


def _checks(siret: str) -> bool:
    """Return whether the check digits of a SIRET are right (Luhn; ISO/IEC 7812-1)."""
    if siret.startswith(_POST) and sum(map(int, siret)) % 5 == 0:
        return True
    total = 0
    for at, digit in enumerate(reversed(siret)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value >= _TEN else value
    return total % _TEN == 0
