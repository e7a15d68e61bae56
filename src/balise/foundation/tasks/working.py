"""The worker: a process for each lane of jobs, one beside them, and one that supervises all.

The supervisor has no thread, keeps no connection, and runs nothing that could hang. It kills a lane
whose job takes longer than it may, and starts the lane again; the new process writes down what
became of the job.
"""

import gc
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import wait
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections

from balise.foundation import clock
from balise.foundation.journal import clerk
from balise.foundation.tasks import running
from balise.foundation.tasks.children import Child, Deadline, hear_stops
from balise.foundation.tasks.models import Heartbeat
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.running import OutOfTime, Stopped, WorkerLost
from balise.foundation.tasks.schedule import enqueue_due

# Copy SQLite's write-ahead log into its file, at the same time as others write.
#
# Without this, the writer that fills the log copies it into the file and waits for the disk:
# about one reporter in a hundred waited a tenth of a second. It also brings to the disk what was
# written, which a commit in WAL mode leaves to this moment.


RENEWED_AT = 16_384  # pages (4 KB) of log from which it starts again
_PATIENCE = 50  # milliseconds that writers wait for one that still reads the log


def fold() -> int:
    """Copy the log into the file; return how many pages the log had.

    Nobody waits for it, except where the log has grown: while it starts again, others write a
    moment later. For a thread that does nothing else, because it shortens its connection's waiting
    time.
    """
    pages = _checkpoint("PASSIVE")
    if pages >= RENEWED_AT:
        _checkpoint("PASSIVE")  # what came meanwhile, so that the last step is short
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        _checkpoint("RESTART")
    return pages


