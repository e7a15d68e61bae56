"""How long processes wait for the database, asked of the database itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from balise.foundation.patience import PAGES, WORKER, Patience

ASK = """
import django; django.setup()
from balise.foundation import patience
from django.db import connection
patience.wait_as(patience.{kind})
with connection.cursor() as cursor:
    cursor.execute({question!r})
    print(cursor.fetchone()[0])
"""


def asked(kind: str, question: str, **env: str) -> str:
    """Return what a process of a kind is told by its database."""
    ours = {"DJANGO_SETTINGS_MODULE": "balise.config.settings", "BALISE_DEMONSTRATION": "1"}
    clean = {name: one for name, one in os.environ.items() if not name.startswith("BALISE_")}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ASK.format(kind=kind, question=question)],
        env=clean | ours | env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("kind", "waits"), [("PAGES", PAGES), ("WORKER", WORKER)])
def test_sqlite_waits_for_its_lock(tmp_path: Path, kind: str, waits: Patience) -> None:
    home = {"BALISE_HOME": str(tmp_path), "DATABASE_URL": ""}
    assert asked(kind, "PRAGMA busy_timeout", **home) == str(int(waits.lock * 1000))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "waits"), [("PAGES", PAGES), ("WORKER", WORKER)])
def test_postgresql_waits_for_locks_statements_and_idlers(
    tmp_path: Path, kind: str, waits: Patience
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("asked where the tests run on PostgreSQL")
    home = {"BALISE_HOME": str(tmp_path), "DATABASE_URL": os.environ["DATABASE_URL"]}
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    seconds = (f"extract(epoch from current_setting('{name}')::interval)" for name in names)
    told = asked(kind, f"SELECT concat_ws(',', {', '.join(seconds)})", **home)
    assert [float(each) for each in told.split(",")] == [waits.lock, waits.statement, waits.idle]
