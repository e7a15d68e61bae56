"""How a zero differs from “not counted”: the days of each measure, and until when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

STALE_AFTER: Final = timedelta(minutes=1)


class Gap(StrEnum):
    """Why a number was not counted."""

    BEFORE_THE_CENTRE = "before-the-centre"  # before its first fact
    BEFORE_THE_MEASURE = "before-the-measure"  # it is counted since later only
    NOT_YET = "not-yet"  # after what was counted so far


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a measure counted whole: none where `last` comes before `first`.

    `begins` says why nothing was counted before `first`; `line` is where its facts come from.
    """

    first: date
    last: date
    begins: Gap = Gap.BEFORE_THE_CENTRE
    line: str = ""

    def gap(self, first: date, last: date) -> Gap | None:
        """Return why not all days of a period were counted; None where they were."""
        if first < self.first:
            return self.begins
        return Gap.NOT_YET if last > self.last else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Until when the figures of some measures counted.

    `until` says it for each line that they come from: the moment of asking where nothing waits,
    the line's last counted fact where something does, None where nothing was counted. `waiting` is
    how many facts wait, `oldest` the moment of the first. `spans` has the days of each measure.
    Moments are in the centre's zone.
    """

    asked_at: datetime
    until: Mapping[str, datetime | None]
    waiting: int
    oldest: datetime | None
    spans: Mapping[str, Span]

    @property
    def is_stale(self) -> bool:
        """Return whether a fact has waited for more than a minute."""
        return is_old(self.oldest, at=self.asked_at)

    @property
    def whole_until(self) -> datetime:
        """Return the moment before which all that was written down is counted."""
        return self.oldest or self.asked_at

    @property
    def earliest(self) -> datetime | None:
        """Return until when all lines counted; None where one of them counted nothing."""
        moments = list(self.until.values())
        known = [moment for moment in moments if moment is not None]
        return min(known) if known and len(known) == len(moments) else None


def is_old(moment: datetime | None, *, at: datetime) -> bool:
    """Return whether a fact has waited for longer than it takes the worker to count it."""
    return moment is not None and at - moment > STALE_AFTER
