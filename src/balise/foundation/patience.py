"""How long a process waits for the database, by the kind of process.

A page that waits is a person who waits: it gives up soon and says so, and goes before a job, which
is tried again.
"""

from dataclasses import dataclass
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections

from balise.foundation import giving_way


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
    """Set how long the connections that this process opens from now on wait, and for whom."""
    connections.close_all()
    if kind is PAGES:
        giving_way.come_first()
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
