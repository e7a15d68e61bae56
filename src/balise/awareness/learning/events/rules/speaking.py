"""Who speaks at events, as figures count it: on the day of each, of no name. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

type Speaking = tuple[str, date, int]  # the event's kind, its day, how many speak


def changed(before: Speaking | None, after: Speaking | None) -> Mapping[tuple[str, date], int]:
    """Return what a change adds by kind and day, below zero where it takes; None is not public."""
    found: Counter[tuple[str, date]] = Counter()
    for speaking, sign in ((before, -1), (after, 1)):
        if speaking:
            kind, day, many = speaking
            found[kind, day] += sign * many
    return {place: more for place, more in found.items() if more}
