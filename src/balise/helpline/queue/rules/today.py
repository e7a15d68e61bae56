"""How soon those who were there were answered, and how many left first: counted, never assumed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Served:
    """Who was answered, within the time that is aimed at or later, and who left before."""

    answered: int
    in_time: int
    left: int

    @property
    def in_time_share(self) -> int | None:
        """Return the answers in time in per cent of the answers; None where nobody was answered."""
        return round(100 * self.in_time / self.answered) if self.answered else None

    @property
    def left_share(self) -> int | None:
        """Return who left in per cent of who was answered or left; None where nobody came."""
        came = self.answered + self.left
        return round(100 * self.left / came) if came else None


def served(waits: Collection[timedelta], *, left: int, within: timedelta) -> Served:
    """Return what a day's waits say; `within` is how soon an answer is aimed at."""
    in_time = sum(wait <= within for wait in waits)
    return Served(answered=len(waits), in_time=in_time, left=left)
