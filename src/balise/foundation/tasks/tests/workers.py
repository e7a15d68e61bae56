"""Worker processes on the tests' own database, for a test to stop and to kill.

To load Balise takes three seconds of a processor. One process does it, and each worker is a copy
of that, which then runs the command as any worker does.
"""

import os
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from balise.foundation.tasks.tests import loaded


def database_url() -> str:
    """Return the address of the tests' own database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    known = connection.settings_dict
    return f"postgres://{known['USER']}@{quote(str(known['HOST']), safe='')}:{known['PORT']}/{name}"


def environment() -> dict[str, str]:
    """Return what a process that works on the tests' own database begins with."""
    settings = {"DJANGO_SETTINGS_MODULE": "balise.config.settings", "DATABASE_URL": database_url()}
    return {**os.environ, **settings}


class Workers:
    """Starts worker processes, and ends by its pid each that still runs."""

    def __init__(self) -> None:
        self._started: list[ForkServerProcess] = []

    def start(self, *, slow: float = 0) -> ForkServerProcess:
        """Start a worker; a bell that it rings takes so many seconds."""
        context = get_context("forkserver")
        context.set_forkserver_preload([loaded.__name__])
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment().items():
                patch.setenv(name, value)
            forkserver.ensure_running()
        worker = context.Process(target=loaded.work, args=(slow,))
        worker.start()
        self._started.append(worker)
        return worker

    def end(self) -> None:
        """End all at once."""
        for worker in self._started:
            worker.kill()
            worker.join()


def copies_of(pid: int | None) -> set[int]:
    """Return the processes of a worker's lanes, and the one beside them."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(child) for child in children.read_text().split()}


def is_alive(pid: int) -> bool:
    """Return whether a process still runs; one that nobody has asked after counts as ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
