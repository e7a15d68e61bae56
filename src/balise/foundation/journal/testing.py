"""For tests only: empty the journal between two tests that really commit."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection

from balise.foundation.journal import guards


@contextmanager
def lifted_guards() -> Iterator[None]:
    """Do as the tables' owner could: change or delete what the triggers protect."""
    guards.take_down(connection)
    try:
        yield
    finally:
        guards.put_up(connection)


def let_the_flush_through() -> None:
    """Lift the triggers during Django's flush, which ends each test that really commits."""
    operations = type(connection.ops)
    flush = cast("Callable[..., None]", operations.execute_sql_flush)
    if getattr(flush, "lifts_guards", False):
        return

    def flush_lifted(self: Any, sql_list: Iterable[str]) -> None:
        with lifted_guards():
            flush(self, sql_list)

    cast("Any", flush_lifted).lifts_guards = True
    cast("Any", operations).execute_sql_flush = flush_lifted
