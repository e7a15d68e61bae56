"""How many octets tables hold, asked of the database without reading what is in them."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection, models

from balise.foundation.budgets.rules import ROW

_LONG = frozenset({"BinaryField", "TextField", "CharField", "JSONField", "URLField"})


def octets_of(tables: Iterable[str]) -> int:
    """Return the octets of the long columns of tables, and those of each row."""
    known = {model._meta.db_table: model for model in apps.get_models()}
    return sum(_of(known[table]) for table in tables)


def _of(model: type[models.Model]) -> int:
    quote = connection.ops.quote_name
    lengths = [
        _length(quote(str(field.column)), field.get_internal_type())
        for field in model._meta.concrete_fields
        if field.get_internal_type() in _LONG
    ]
    each = " + ".join([str(ROW), *(f"COALESCE({one}, 0)" for one in lengths)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(SUM({each}), 0) FROM {quote(model._meta.db_table)}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def _length(name: str, kind: str) -> str:
    """Return the expression of a column's octets: neither asks for the long ones themselves."""
    if connection.vendor == "postgresql":
        return f"pg_column_size({name})"
    return f"LENGTH({name})" if kind == "BinaryField" else f"LENGTH(CAST({name} AS BLOB))"
