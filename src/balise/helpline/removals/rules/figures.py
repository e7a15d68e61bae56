"""What is counted of removals, and the same days a year before."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

PERCENTILES = (50, 90)


class Counted(TextChoices):
    """What an item can come to; one may come to several."""

    SENT = "sent"
    REMOVED = "removed"
    REFUSED = "refused"
    SILENT = "silent"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of what was sent in a period: how many, and seconds at each of PERCENTILES.

    Each is counted on the day it happened, so a removal may be of an item sent in a period before.
    """

    sent: int = 0
    removed: int = 0
    removed_accounts: int = 0
    refused: int = 0
    silent: int = 0
    back: int = 0
    percentiles: tuple[int, ...] = ()

    @property
    def success(self) -> int | None:
        """Return removals for a hundred sent, or None where nothing was."""
        return share(self.removed, self.sent)

    @property
    def refusal(self) -> int | None:
        return share(self.refused, self.sent)

    @property
    def silence(self) -> int | None:
        return share(self.silent, self.sent)

    @property
    def reappearance(self) -> int | None:
        """Return how many of a hundred removals came back."""
        return share(self.back, self.removed)


def share(part: int, whole: int) -> int | None:
    """Return how many of a hundred, to the nearest whole number; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def year_before(on: date) -> date:
    """Return the same day of the year before; 28 February for the 29th."""
    if on.month == 2 and on.day == 29 and not isleap(on.year - 1):  # noqa: PLR2004
        return date(on.year - 1, 2, 28)
    return on.replace(year=on.year - 1)
