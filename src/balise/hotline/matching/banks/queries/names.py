"""The names of banks, in the language of the page."""

from django.conf import settings

from balise.hotline.matching.banks.models import Bank
from balise.hotline.matching.banks.rules.owned import CENTRE, NAMES


def name_of(bank: Bank) -> str:
    """Return the name that a person gave a bank; of one without, the platform's name for it.

    That one is never stored: it would stay in the language of the process that made the bank.
    """
    if bank.name:
        return bank.name
    return str(settings.CENTRE.name if bank.code == CENTRE else NAMES.get(bank.code, bank.code))
