"""Why an entry that is alike was no hit."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.hotline.matching.banks.rules.opinions import ASKED, EntryState

LOOKED_AROUND: Final = 62  # bits: twice the usual distance; beyond, pictures have nothing in common


class Reason(TextChoices):
    """What kept an entry from being a hit."""

    LATER = "later", _("It was added later")
    WITHDRAWN = "withdrawn", _("It had been withdrawn")
    HELD = "held", _("It was on hold")
    BANK_OFF = "bank-off", _("Its bank was off")
    TOO_FAR = "too-far", _("It is farther than its bank’s distance")


def reason_of(
    state: EntryState | None, *, is_bank_on: bool, distance: int, within: int
) -> Reason | None:
    """Return why an entry is no hit, None where it is one; no state: it was not there."""
    if state is None:
        return Reason.LATER
    if state not in ASKED:
        return Reason.WITHDRAWN if state is EntryState.WITHDRAWN else Reason.HELD
    if not is_bank_on:
        return Reason.BANK_OFF
    return Reason.TOO_FAR if distance > within else None
