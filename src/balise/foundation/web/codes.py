"""Any code at any door: what it opens is found, whichever page it is typed on.

Each module says how one of its codes is opened; none reads another's index. A code that was erased
and one that never was read alike, and wrong ones count together, whatever the door.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from balise.foundation.encryption.receipts import Receipt, ReceiptMistyped
from balise.foundation.encryption.worded import read_code
from balise.foundation.web.doors import Request
from balise.foundation.web.floods import Blinds, Buckets, is_loopback
from balise.foundation.web.pauses import address_of, pause_before

WRONG_A_MINUTE: Final = 10  # of a neighbourhood; two minutes' worth may come at once


@dataclass(frozen=True, slots=True)
class Way:
    """A door's name, and what opens a code there: the page's answer, or None for no such code."""

    door: str
    opens: Callable[[Request, Receipt], HttpResponse | None]


class Guesses:
    """How often a neighbourhood typed a code that opens nothing: in memory, under no name."""

    def __init__(self) -> None:
        self._blinds = Blinds()
        self._wrong = Buckets[bytes]()

    def note(self, address: str, *, now: float) -> bool:
        """Count a wrong code; return whether it is still within the limit."""
        return self._wrong.takes(
            self._blinds.of(address, now=now), a_minute=WRONG_A_MINUTE, now=now
        )

    def is_spent(self, address: str, *, now: float) -> bool:
        """Return whether a neighbourhood has typed too many, without counting."""
        return self._wrong.is_spent(
            self._blinds.of(address, now=now), a_minute=WRONG_A_MINUTE, now=now
        )


_ways: list[Way] = []
_guesses = Guesses()


def arrange(ways: Iterable[Way]) -> None:
    """Set the ways of all modules; the wiring calls it once."""
    _ways[:] = ways


def in_order(ways: Sequence[Way], door: str) -> list[Way]:
    """Return the ways in the order in which a code is tried: that of its own door first."""
    return sorted(ways, key=lambda way: way.door != door)


def found(request: Request, receipt: Receipt, *, door: str) -> HttpResponse | None:
    """Return the answer that leads to what a code opens, or None; a wrong one is counted."""
    for way in in_order(_ways, door):
        if answer := way.opens(request, receipt):
            return answer
    _guesses.note(address_of(request), now=time.monotonic())
    return None


def enter(request: Request, form: forms.Form, *, door: str) -> HttpResponse | None:
    """Return the answer that leads to what the form's `code` opens, whichever door it is of.

    None with the reason at the field. After too many wrong codes nearby, the answer is a pause.
    """
    if not form.is_valid():
        return None
    try:
        receipt = read_code(form.cleaned_data["code"])
    except ReceiptMistyped as refusal:
        form.add_error("code", refusal.message)
        return None
    if has_to_pause(request) and (pause := pause_before(request)):
        return pause
    answer = found(request, receipt, door=door)
    if answer is None:
        form.add_error("code", nothing())
    return answer


def has_to_pause(request: Request) -> bool:
    """Return whether too many wrong codes came from nearby; never of this machine itself."""
    address = address_of(request)
    if is_loopback(address) and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    return _guesses.is_spent(address, now=time.monotonic())


def nothing() -> str:
    """Return what is said of a code that opens nothing: erased, too old, or never one of ours."""
    return _("This code opens nothing. Check each word and the order, or each letter and digit.")
