"""Octets are taken from a budget before they are stored, and given back where nothing was.

A process counts the first `AT_ONCE` of each neighbourhood and of each total by itself, so that a
short form costs its page nothing. Beyond, one statement takes them, under its own condition:
several processes count as one. What comes first is counted in memory alone and waits for no row.
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
from balise.foundation.budgets.models import Day, Spending
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

_TAKE_NEAR: Final = """
    INSERT INTO budgets_spending (id, day, budget, octets) VALUES (%s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET octets = budgets_spending.octets + excluded.octets
    WHERE budgets_spending.octets + excluded.octets <= %s
"""
_TAKE_IN_ALL: Final = """
    INSERT INTO budgets_stock (budget, measured, since) VALUES (%s, 0, %s)
    ON CONFLICT (budget) DO UPDATE SET since = budgets_stock.since + excluded.since
    WHERE budgets_stock.measured + budgets_stock.since + excluded.since <= %s
"""
_GIVE_BACK_NEAR: Final = (
    "UPDATE budgets_spending SET octets = octets - %s WHERE id = %s AND octets >= %s"
)
_GIVE_BACK_IN_ALL: Final = (
    "UPDATE budgets_stock SET since = since - %s WHERE budget = %s AND since >= %s"
)


class Tally:
    """What this process took today and has not written down, by names that only it can make."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._octets: dict[bytes, int] = {}
        self._key = b""  # of this process's own names
        self._shared = b""  # of the names in the database
        self._lock = Lock()

    def name_of(self, budget: Budget, who: bytes, *, today: date) -> bytes:
        """Return a name of today; nobody is the total."""
        with self._lock:
            if self._day != today:
                self._day, self._key, self._shared = today, secrets.token_bytes(32), b""
                self._octets.clear()
            return _digest(budget, who, self._key)

    def add(self, name: bytes, octets: int) -> int:
        """Count octets, also negative ones, and return how many there are now."""
        with self._lock:
            if len(self._octets) >= MOST_KEPT and name not in self._octets:
                self._octets.clear()
            found = max(self._octets.get(name, 0) + octets, 0)
            self._octets[name] = found
            return found

    def take(self, name: bytes) -> int:
        """Return what is counted of a name, and begin at nothing."""
        with self._lock:
            return self._octets.pop(name, 0)

    def shared(self, today: date) -> bytes:
        """Return the key of the names that all processes make today; nobody waits for it here."""
        key = self._shared
        if not key:
            Day.objects.bulk_create(
                [Day(day=today, key=secrets.token_bytes(32))], ignore_conflicts=True
            )
            key = bytes(Day.objects.values_list("key", flat=True).get(day=today))
            with self._lock:
                self._shared = key if self._day == today else b""
        return key

    def forget(self) -> None:
        """Begin anew, as after a restart."""
        with self._lock:
            self._day = None


_tally: Final = Tally()


@dataclass(frozen=True, slots=True)
class _Account:
    """Where octets are counted: those of one neighbourhood on one day, or (nobody) the total."""

    budget: Budget
    who: bytes
    most: int
    today: date

    def takes(self, octets: int) -> bool:
        """Take octets, and return whether they were within the limit."""
        pending = _tally.add(self._name, octets)
        if self.budget.comes_first:
            fits = pending <= self.most
        else:
            fits = pending < AT_ONCE or self._write_down()
        if not fits:
            _tally.add(self._name, -octets)
        return fits

    def give_back(self, octets: int) -> None:
        """Return octets where they are counted: in memory as far as it goes, else in the row."""
        counted = _tally.take(self._name)
        _tally.add(self._name, max(counted - octets, 0))
        rest = octets - counted
        if rest > 0 and not self.budget.comes_first:
            sql = _GIVE_BACK_NEAR if self.who else _GIVE_BACK_IN_ALL
            with connection.cursor() as cursor:
                cursor.execute(sql, [rest, self._row, rest])

    def _write_down(self) -> bool:
        octets = _tally.take(self._name)
        if octets <= self.most:
            with connection.cursor() as cursor:
                if self.who:
                    day = self.today.isoformat()
                    given = [self._row, day, self.budget.name, octets, self.most]
                    cursor.execute(_TAKE_NEAR, given)
                else:
                    cursor.execute(_TAKE_IN_ALL, [self._row, octets, self.most])
                if cursor.rowcount:
                    return True
        _tally.add(self._name, octets)
        return False

    @property
    def _name(self) -> bytes:
        return _tally.name_of(self.budget, self.who, today=self.today)

    @property
    def _row(self) -> str | UUID:
        if not self.who:
            return self.budget.name
        name = UUID(bytes=_digest(self.budget, self.who, _tally.shared(self.today)))
        key: str | UUID = Spending._meta.get_field("id").get_db_prep_value(name, connection)
        return key


@dataclass(slots=True)
class Taken:
    """What was taken for one request."""

    octets: int
    of: list[_Account] = field(default_factory=list)

    def give_back(self) -> None:
        """Return it: nothing was stored."""
        while self.of:
            self.of.pop().give_back(self.octets)


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
    taken, today = Taken(octets + ROW), clock.today()
    of = [*by, (b"", limit_in_all(budget))]
    for who, most in of:
        account = _Account(budget, who, most, today)
        if most and not account.takes(taken.octets):
            taken.give_back()
            raise _spent(account)
        if most:
            taken.of.append(account)
    return taken


def forget_what_is_counted() -> None:
    """Let this process begin anew, as after a restart."""
    _tally.forget()


def _spent(account: _Account) -> Spent:
    if account.who:
        return Spent(Why.NEAR, after=seconds_until_tomorrow(timezone.localtime(clock.now())))
    return Spent(Why.IN_ALL, after=AN_HOUR)


def _digest(budget: Budget, who: bytes, key: bytes) -> bytes:
    of = blake2b(budget.name.encode(), digest_size=16).digest()
    return blake2b(who, key=key, person=of, digest_size=16).digest()