def _checkpoint(how: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        _is_busy, pages, _copied = cursor.fetchone()
    return max(int(pages), 0)  # -1 where another process is doing it


# What a child of the worker does: the jobs of one lane, one after the other.


log = logging.getLogger(__name__)

TICK = 0.5  # seconds between two looks at the queue
GRACE = 2.0  # seconds a job may still take once the lane must stop
AFTER_OUTAGE = 1.0


class LaneWork:
    """The jobs of a lane, in a process that does nothing else."""

    def __init__(
        self, lane: Lane, *, runner: str, deadline: Deadline, ended: Exception | None
    ) -> None:
        """`ended` says what the process that had this lane before ended by, if it did."""
        self._lane = lane
        self._runner = runner
        self._deadline = deadline
        self._unsettled = ended
        self._must_stop = False
        self._in_job = False

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a job that runs then has two seconds, or is put back."""
        signal.signal(signal.SIGALRM, self._interrupt)
        hear_stops(self._stop)
        try:
            while not self._must_stop:
                self._step()
        except Stopped:
            log.info("tasks: a job was put back")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            connections.close_all()

    def _step(self) -> None:
        try:
            close_old_connections()
            if self._unsettled and running.settle(self._runner, self._unsettled):
                self._unsettled = None
            row = running.claim(self._runner, lane=self._lane)
            if row is None:
                time.sleep(TICK)
                return
            self._deadline.set(running.limit(row))
            self._in_job = True
            try:
                running.run(row)
            finally:
                self._in_job = False
                self._deadline.clear()
        except (DatabaseError, InterfaceError) as error:
            # A row of ours may be left running; only we know that it is not.
            self._unsettled = self._unsettled or WorkerLost()
            note_outage(self._lane, error)
            time.sleep(AFTER_OUTAGE)

    def _stop(self) -> None:
        # A plain value: a lock taken in a signal handler may be held by what it interrupts.
        if not self._must_stop:
            self._must_stop = True
            signal.setitimer(signal.ITIMER_REAL, GRACE)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signal's shape
        if self._in_job:
            raise Stopped


def note_outage(what: str, error: Exception) -> None:
    """Log that the database does not answer, and begin with new connections."""
    log.error("tasks: %s: the database does not answer (%s)", what, type(error).__qualname__)
    connections.close_all()


# The child of the worker that runs no jobs: clerk, schedule, sign of life, reaper.
#
# On SQLite a thread of it folds the log. A long job delays neither the journal nor the sign of
# life that keeps other workers from taking the job over.


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
                fold()
            except (DatabaseError, InterfaceError) as error:
                note_outage("log", error)
                time.sleep(AFTER_OUTAGE)
        connections.close_all()

    def _stop(self) -> None:
        self._must_stop = True


LOOK = 0.2  # seconds between two looks at the deadlines
_LAST_MOMENT = 2.8  # seconds after which a job that does not end is left to the reaper
_PAUSE = 1.0  # seconds between two starts of the same child at least

type Begin = Callable[[Exception | None], Callable[[], None]]


class Worker:
    """One worker, of several processes."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"
        self._stop_asked_at: float | None = None

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; then stop within three seconds."""
        hear_stops(self._stop)
        self._beat()
        connections.close_all()  # a connection is not shared with a copy
        gc.collect()
        gc.freeze()  # what is loaded is not walked through, and so not copied, by each child
        log.info("tasks: worker %s starts", self.name)
        kept = [self._beside(), *map(self._lane, Lane)]
        while self._stop_asked_at is None:
            for each in kept:
                each.look_after()
            wait([each.child.sentinel for each in kept if each.child], timeout=LOOK)
        self._end(kept)
        Heartbeat.objects.filter(worker=self.name).delete()
        connections.close_all()
        log.info("tasks: worker %s stops", self.name)

    def once(self) -> int:
        """Do all that is due now in this process, and return how many jobs ran."""
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

    def _lane(self, lane: Lane) -> "_Kept":
        runner, deadline = f"{self.name}/{lane}", Deadline()

        def begin(ended: Exception | None) -> Callable[[], None]:
            return LaneWork(lane, runner=runner, deadline=deadline, ended=ended).run

        return _Kept(f"lane {lane}", deadline, begin)

    def _beside(self) -> "_Kept":
        deadline = Deadline()
        return _Kept("clerk", deadline, lambda _: Beside(beat=self._beat, deadline=deadline).run)

    def _end(self, kept: list["_Kept"]) -> None:
        """Stop all children; kill those that do not react to the interruption."""
        children = [each.child for each in kept if each.child]
        for child in children:
            child.terminate()
        until = (self._stop_asked_at or 0.0) + _LAST_MOMENT
        while (left := until - time.monotonic()) > 0:
            running_still = [child.sentinel for child in children if child.status is None]
            if not running_still:
                break
            wait(running_still, timeout=left)
        for child in children:
            child.kill()

    def _beat(self) -> None:
        now = clock.now()
        Heartbeat.objects.update_or_create(
            worker=self.name,
            defaults={"seen_at": now},
            create_defaults={"since": now, "seen_at": now},
        )

    def _stop(self) -> None:
        # A plain number: a lock taken in a signal handler may be held by what it interrupts.
        self._stop_asked_at = self._stop_asked_at or time.monotonic()


class _Kept:
    """A child process that is to be running."""

    def __init__(self, name: str, deadline: Deadline, begin: Begin) -> None:
        self._name = name
        self._deadline = deadline
        self._begin = begin
        self._start_at = 0.0
        self._ended: Exception | None = None
        self.child: Child | None = None

    def look_after(self) -> None:
        """Kill the child when its time is over, and start one where none runs."""
        if self.child is not None:
            # Between these two lines it may finish, and even claim another job: that one is then
            # counted as an attempt out of time. It would take a pause of milliseconds just here.
            if self._deadline.is_past():
                self.child.kill()
                self._ended = OutOfTime()
                log.error("tasks: %s took too long and was killed", self._name)
            elif self.child.status is not None:
                self._ended = WorkerLost()
                log.error("tasks: %s ended (%s); starting again", self._name, self.child.status)
            else:
                return
            self.child = None
        if time.monotonic() >= self._start_at:
            self._start_at = time.monotonic() + _PAUSE
            self._deadline.clear()
            self.child = Child(self._begin(self._ended), name=self._name)
