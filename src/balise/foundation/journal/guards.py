"""The triggers that refuse to change or delete an entry or a link, on SQLite and PostgreSQL.

A migration that alters one of these tables must end with `put_up`: SQLite remakes the table, and
its triggers go with the old one.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

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
