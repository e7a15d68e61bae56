"""What the diary asks of others: breaks of series, and what ties the centre to partners."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port


class Ties(Protocol):
    """Answered by those who keep partners: what began in a period, the oldest first.

    Each is its first day, that day in words as it is known, what it is, and with whom.
    """

    def __call__(self, first: date, last: date) -> Sequence[tuple[date, str, str, str]]: ...


class Marks(Protocol):
    """Answered by those who keep breaks of series: note one, return its id."""

    def __call__(
        self, *, on: date, name_fr: str, name_en: str, lines: Sequence[str], by: Actor
    ) -> UUID: ...


ties = Port[Ties]("diary.ties")
mark_break = Port[Marks]("diary.mark_break")
