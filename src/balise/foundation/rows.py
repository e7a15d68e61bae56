"""Insert many rows at once, or one row quickly, where the ORM's objects cost more than the write.

For the hot paths only (intake, import, journal); everything else uses models as they are.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

_COPIED = 100  # rows from which PostgreSQL's COPY is worth its start


def insert(
    model: type[models.Model],
    fields: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
    *,
    unless_known: bool = False,
) -> int:
    """Insert rows of a table, values in the order of `fields`, and return how many were new.

    Values are Python's (UUID, aware datetime, bytes, dict for JSON).
    With `unless_known`, a row that a unique constraint knows already is left alone, not an error.
    """
    if not rows:
        return 0
    statement, prepare = _statement(model, fields, connection.vendor, unless_known)
    values = [
        [to_database(value, connection) for to_database, value in zip(prepare, row, strict=True)]
        for row in rows
    ]
    with connection.cursor() as cursor:
        if len(values) >= _COPIED and connection.vendor == "postgresql" and not unless_known:
            table, names = connection.ops.quote_name(model._meta.db_table), _names(model, fields)
            # Django's cursor wraps psycopg's, which alone can copy: three times as fast.
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
            return len(values)
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)
        return int(cursor.rowcount)


@cache
def _statement(
    model: type[models.Model],
    fields: tuple[str, ...],
    vendor: str,  # noqa: ARG001 - part of the cache's key: two databases prepare values differently
    unless_known: bool,  # noqa: FBT001 - part of the cache's key
) -> tuple[str, tuple[Any, ...]]:
    columns = [model._meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    names = _names(model, fields)
    holes = ", ".join(["%s"] * len(columns))
    ending = " ON CONFLICT DO NOTHING" if unless_known else ""
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({holes}){ending}"  # noqa: S608
    return statement, tuple(column.get_db_prep_save for column in columns)  # type: ignore[union-attr]


def _names(model: type[models.Model], fields: tuple[str, ...]) -> str:
    columns = [model._meta.get_field(name).column for name in fields]  # type: ignore[union-attr]
    return ", ".join(connection.ops.quote_name(str(column)) for column in columns)
