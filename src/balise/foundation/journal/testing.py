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
    """Keep the triggers out of Django's flush, which ends each test that really commits.

    On PostgreSQL only tables that have rows are emptied: to truncate all of them takes ten times as
    long.
    """
    operations = cast("Any", type(connection.ops))
    if getattr(operations, "lets_the_flush_through", False):
        return
    operations.lets_the_flush_through = True
    if connection.vendor == "postgresql":
        operations.sql_flush = _rows_deleted
        return
    flush = cast("Callable[..., None]", operations.execute_sql_flush)

    def flush_lifted(self: Any, sql_list: Iterable[str]) -> None:
        with lifted_guards():
            flush(self, sql_list)

    operations.execute_sql_flush = flush_lifted


def _rows_deleted(_ops: Any, _style: object, tables: Iterable[str], **_: bool) -> list[str]:
    """Return what empties the tables that have rows, in one transaction, triggers unheard."""
    with connection.cursor() as cursor:
        look = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)  # noqa: S608
        cursor.execute(" UNION ALL ".join(look))
        found = [table for (table,) in cursor.fetchall()]
    return [
        "SET LOCAL session_replication_role = replica",
        *(f'DELETE FROM "{table}"' for table in found),  # noqa: S608
    ]
