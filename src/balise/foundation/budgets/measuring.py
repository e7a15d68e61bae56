"""How many octets tables hold, asked of the database without reading what is in them."""

from collections.abc import Callable
from functools import partial

from django.db import connection, models

from balise.foundation.budgets.rules import ROW

_LONG = frozenset({"BinaryField", "TextField", "CharField", "JSONField", "URLField"})


def octets_of(*tables: type[models.Model]) -> Callable[[], int]:
    """Return what measures tables: the octets of their long columns, and those of each row."""
    return partial(_sum, tables)


def _sum(tables: tuple[type[models.Model], ...]) -> int:
    return sum(_of(table) for table in tables)


def _of(table: type[models.Model]) -> int:
    quote = connection.ops.quote_name
    columns = [
        (quote(str(field.column)), field.get_internal_type())
        for field in table._meta.concrete_fields
        if field.get_internal_type() in _LONG
    ]
    lengths = [_length(name, kind) for name, kind in columns]
    each = " + ".join([str(ROW), *(f"COALESCE({one}, 0)" for one in lengths)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(SUM({each}), 0) FROM {quote(table._meta.db_table)}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def _length(name: str, kind: str) -> str:
    """Return the expression of a column's octets: neither asks for the long ones themselves."""
    if connection.vendor == "postgresql":
        return f"pg_column_size({name})"
    return f"LENGTH({name})" if kind == "BinaryField" else f"LENGTH(CAST({name} AS BLOB))"
