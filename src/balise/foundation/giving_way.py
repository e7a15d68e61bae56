"""A person goes before a file, on SQLite: it lets one write at a time, and looks at no queue.

A process of pages holds a shared lock, beside the database, for as long as one of its writers waits
to begin. Whoever writes much looks at that lock before each of its transactions, which are short
(`portions`), and begins once nobody waits.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from typing import Any, Final

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SHORT: Final = 0.1  # seconds that a transaction of much may last
_MOST: Final = 2.0  # seconds for which a file waits at most: on a busy day it is taken in too
_LOOKS_EVERY: Final = 0.005
_BEGINS: Final = "BEGIN"
_SMALLEST: Final = 25  # of a portion: a commit has its own cost

_here: Final = threading.local()

type Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def give_way() -> None:
    """Let the connections that this process opens from now on begin after people: the usual."""
    _wrap(_as_file)


def come_first() -> None:
    """Let the connections that this process opens from now on be those of people."""
    _wrap(_as_person)


def give_way_here() -> None:
    """Let the connections that this thread opens begin after people, in a process of pages too."""
    _here.gives_way = True


def portions[Item](items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield items in portions which the caller writes in a transaction each.

    PostgreSQL lets several write: there they are one portion.
    """
    if connection.vendor == "sqlite":
        yield from short(items)
    else:
        yield items


def short[Item](items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield portions that take the caller some SHORT each: the last tells how many the next has."""
    size, place = _SMALLEST * 4, 0
    while place < len(items):
        some = items[place : place + size]
        began = time.monotonic()
        yield some
        took = max(time.monotonic() - began, 0.001)
        place += len(some)
        size = max(_SMALLEST, min(2 * size, int(len(some) * SHORT / took)))


def _wrap(wrapper: Callable[..., Any]) -> None:
    def begun(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
        if connection.vendor == "sqlite":
            gives_way = getattr(_here, "gives_way", False)
            connection.execute_wrappers.append(_as_file if gives_way else wrapper)

    connection_created.disconnect(dispatch_uid=__name__)
    connection_created.connect(begun, weak=False, dispatch_uid=__name__)


def _as_person(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
    if not sql.startswith(_BEGINS):
        return execute(sql, params, many, context)
    with _place(context) as place:
        if place is not None:
            flock(place, LOCK_SH)
        return execute(sql, params, many, context)


def _as_file(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's signature
    if sql.startswith(_BEGINS):
        with _place(context) as place:
            until = time.monotonic() + _MOST
            while place is not None and _is_held(place) and time.monotonic() < until:
                time.sleep(_LOOKS_EVERY)
    return execute(sql, params, many, context)


def _is_held(place: int) -> bool:
    try:
        flock(place, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return True
    return False


@contextmanager
def _place(context: dict[str, Any]) -> Iterator[int | None]:
    """Open the lock beside the database; None where it can't be: then nobody waits for another."""
    name = f"{context['connection'].settings_dict['NAME']}.waits"
    try:
        place = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        yield None
        return
    try:
        yield place
    finally:
        os.close(place)
