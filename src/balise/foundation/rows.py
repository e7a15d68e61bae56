"""Write many rows at once, or one row quickly, where the ORM's objects cost more than the write.

For the hot paths only (intake, import, journal); everything else uses models as they are.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg import Cursor
from psycopg.pq import PipelineStatus

# Rows of one statement. At each row of an `executemany` SQLite lets other threads run, which then
# have to be waited for.
_TOGETHER = 64
_COPIED = 100  # rows from which PostgreSQL's COPY is worth its start
_CACHE = 131_072  # KB
_OBJECTS_OF_A_BATCH = 200_000

type Convert = Callable[[Any], Any]


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
    Within `in_one_message` nobody knows yet how many are new: -1.
    """
    if not rows:
        return 0
    values = _converted(model, fields, rows)
    if connection.vendor == "postgresql":
        return _insert_lists(model, fields, values, unless_known=unless_known)
    with connection.cursor() as cursor:
        if len(values) <= _TOGETHER:
            statement = _insertion(model, fields, len(values), unless_known)
            cursor.execute(statement, [value for row in values for value in row])
        else:
            cursor.executemany(_insertion(model, fields, 1, unless_known), values)
        return int(cursor.rowcount)


def insert_objects(objects: Sequence[models.Model]) -> int:
    """Insert unsaved objects of one model, as they are, and return how many."""
    if not objects:
        return 0
    model = type(objects[0])
    columns = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    values = [[getattr(each, one.attname) for one in columns] for each in objects]
    return insert(model, tuple(one.name for one in columns), values)


