"""The real server: what it counted survives a stop, a lock and all but a second of a kill."""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests import temporary
from tests.waiting import PATIENCE, until

PROGRAM = """
import os, sys
import django
django.setup()
from django.db import connection
from balise.awareness.usage import tasks
from balise.awareness.usage import actions
from balise.awareness.usage.models import DayTally
from balise.awareness.usage.rules.tallies import Client, UsageKind, Use
from balise.config import server
from balise.config.asgi import in_threads
from balise.config.bodies import Limits
from balise.foundation.actors import ANYONE

def pages(environ, start_response):
    for at in range(int(environ["PATH_INFO"].strip("/") or 0)):
        client = Client(os.urandom(8).hex(), "Mozilla/5.0 Firefox/140.0")
        actions.count(use=Use(UsageKind.VIEW, "page"), client=client, by=ANYONE)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]

def load():
    tasks.keep_writing()
    limits = Limits(plain=1000, with_files=1000, plain_in_all=10_000, files_in_all=1000)
    return in_threads(pages, limits)

with connection.schema_editor() as editor:
    editor.create_model(DayTally)
connection.close()
server.serve(load, port=int(sys.argv[1]))
"""


@pytest.mark.whole
def test_what_a_server_counts_is_written(tmp_path: Path) -> None:
    port, file = temporary.free_port(), tmp_path / "usage.sqlite3"
    env = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
    command = [sys.executable, "-c", PROGRAM, str(port)]

    def uses(many: int) -> int:
        """Use the page so many times, and return which process counted."""
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as asked:
            asked.request("GET", f"/{many}")
            return int(asked.getresponse().read())

    def written() -> int:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as database:
            (found,) = database.execute(
                "SELECT SUM(count) FROM awareness_usage_daytally"
            ).fetchone()
            return found or 0

    answers = lambda: temporary.listens(port)  # noqa: E731
    log = tmp_path / "log"
    with temporary.server(command, answers=answers, log=log, env=env) as process:
        uses(5)
        until(lambda: written() == 5)

        with closing(sqlite3.connect(file)) as writer:
            writer.execute("BEGIN IMMEDIATE")  # nobody else writes
            worker = uses(2)  # and no page waits
            writer.rollback()
        until(lambda: written() == 7)

        uses(3)
        os.kill(worker, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{worker}").exists())
        kept = written()
        assert 7 <= kept <= 10  # of the last second alone

        until(answers)
        other = uses(4)
        assert other != worker
        process.terminate()
        process.wait(PATIENCE)
        assert written() == kept + 4  # told to stop, it loses nothing
