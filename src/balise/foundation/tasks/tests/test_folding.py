"""SQLite's log is folded into the file, whoever reads or writes meanwhile."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from tests.waiting import until

from balise.foundation.journal.models import Entry
from balise.foundation.journal.tests.makers import ring
from balise.foundation.tasks import working
from balise.foundation.tasks.tests.workers import Workers

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL folds its own log"),
]


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Give the tests' own connection its patience back."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20000")


def rung() -> UUID:
    ring()
    return Entry.objects.latest("id").subject


def is_in_file(bell: UUID, folder: Path) -> bool:
    """Return whether the file alone, without its log, has it."""
    alone = folder / "alone.sqlite3"
    shutil.copy(str(connection.settings_dict["NAME"]), alone)
    with closing(sqlite3.connect(alone)) as database:
        found = database.execute(
            f"SELECT count(*) FROM {Entry._meta.db_table} WHERE subject = ?",  # noqa: S608
            [bell.hex],
        )
        return bool(found.fetchone()[0])


@contextmanager
def someone_else() -> Iterator[sqlite3.Connection]:
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name, isolation_level=None)) as other:
        yield other


def test_what_was_written_is_in_the_file(tmp_path: Path) -> None:
    bell = rung()
    assert working.fold() > 0
    assert is_in_file(bell, tmp_path)


def test_a_log_that_has_grown_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        rung()
    monkeypatch.setattr(working, "RENEWED_AT", 20)
    assert working.fold() >= 20
    rung()
    assert working.fold() < 20


def test_it_waits_for_nobody_who_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(working, "RENEWED_AT", 1)
    with someone_else() as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM django_migrations").fetchone()
        bell = rung()
        since = time.monotonic()
        working.fold()
        assert time.monotonic() - since < 10
        rung()  # and whoever writes goes on
        other.execute("COMMIT")
    working.fold()
    assert is_in_file(bell, tmp_path)


def test_it_waits_for_nobody_who_writes(tmp_path: Path) -> None:
    bell = rung()
    with someone_else() as other:
        other.execute("BEGIN IMMEDIATE")
        since = time.monotonic()
        working.fold()
        assert time.monotonic() - since < 10
        other.execute("ROLLBACK")
    assert is_in_file(bell, tmp_path)


def test_the_worker_does_it(workers: Workers, tmp_path: Path) -> None:
    workers.start()
    bell = rung()
    until(lambda: is_in_file(bell, tmp_path))