@contextmanager
def in_one_message(count: int) -> Iterator[None]:
    """Send inserts of some `count` rows in one message, on PostgreSQL.

    Nothing else is asked inside. What is wrong with one of them is raised at the end. Many rows
    leave one table after the other: copying them is worth a message each.
    """
    if connection.vendor != "postgresql" or count >= _COPIED:
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _insert_lists(
    model: type[models.Model],
    fields: tuple[str, ...],
    values: Sequence[Sequence[Any]],
    *,
    unless_known: bool,
) -> int:
    """Insert into PostgreSQL by psycopg's own cursors: Django's writes every value into the SQL."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        is_together = connection.connection.pgconn.pipeline_status != PipelineStatus.OFF
        if len(values) < _COPIED or unless_known or is_together:  # COPY is a message of its own
            # One statement however many rows, which the server therefore prepares once.
            statement = _listing(model, fields, unless_known)
            cursor.execute(statement, [list(column) for column in zip(*values, strict=True)])
            return cursor.rowcount
        table, names = connection.ops.quote_name(model._meta.db_table), _names(model, fields)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
            for value in values:
                copy.write_row(value)
        return len(values)


def update(
    model: type[models.Model], fields: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Set `fields` of many rows, each row's values in that order and its primary key last."""
    if not rows:
        return
    named = (*fields, "pk")
    values = _converted(model, named, rows)
    statement = _updating(model, named, connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement, a list for each column: a third of the time of one for each row.
            cursor.execute(statement, [list(column) for column in zip(*values, strict=True)])
        else:
            cursor.executemany(statement, values)


@cache
def _updating(model: type[models.Model], named: tuple[str, ...], vendor: str) -> str:
    quote = connection.ops.quote_name
    columns = [_column(model, name) for name in named]
    *changed, key = (quote(str(column.column)) for column in columns)
    table = quote(model._meta.db_table)
    if vendor != "postgresql":
        pairs = ", ".join(f"{name} = %s" for name in changed)
        return f"UPDATE {table} SET {pairs} WHERE {key} = %s"  # noqa: S608 - our own names
    pairs = ", ".join(f"{name} = given.{name}" for name in changed)
    kinds = [str(column.rel_db_type(connection)).partition("(")[0] for column in columns]
    lists = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return (
        f"UPDATE {table} SET {pairs} FROM unnest({lists}) AS given({', '.join(changed)}, {key})"  # noqa: S608
        f" WHERE {table}.{key} = given.{key}"
    )


def select(
    model: type[models.Model], fields: tuple[str, ...], *, among: Sequence[Any], lock: bool = False
) -> list[tuple[Any, ...]]:
    """Return `fields` of the rows whose first field is among some values, in the order of it.

    With `lock`, they are held until the open transaction ends, where the database locks rows.
    Values come as the driver gives them, but for UUIDs, which are UUIDs everywhere.
    """
    if not among:
        return []
    for_update = lock and connection.vendor == "postgresql"
    statement = _selection(model, fields, len(among), for_update)
    wanted = [value for (value,) in _converted(model, fields[:1], [(one,) for one in among])]
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    if connection.vendor == "sqlite":
        places = _uuid_places(model, fields)
        if places:
            return [
                tuple(UUID(value) if at in places else value for at, value in enumerate(row))
                for row in found
            ]
    return found


@cache
def _selection(
    model: type[models.Model],
    fields: tuple[str, ...],
    count: int,
    for_update: bool,  # noqa: FBT001 - part of the cache's key
) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    first = _names(model, fields[:1])
    holes = ", ".join(["%s"] * count)
    lock = " FOR UPDATE" if for_update else ""
    return (
        f"SELECT {_names(model, fields)} FROM {table} WHERE {first} IN ({holes})"  # noqa: S608
        f" ORDER BY {first}{lock}"
    )


@cache
def _uuid_places(model: type[models.Model], fields: tuple[str, ...]) -> frozenset[int]:
    columns = (_column(model, name) for name in fields)
    return frozenset(
        at for at, column in enumerate(columns) if column.get_internal_type() == "UUIDField"
    )


def in_turn(name: str) -> None:
    """Wait until no other open transaction has this name's turn, and keep it until one's own ends.

    For long batches that would lock the same rows again and again. On SQLite one writes at a time
    as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (name,))


def expect_many() -> None:
    """Prepare this process's database for many rows: SQLite keeps more pages in memory."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{_CACHE}")


@contextmanager
def few_cycles() -> Iterator[None]:
    """Look for cycles seldom: what a batch is made of goes with it, and holds none."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_OF_A_BATCH)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _converted(
    model: type[models.Model], fields: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> Sequence[Sequence[Any]]:
    """Return the rows as the database takes them: only the columns that need it are touched."""
    converted = [list(row) for row in rows]
    for place, convert in _conversions(model, fields, connection.vendor):
        last = done = None
        for row in converted:
            value = row[place]
            if value is not last:  # words and moments repeat from row to row
                last, done = value, None if value is None else convert(value)
            row[place] = done
    return converted


@cache
def _insertion(
    model: type[models.Model],
    fields: tuple[str, ...],
    count: int,
    unless_known: bool,  # noqa: FBT001 - part of the cache's key
) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    row = f"({', '.join(['%s'] * len(fields))})"
    holes = ", ".join([row] * count)
    ending = " ON CONFLICT DO NOTHING" if unless_known else ""
    return f"INSERT INTO {table} ({_names(model, fields)}) VALUES {holes}{ending}"  # noqa: S608


@cache
def _listing(
    model: type[models.Model],
    fields: tuple[str, ...],
    unless_known: bool,  # noqa: FBT001 - part of the cache's key
) -> bytes:
    table = connection.ops.quote_name(model._meta.db_table)
    # Without a column's length: a cast to it would cut what is too long, silently.
    kinds = [str(_column(model, name).rel_db_type(connection)).partition("(")[0] for name in fields]
    lists = ", ".join(f"%b::{kind}[]" for kind in kinds)
    ending = " ON CONFLICT DO NOTHING" if unless_known else ""
    return (
        f"INSERT INTO {table} ({_names(model, fields)}) SELECT * FROM unnest({lists}){ending}"  # noqa: S608
    ).encode()


def _names(model: type[models.Model], fields: tuple[str, ...]) -> str:
    columns = (str(_column(model, name).column) for name in fields)
    return ", ".join(connection.ops.quote_name(column) for column in columns)


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field


# --- What a column's values become. The ORM's own way (get_db_prep_save) is right for every field
# and takes longer than SQLite takes to write the row; these say the same, and a test compares them.


@cache
def _conversions(
    model: type[models.Model], fields: tuple[str, ...], vendor: str
) -> tuple[tuple[int, Convert], ...]:
    found = (
        (place, _conversion(_column(model, name), vendor)) for place, name in enumerate(fields)
    )
    return tuple((place, convert) for place, convert in found if convert is not None)


def _conversion(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """Return how a field's values are converted, or None where they are taken as they are."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    if kind in _AS_THEY_ARE:
        return None
    if kind in {"CharField", "TextField"}:
        return _plain_text if vendor == "postgresql" else None  # SQLite takes what is a str at all
    if vendor == "sqlite" and kind == "UUIDField":
        return _hexadecimal
    if vendor == "sqlite" and kind == "DateTimeField":
        return _naive_utc
    if vendor == "postgresql" and kind in {"UUIDField", "DateTimeField"}:
        return None
    return lambda value: field.get_db_prep_save(value, connection)


_AS_THEY_ARE = {
    "BigAutoField",
    "BigIntegerField",
    "BinaryField",
    "BooleanField",
    "IntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
}


def _plain_text(value: str) -> str:
    return value if type(value) is str else str(value)


def _hexadecimal(value: UUID) -> str:
    return value.hex


def _naive_utc(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment says its time zone")
    utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return utc.isoformat(" ")[:-6]
