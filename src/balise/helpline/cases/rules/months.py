"""By which contacts a case is met again in a month. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID


def again(days: Mapping[UUID, date], *, counted: Collection[UUID]) -> list[UUID]:
    """Return the contacts to count beside those `counted`: of each month all but one.

    `days` are those of the contacts with support. The last of a month come first.
    """
    months: dict[tuple[int, int], list[UUID]] = defaultdict(list)
    for contact, day in sorted(days.items(), key=lambda one: (one[1], one[0]), reverse=True):
        months[day.year, day.month].append(contact)
    found = []
    for all_of_month in months.values():
        left = [contact for contact in all_of_month if contact not in counted]
        missing = len(left) - 1  # one of the month is never counted
        found += left[: max(missing, 0)]
    return found
