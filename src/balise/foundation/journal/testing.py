"""For tests only: empty the journal between two tests that really commit."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.management.commands import flush as flushing
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

# The triggers that refuse to change or delete an entry or a link, on SQLite and PostgreSQL.
#
# A migration that alters one of these tables must end with `put_up`: SQLite remakes the table,
# and its triggers go with the old one.


TABLES = ("journal_entry", "journal_link")
FUNCTION = "journal_refuse"
REFUSAL = "the journal is only ever added to"


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Add the triggers that refuse UPDATE, DELETE and TRUNCATE on the journal's tables."""
    take_down(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
            )
        for table in TABLES:
            for statement in _triggers(connection.vendor, table):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Lift the refusals; only the owner of the tables can."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_not_changed")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_not_deleted")


def _triggers(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        verbs = "UPDATE OR DELETE OR TRUNCATE"
        return [
            f"CREATE TRIGGER {table}_kept BEFORE {verbs} ON {table} EXECUTE FUNCTION {FUNCTION}()"
        ]
    return [
        f"CREATE TRIGGER {table}_not_{done} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for done, verb in (("changed", "UPDATE"), ("deleted", "DELETE"))
    ]


_OF_TABLES = {"django_content_type", "auth_permission"}


@contextmanager
def lifted_guards() -> Iterator[None]:
    """Do as the tables' owner could: change or delete what the triggers protect."""
    take_down(connection)
    try:
        yield
    finally:
        put_up(connection)


def let_the_flush_through() -> None:
    """Keep the triggers out of Django's flush, which ends each test that really commits.

    On PostgreSQL only tables that have rows are emptied: to truncate all of them takes ten times as
    long. What a migration writes of each table, its type and its permissions, stays: the flush
    would end with writing all of it anew.
    """
    operations = cast("Any", type(connection.ops))
    if getattr(operations, "lets_the_flush_through", False):
        return
    operations.lets_the_flush_through = True
    cast("Any", flushing).emit_post_migrate_signal = lambda *_args: None
    flush_of = _rows_deleted if connection.vendor == "postgresql" else operations.sql_flush

    def flush_most(self: Any, style: object, tables: Iterable[str], **more: bool) -> list[str]:
        found: list[str] = flush_of(
            self, style, [one for one in tables if one not in _OF_TABLES], **more
        )
        return found

    operations.sql_flush = flush_most
    if connection.vendor == "postgresql":
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
