"""What failed: the machine (wait and try again), or the program (a bug to fix)."""

import errno
import logging
import secrets
from collections.abc import Iterator
from traceback import extract_tb
from typing import Final

from django.db import InterfaceError
from redis.exceptions import RedisError

_log = logging.getLogger("balise.web")

# SQLite: busy, locked, out of memory, read-only, interrupted, I/O error, full, cannot open.
_SQLITE: Final = frozenset({5, 6, 7, 8, 9, 10, 13, 14})
# PostgreSQL: lost connection, out of resources, stopped by its operator, system error.
_POSTGRESQL_CLASSES: Final = frozenset({"08", "53", "57", "58"})
# … and read-only, lock not available, serialisation failure, deadlock.
_DEADLOCK: Final = "40P01"
_POSTGRESQL: Final = frozenset({"25006", "55P03", "40001", _DEADLOCK})
_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE})


def is_outage(exception: BaseException | None) -> bool:
    """Return whether the machine failed, rather than the programme.

    Django wraps a driver's error and keeps it as the cause: its code says what happened.
    """
    return any(_is_ours_to_wait_out(cause) for cause in _causes(exception))


def is_deadlock(exception: BaseException) -> bool:
    """Return whether PostgreSQL ended a transaction because two waited for each other."""
    return any(getattr(cause, "sqlstate", "") == _DEADLOCK for cause in _causes(exception))


def note(exception: BaseException | None, event: str) -> str:
    """Write down a failure, and return the short reference under which it is found again.

    Only kinds of error and places in the code are written: an error's words may hold an address.
    """
    reference = secrets.token_hex(3).upper()
    kinds = " < ".join(type(cause).__name__ for cause in _causes(exception))
    frames = extract_tb(exception.__traceback__) if exception else []
    places = " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames[-6:])
    _log.error("%s %s %s %s", event, reference, kinds, places)
    return reference


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    while exception is not None:
        yield exception
        exception = exception.__cause__


def _is_ours_to_wait_out(exception: BaseException) -> bool:
    if isinstance(exception, OSError):
        return exception.errno in _DISK
    if isinstance(exception, RedisError):
        return True
    if isinstance(exception, InterfaceError):
        return True
    return _is_sqlite_outage(exception) or _is_postgresql_outage(exception)


def _is_sqlite_outage(exception: BaseException) -> bool:
    code = getattr(exception, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _SQLITE


def _is_postgresql_outage(exception: BaseException) -> bool:
    state = getattr(exception, "sqlstate", "")
    if state is None:  # no answer at all: no connection, or none free in the pool
        return type(exception).__name__ in {"OperationalError", "PoolTimeout"}
    return state in _POSTGRESQL or str(state)[:2] in _POSTGRESQL_CLASSES
