"""Follow an exchange for as long as the process runs: call, listen, and after a cut call again."""

import logging
import random
from collections.abc import Callable
from threading import Event
from typing import Protocol

from django.db import DatabaseError, close_old_connections

from balise.helpline.telephony.rules.lines import pause

log = logging.getLogger(__name__)


class LineCut(Exception):
    """The line is cut, or was never there. The message holds codes only."""


class Line(Protocol):
    """One way to an exchange."""

    name: str

    def listen(self, *, stop: Event, ready: Callable[[], None]) -> None:
        """Listen until told to stop; `ready` once what was missed is settled. Raises LineCut."""


def follow(line: Line, *, stop: Event, wait: Callable[[float], object] | None = None) -> None:
    """Listen to a line until told to stop, with longer and longer pauses while it stays cut.

    What could not be written down counts as cut: the next call settles it.
    """
    failures = 0

    def begin_anew() -> None:
        nonlocal failures
        failures = 0
        log.info("exchange: %s is heard", line.name)

    while not stop.is_set():
        try:
            line.listen(stop=stop, ready=begin_anew)
        except LineCut as cut:
            why = str(cut)
        except DatabaseError as error:
            why = type(error).__name__  # its words may hold a number
            close_old_connections()
        else:
            return
        failures += 1
        log.warning("exchange: %s is cut: %s", line.name, why)
        (wait or stop.wait)(pause(failures, chance=random.random()).total_seconds())  # noqa: S311
