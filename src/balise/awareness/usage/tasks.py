"""What is written once a second by each process that answers the public, and told once an hour."""

import logging
import threading
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from balise.awareness.usage import actions
from balise.foundation.actors import SYSTEM
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every

_log = logging.getLogger(__name__)
EVERY: Final = 1.0  # second
LAST: Final = 2.5  # seconds that the last writing of a process may take


def keep_writing() -> None:
    """Write down once a second, in a thread of this process, and once more when it ends."""
    over = threading.Event()
    thread = threading.Thread(target=_write, args=(over,), name="usage", daemon=True)

    def end() -> None:
        over.set()
        thread.join(LAST)

    # Also called at the end of a process that multiprocessing began, as the server's workers are.
    Finalize(None, end, exitpriority=0)
    thread.start()


def _write(over: threading.Event) -> None:
    is_held = is_over = False
    while not is_over:
        is_over = over.wait(EVERY)
        try:
            close_old_connections()
            actions.write_down(by=SYSTEM)
            is_held = False
        except (DatabaseError, InterfaceError) as error:
            if not is_held or is_over:
                _log.warning("uses are held in memory: %s", type(error).__qualname__)
            is_held = True
            connections.close_all()


@job()
def tell_days() -> None:
    """Tell the journal of the days that are over."""
    actions.tell_days(by=SYSTEM)


SCHEDULE = (Every(timedelta(hours=1), tell_days),)
