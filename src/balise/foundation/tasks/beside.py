"""The child of the worker that runs no jobs: clerk, schedule, sign of life, reaper.

On SQLite a thread of it folds the log. A long job delays neither the journal nor the sign of life
that keeps other workers from taking the job over.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    connections,
)

from balise.foundation.journal import clerk
from balise.foundation.tasks import folding, running
from balise.foundation.tasks.children import Deadline, hear_stops
from balise.foundation.tasks.lanes import AFTER_OUTAGE, TICK, note_outage
from balise.foundation.tasks.schedule import enqueue_due

BEAT = 5.0  # seconds
REAP = 15.0
LIMIT = timedelta(minutes=15)  # for one round, of twenty batches of the journal at most
_BATCHES = 20


class Beside:
    """The rounds of a process that runs no job."""

    def __init__(self, *, beat: Callable[[], None], deadline: Deadline) -> None:
        self._beat = beat
        self._deadline = deadline
        self._must_stop = False

    def run(self) -> None:
        """Repeat the rounds until SIGTERM or SIGINT."""
        hear_stops(self._stop)
        if connection.vendor == "sqlite":
            threading.Thread(target=self._fold, name="fold", daemon=True).start()
        beat_at = reap_at = 0.0
        while not self._must_stop:
            self._deadline.set(LIMIT)
            try:
                close_old_connections()
                if time.monotonic() >= beat_at:
                    self._beat()
                    beat_at = time.monotonic() + BEAT
                if time.monotonic() >= reap_at:
                    running.reap()
                    reap_at = time.monotonic() + REAP
                enqueue_due()
                clerk.tick(batches=_BATCHES, gives_way=True)
                time.sleep(TICK)
            except (DatabaseError, InterfaceError) as error:
                note_outage("clerk", error)
                time.sleep(AFTER_OUTAGE)
        connections.close_all()

    def _fold(self) -> None:
        while not self._must_stop:
            time.sleep(TICK)
            try:
                folding.fold()
            except (DatabaseError, InterfaceError) as error:
                note_outage("log", error)
                time.sleep(AFTER_OUTAGE)
        connections.close_all()

    def _stop(self) -> None:
        self._must_stop = True
