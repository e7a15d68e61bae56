"""The worker: a process for each lane of jobs, one beside them, and one that supervises all.

The supervisor has no thread, keeps no connection, and runs nothing that could hang. It kills a lane
whose job takes longer than it may, and starts the lane again; the new process writes down what
became of the job.
"""

import gc
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import wait

from django.db import connections

from balise.foundation import clock
from balise.foundation.journal import clerk
from balise.foundation.tasks import running
from balise.foundation.tasks.beside import Beside
from balise.foundation.tasks.children import Child, Deadline, hear_stops
from balise.foundation.tasks.lanes import LaneWork
from balise.foundation.tasks.models import Heartbeat
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.running import OutOfTime, WorkerLost
from balise.foundation.tasks.schedule import enqueue_due

log = logging.getLogger(__name__)

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
