"""The worker: jobs one after the other, and beside them the clerk, the schedule, the heartbeat.

The side thread has a connection of its own, so that a long job holds up neither the journal nor
the sign of life that keeps others from taking the job over. On SQLite one more folds the log.
"""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from types import FrameType

from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    connections,
)

from balise.foundation import clock
from balise.foundation.journal import clerk
from balise.foundation.tasks import folding, running
from balise.foundation.tasks.models import Heartbeat
from balise.foundation.tasks.running import Stopped
from balise.foundation.tasks.schedule import enqueue_due

log = logging.getLogger(__name__)

TICK = 0.5  # seconds between two looks at the journal, the schedule and the queue
BEAT = 5.0
REAP = 15.0
GRACE = 2.0  # seconds a job may still take once the worker must stop
_LAST_MOMENT = 2.8  # seconds after which a job that does not let go is left to the reaper
_AFTER_OUTAGE = 1.0
_BATCHES = 20


class Worker:
    """One worker process."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"
        self._stop_asked_at: float | None = None
        self._stopped = threading.Event()
        self._in_job = False

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; then stop within three seconds."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._interrupt)
        self._beat()
        side = threading.Thread(target=self._beside, name="beside", daemon=True)
        side.start()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        if connection.vendor == "sqlite":
            threading.Thread(target=self._fold, name="fold", daemon=True).start()
        log.info("tasks: worker %s starts", self.name)
        try:
            self._work()
        except Stopped:
            log.info("tasks: a job was put back")
        finally:
            self._stopped.set()
            signal.setitimer(signal.ITIMER_REAL, 0)
            side.join(timeout=0.5)
            Heartbeat.objects.filter(worker=self.name).delete()
            connections.close_all()
            log.info("tasks: worker %s stops", self.name)

    def once(self) -> int:
        """Do all that is due now, and return how many jobs ran."""
        self._beat()
        running.reap()
        enqueue_due()
        ran = 0
        try:
            while True:
                linked = clerk.tick()
                ran_now = 0
                while (row := running.claim(self.name)) is not None:
                    running.run(row)
                    ran_now += 1
                ran += ran_now
                if not linked and not ran_now:
                    return ran
        finally:
            Heartbeat.objects.filter(worker=self.name).delete()

    def _work(self) -> None:
        reap_at = 0.0
        mine = ""
        while self._stop_asked_at is None:
            try:
                close_old_connections()
                if time.monotonic() >= reap_at:
                    running.reap(lost=mine)
                    mine = ""
                    reap_at = time.monotonic() + REAP
                row = running.claim(self.name)
                if row is None:
                    time.sleep(TICK)
                    continue
                self._in_job = True
                try:
                    running.run(row)
                finally:
                    self._in_job = False
            except (DatabaseError, InterfaceError) as error:
                # A row of ours may be left running; only we know that it is not.
                mine, reap_at = self.name, 0.0
                self._note_outage("work", error)
                time.sleep(_AFTER_OUTAGE)

    def _beside(self) -> None:
        beat_at = 0.0
        while not self._stopped.is_set():
            try:
                close_old_connections()
                if time.monotonic() >= beat_at:
                    self._beat()
                    beat_at = time.monotonic() + BEAT
                enqueue_due()
                clerk.tick(batches=_BATCHES, gives_way=True)
                self._stopped.wait(TICK)
            except (DatabaseError, InterfaceError) as error:
                self._note_outage("clerk", error)
                self._stopped.wait(_AFTER_OUTAGE)
        connections.close_all()

    def _fold(self) -> None:
        while not self._stopped.wait(TICK):
            try:
                folding.fold()
            except (DatabaseError, InterfaceError) as error:
                self._note_outage("log", error)
                self._stopped.wait(_AFTER_OUTAGE)
        connections.close_all()

    def _beat(self) -> None:
        now = clock.now()
        Heartbeat.objects.update_or_create(
            worker=self.name,
            defaults={"seen_at": now},
            create_defaults={"since": now, "seen_at": now},
        )

    def _note_outage(self, what: str, error: Exception) -> None:
        log.error("tasks: %s: the database does not answer (%s)", what, type(error).__qualname__)
        connections.close_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signal's shape
        # A plain number: a lock taken in a signal handler may be held by what it interrupts.
        if self._stop_asked_at is None:
            self._stop_asked_at = time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, GRACE)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signal's shape
        if self._in_job:
            raise Stopped

    def _watch(self) -> None:
        """End the process when even the interruption is not heard, as inside a C library."""
        while not self._stopped.wait(0.2):
            asked_at = self._stop_asked_at
            if asked_at is not None and time.monotonic() > asked_at + _LAST_MOMENT:
                os._exit(1)
