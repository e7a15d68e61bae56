"""Ranges of kit numbers: what stands on the shelf, what leaves it, what comes back. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _, ngettext

from balise.awareness.network.orders.rules.refusals import NotThere, StockShort


class Range(NamedTuple):
    """Kits whose numbers follow each other, the first and the last included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def size_of(ranges: Iterable[Range]) -> int:
    """Return how many kits these are."""
    return sum(each.size for each in ranges)


def taken(shelf: Sequence[Range], number: int) -> list[Range]:
    """Return the lowest numbers of a shelf, so many kits. Raises StockShort."""
    left, found = number, []
    for each in sorted(shelf):
        part = Range(each.first, min(each.last, each.first + left - 1))
        found.append(part)
        left -= part.size
        if not left:
            return found
    there = size_of(shelf)
    said = ngettext("%(there)s kit is in stock.", "%(there)s kits are in stock.", there)
    raise StockShort(said % {"there": there})


def without(shelf: Iterable[Range], gone: Range) -> list[Range]:
    """Return a shelf without a range. Raises NotThere unless the whole of it is there."""
    left: list[Range] = []
    is_there = False
    for each in shelf:
        if each.first <= gone.first and gone.last <= each.last:
            is_there = True
            left += [Range(each.first, gone.first - 1), Range(gone.last + 1, each.last)]
        else:
            left.append(each)
    if not is_there or gone.size < 1:
        raise NotThere(_("Not all of these kits are there."))
    return sorted(each for each in left if each.size > 0)


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, those that follow each other as one. Raises NotThere for overlaps."""
    found: list[Range] = []
    for each in sorted(ranges):
        if found and each.first <= found[-1].last:
            raise NotThere(_("Some of these kits are there already."))
        if found and each.first == found[-1].last + 1:
            found[-1] = Range(found[-1].first, each.last)
        else:
            found.append(each)
    return found
