"""Day tallies: how often something was done, with no row of who did it; the journal hears later.

A public page adds one to the tally of the day. Once a day is over, one fact for each of its
tallies is told to the journal, and what came later is told as more.
"""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Event


class DayTally(models.Model):
    """How many times on a day; `told_times` is what the journal was told of it.

    A table adds what is counted (its `place`), and that a place of a day is there once.
    """

    day = models.DateField()
    times = models.BigIntegerField(default=0)
    told_times = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def untold(self) -> int:
        """Return how many times the journal does not know of yet."""
        return self.times - self.told_times


class SummedTally(DayTally):
    """A tally with a sum beside how many times: points gained, of so many people."""

    total = models.BigIntegerField(default=0)
    told_total = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def untold_total(self) -> int:
        """Return the part of the sum that the journal does not know of yet."""
        return self.total - self.told_total


class Counted(models.Model):
    """That something was counted, so that it counts once: a mark, which leads to nothing."""

    mark = models.BinaryField(max_length=16, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True


def add(among: type[DayTally], *, total: int = 0, **place: object) -> None:
    """Add one to the tally of a place on this day, within the caller's transaction."""
    key = {"day": clock.today(), **place}
    more = {"times": F("times") + 1}
    if total:
        more["total"] = F("total") + total
    found = among._default_manager.filter(**key)
    if not found.update(**more):
        rows.insert(among, (*key, *_ZERO[_has_sum(among)]), [_row(among, key)], unless_known=True)
        found.update(**more)


def add_past(among: type[DayTally], days: Mapping[date, int], **place: object) -> None:
    """Add to the tallies of a place on days of the past, so many times each; for a history.

    The days have no tally of this place yet: an IntegrityError else.
    """
    with transaction.atomic():
        among._default_manager.bulk_create(
            among(day=day, times=times, **place) for day, times in days.items() if times
        )


def once(among: type[Counted], record: bytes, *, what: str) -> bool:
    """Return whether something of a record is counted for the first time, and note that it is."""
    mark = blake2b(record, person=what.encode()[:16], digest_size=16).digest()
    return bool(rows.insert(among, ("mark", "at"), [(mark, clock.now())], unless_known=True))


def tell[Row: DayTally](
    among: type[Row], fact: Callable[[Row], Event], *, by: Actor, only: Q | None = None
) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was.

    `fact` makes one of a tally's `untold`.
    """
    with transaction.atomic():
        rows.in_turn(f"{among._meta.db_table}.told")
        late = among._default_manager.filter(
            only or Q(), day__lt=clock.today(), times__gt=F("told_times")
        )
        new: list[Any] = list(late.order_by("day", "pk"))
        told = record_many((fact(each) for each in new), by=by)
        for each in new:
            each.told_times = each.times
            if _has_sum(among):
                each.told_total = each.total
        among._default_manager.bulk_update(
            new, ("told_times", "told_total") if _has_sum(among) else ("told_times",)
        )
    return told


_ZERO = {
    False: ("times", "told_times"),
    True: ("times", "told_times", "total", "told_total"),
}


def _has_sum(among: type[DayTally]) -> bool:
    return issubclass(among, SummedTally)


def _row(among: type[DayTally], key: dict[str, Any]) -> tuple[object, ...]:
    return (*key.values(), *(0 for _name in _ZERO[_has_sum(among)]))
