"""Octets are taken from a budget before they are stored, and given back where nothing was.

One statement takes them, under its own condition: several processes count as one. A process counts
the first `AT_ONCE` of each neighbourhood and of each total by itself, so that a short form costs
its page nothing. What comes first is counted in memory alone: it never waits for a row.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from threading import Lock
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from balise.foundation import clock
from balise.foundation.budgets.models import Day, Spending, Stock
from balise.foundation.budgets.rules import (
    AN_HOUR,
    AT_ONCE,
    GIB,
    MIB,
    ROW,
    Budget,
    Spent,
    Why,
    seconds_until_tomorrow,
)

MOST_KEPT: Final = 100_000  # names in one process's memory

type Who = tuple[bytes, int]  # a name that is not kept, and how many octets it may send


class Tally:
    """What this process took of each name today and has not written down."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._octets: dict[UUID, int] = {}
        self._own_key = b""
        self._key = b""
        self._lock = Lock()

    def add(self, name: UUID, octets: int) -> int:
        """Count octets, also negative ones, and return how many there are now."""
        with self._lock:
            if len(self._octets) >= MOST_KEPT and name not in self._octets:
                self._octets.clear()
            found = max(self._octets.get(name, 0) + octets, 0)
            self._octets[name] = found
            return found

    def take(self, name: UUID) -> int:
        """Return what is counted of a name, and begin at nothing."""
        with self._lock:
            return self._octets.pop(name, 0)

    def key_of(self, today: date, *, is_shared: bool) -> bytes:
        """Return the key of today's names: that of all processes, or this one's own."""
        with self._lock:
            if self._day != today:
                self._day, self._key = today, b""
                self._octets.clear()
                self._own_key = secrets.token_bytes(32)
            if not is_shared:
                return self._own_key
            if not self._key:
                Day.objects.bulk_create(
                    [Day(day=today, key=secrets.token_bytes(32))], ignore_conflicts=True
                )
                self._key = bytes(Day.objects.values_list("key", flat=True).get(day=today))
            return self._key

    def forget(self) -> None:
        """Begin anew, as after a restart."""
        with self._lock:
            self._day = None


_tally: Final = Tally()


@dataclass(slots=True)
class Taken:
    """What was taken for one request."""

    budget: Budget
    octets: int
    today: date
    names: list[UUID] = field(default_factory=list)
    is_in_total: bool = False

    def give_back(self) -> None:
        """Return it: nothing was stored."""
        for name in self.names:
            _give_back(name, self.octets)
        if self.is_in_total:
            _give_back(_of_total(self.budget), self.octets, total=self.budget.name)
        self.names, self.is_in_total = [], False


def limit_in_all(budget: Budget) -> int:
    """Return the octets that a budget has in all: the centre's own figure, or the house's."""
    told = settings.BUDGETS.get(budget.name, "")
    return int(told) * GIB if budget.in_all and told.isdecimal() else budget.in_all


def limit_near(budget: Budget) -> int:
    """Return the octets of a neighbourhood in a day: the centre's own figure, or the house's."""
    told = settings.BUDGETS_NEARBY.get(budget.name, "")
    return int(told) * MIB if budget.near and told.isdecimal() else budget.near


def spend(budget: Budget, octets: int, *, by: Sequence[Who]) -> Taken:
    """Take the octets of a request, or refuse (Spent). `by` names who sends, the widest first."""
    today = clock.today()
    taken = Taken(budget, octets + ROW, today)
    try:
        for who, most in by:
            if most:
                _take(taken, who, most)
        if in_all := limit_in_all(budget):
            _take_of_total(taken, in_all)
    except Spent:
        taken.give_back()
        raise
    return taken


def name_of(budget: Budget, who: bytes, *, today: date) -> UUID:
    """Return the name of a neighbourhood in a budget: it tells nothing once the day is over."""
    key = _tally.key_of(today, is_shared=not budget.comes_first)
    digest = blake2b(who, key=key, person=_person(budget), digest_size=16)
    return UUID(bytes=digest.digest())


def forget_what_is_counted() -> None:
    """Let this process begin anew, as after a restart."""
    _tally.forget()


def _person(budget: Budget) -> bytes:
    return blake2b(budget.name.encode(), digest_size=16).digest()


def _take(taken: Taken, who: bytes, most: int) -> None:
    name = name_of(taken.budget, who, today=taken.today)
    pending = _tally.add(name, taken.octets)
    if taken.budget.comes_first:
        is_taken = pending <= most
    else:
        is_taken = pending < AT_ONCE or _write(name, taken, most)
    if not is_taken:
        _tally.add(name, -taken.octets)
        raise Spent(Why.NEAR, after=seconds_until_tomorrow(timezone.localtime(clock.now())))
    taken.names.append(name)


def _write(name: UUID, taken: Taken, most: int) -> bool:
    """Write down what is counted of a name, and return whether it was within its limit."""
    octets = _tally.take(name)
    quote = connection.ops.quote_name
    table = quote(Spending._meta.db_table)
    key = Spending._meta.get_field("id").get_db_prep_value(name, connection)
    if octets <= most:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (id, day_id, budget, octets) VALUES (%s, %s, %s, %s)"  # noqa: S608 - our own names
                f" ON CONFLICT (id) DO UPDATE SET octets = {table}.octets + excluded.octets"
                f" WHERE {table}.octets + excluded.octets <= %s",
                [key, taken.today.isoformat(), taken.budget.name, octets, most],
            )
            if cursor.rowcount:
                return True
    _tally.add(name, octets)
    return False


def _take_of_total(taken: Taken, in_all: int) -> None:
    name = _of_total(taken.budget)
    pending = _tally.add(name, taken.octets)
    if pending >= AT_ONCE and not _write_total(name, taken.budget.name, in_all):
        _tally.add(name, -taken.octets)
        raise Spent(Why.IN_ALL, after=AN_HOUR)
    taken.is_in_total = True


def _write_total(name: UUID, budget: str, in_all: int) -> bool:
    octets = _tally.take(name)
    table = connection.ops.quote_name(Stock._meta.db_table)
    if octets <= in_all:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (budget, measured, since) VALUES (%s, 0, %s)"  # noqa: S608 - our own names
                f" ON CONFLICT (budget) DO UPDATE SET since = {table}.since + excluded.since"
                f" WHERE {table}.measured + {table}.since + excluded.since <= %s",
                [budget, octets, in_all],
            )
            if cursor.rowcount:
                return True
    _tally.add(name, octets)
    return False


def _of_total(budget: Budget) -> UUID:
    return UUID(bytes=_person(budget))


def _give_back(name: UUID, octets: int, *, total: str = "") -> None:
    """Return octets where they are counted: in memory as far as it goes, else in the database."""
    counted = _tally.take(name)
    if counted >= octets:
        _tally.add(name, counted - octets)
        return
    rest = octets - counted
    model, column = (Stock, "since") if total else (Spending, "octets")
    key = total or Spending._meta.get_field("id").get_db_prep_value(name, connection)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = {column} - %s"  # noqa: S608 - our own names
            f" WHERE {'budget' if total else 'id'} = %s AND {column} >= %s",
            [rest, key, rest],
        )
