"""What comes first: reports, chats, letters, danger, leaving, and the staff who answer.

Their requests have threads, memory and the turn to write of their own. What else anyone may send,
with a total or without, takes none of it (decision 88).
"""

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from balise.foundation.budgets.rules import KIB
from balise.foundation.web.doors import Door
from balise.foundation.web.spending import budget_of

SHORT: Final = 64 * KIB  # octets: a message, a report with its addresses, a form of staff
LEAVES: Final = "/exit/"
_LONGEST: Final = 500  # signs of an address, with a signed link in it
_KNOWN: Final = 4096  # addresses; a stranger who invents others has each looked up once


def comes_first(path: str) -> bool:
    """Return whether an address is of what comes first; one that there is not is not."""
    return len(path) <= _LONGEST and _looked_up(path)


@lru_cache(_KNOWN)
def _looked_up(path: str) -> bool:
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            view: Any = resolve(path).func
        except Resolver404:
            return False
    if path == LEAVES:
        return True
    if getattr(view, "door", None) == Door.STAFF:
        return bool(getattr(view, "login_required", True))  # before the door anyone may send
    if callable(getattr(view, "budget", None)):
        return False  # one of several, which all have a total
    budget = budget_of(view)
    return budget is not None and budget.comes_first
