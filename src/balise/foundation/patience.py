"""How long a process waits for the database, by the kind of process.

A page that waits is a person who waits: it gives up soon and says so. A job is tried again.
"""

from dataclasses import dataclass
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for a lock, for a statement, and for a transaction in which nothing happens.

    SQLite has the first only: one lock, for the writer.
    """

    lock: float
    statement: float
    idle: float


PAGES: Final = Patience(lock=2.5, statement=15.0, idle=15.0)
WORKER: Final = Patience(lock=20.0, statement=300.0, idle=300.0)


def wait_as(kind: Patience) -> None:
    """Set the waiting times of the connections that this process opens from now on."""
    connections.close_all()
    database = connections.settings[DEFAULT_DB_ALIAS]
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        options["timeout"] = kind.lock
        return
    limits = {
        "lock_timeout": kind.lock,
        "statement_timeout": kind.statement,
        "idle_in_transaction_session_timeout": kind.idle,
    }
    told = [f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items()]
    # Options in DATABASE_URL come last, and replace these.
    options["options"] = " ".join([*told, options.get("options", "")]).strip()
