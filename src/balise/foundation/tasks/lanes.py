"""What a child of the worker does: the jobs of one lane, one after the other."""

import logging
import signal
import time
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from balise.foundation.tasks import running
from balise.foundation.tasks.children import Deadline, hear_stops
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.running import Stopped, WorkerLost

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
