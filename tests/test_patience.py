"""How long processes wait for the database, asked of the database itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from balise.foundation.patience import PAGES, WORKER

pytestmark = pytest.mark.sqlite

KINDS = (PAGES, WORKER)
ASK = """
import os
import django; django.setup()
from balise.foundation import patience
from django.db import connection
for kind in (patience.PAGES, patience.WORKER):
    if not os.fork():  # a process says once how long it waits
        patience.wait_as(kind)
        with connection.cursor() as cursor:
            cursor.execute({question!r})
            print(cursor.fetchone()[0], flush=True)
        os._exit(0)
    os.wait()
"""


def asked(question: str, **env: str) -> list[str]:
    """Return what a process of each kind is told by its database."""
    ours = {"DJANGO_SETTINGS_MODULE": "balise.config.settings", "BALISE_DEMONSTRATION": "1"}
    clean = {name: one for name, one in os.environ.items() if not name.startswith("BALISE_")}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ASK.format(question=question)],
        env=clean | ours | env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_sqlite_waits_for_its_lock(tmp_path: Path) -> None:
    home = {"BALISE_HOME": str(tmp_path), "DATABASE_URL": ""}
    waits = [str(int(kind.lock * 1000)) for kind in KINDS]
    assert asked("PRAGMA busy_timeout", **home) == waits


@pytest.mark.django_db
def test_postgresql_waits_for_locks_statements_and_idlers(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("asked where the tests run on PostgreSQL")
    home = {"BALISE_HOME": str(tmp_path), "DATABASE_URL": os.environ["DATABASE_URL"]}
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    seconds = (f"extract(epoch from current_setting('{name}')::interval)" for name in names)
    told = asked(f"SELECT concat_ws(',', {', '.join(seconds)})", **home)
    waits = [[kind.lock, kind.statement, kind.idle] for kind in KINDS]
    assert [[float(each) for each in one.split(",")] for one in told] == waits
