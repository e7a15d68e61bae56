"""Look for listeners who disappeared, in the processes that receive their signs of life.

Not a job of the worker: a job that runs for half a minute would delay it, and the worker cannot
know whether signs could be received meanwhile.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from balise.foundation.clock import measure, of_database
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.rules import DEAF_AFTER, LOOKS_EVERY

_log = logging.getLogger(__name__)


class SeatWatch:
    """The process that looks, and since when it has received signs without a break."""

    def __init__(self) -> None:
        self._hears_since: datetime | None = None
        self._looked_at: datetime | None = None

    def look(self) -> int:
        """Put those in front whose listener disappeared, or has someone in danger; return how many.

        A process that starts, was paused, or could not write a sign of life waits for everyone's
        next beat first.
        """
        measure()
        moment = of_database()
        before, self._looked_at = self._looked_at, None  # it stays so where the rest fails
        if (
            seating.UNWRITTEN.is_set()
            or before is None
            or not timedelta(0) <= moment - before <= DEAF_AFTER
        ):
            seating.UNWRITTEN.clear()
            self._hears_since = moment
        returned = claiming.return_vanished(hears_since=self._hears_since)
        returned += claiming.free_for_danger()
        self._looked_at = moment
        return returned


def watch_seats() -> None:
    """Look every two seconds, in a thread of this process, for as long as it lives."""
    threading.Thread(target=_watch, name="seats", daemon=True).start()


def _watch() -> None:
    watch, pause = SeatWatch(), threading.Event()
    while not pause.wait(LOOKS_EVERY.total_seconds()):
        try:
            close_old_connections()
            watch.look()
        except (DatabaseError, InterfaceError) as error:
            _log.warning("seats are not looked at: %s", type(error).__qualname__)
            connections.close_all()
