"""Days and numbers as files write them."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.quantities import Quantity
from balise.steering.rules import printed

# Why a file that was brought is refused.


class FileUnreadable(Refused, code="file-unreadable"):
    """It is no file that is read here."""

    field = "file"


class AlreadyImported(Refused, code="already-imported"):
    """It was imported by somebody, perhaps a moment ago."""


class CellUnreadable(Refused, code="cell-unreadable"):
    """A cell is no day, or no span of days."""


_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].{0,30})?")
_FRENCH: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR: Final = re.compile(r"\d{4}")


def day_of(text: str) -> date:
    """Return a day: 2026-03-12, 12/03/2026 or 12.03.2026. Raises CellUnreadable."""
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _FRENCH.fullmatch(plain):
        day, month, year = map(int, found.groups())
    else:
        raise _no_day(plain)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(plain) from None


def span_of(text: str) -> tuple[date, date]:
    """Return the first and last day of a day, a week, a month or a year. Raises CellUnreadable.

    A week is written as Matomo writes it: its first and last day with a comma between.
    """
    plain = text.strip()
    first, comma, last = plain.partition(",")
    if comma:
        return day_of(first), day_of(last)
    if found := _MONTH.fullmatch(plain):
        year, month = int(found[1]), int(found[2])
        if 1 <= month <= 12:  # noqa: PLR2004 - December
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if _YEAR.fullmatch(plain):
        return date(int(plain), 1, 1), date(int(plain), 12, 31)
    day = day_of(plain)
    return day, day


def number_of(text: str) -> Quantity:
    """Return a number with its bound. Raises Refused for what is none, or in doubt."""
    if "/" in text:  # a day in the wrong column
        raise CellUnreadable(_("“%(text)s” is not a number.") % {"text": text[:40]})
    quantity = printed.read(text).quantity
    whole = quantity.value.to_integral_value()
    return Quantity(whole, quantity.bound) if whole == quantity.value else quantity


def _no_day(text: str) -> CellUnreadable:
    return CellUnreadable(_("“%(text)s” is not a day.") % {"text": text[:40]})
