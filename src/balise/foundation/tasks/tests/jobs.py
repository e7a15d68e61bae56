"""Jobs for the tests; a worker process of theirs imports them by name."""

import ctypes
import os
import signal
import threading
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.tests.makers import BellRung
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane


class Unlucky(RuntimeError):
    """What a poisoned job fails with."""


@job()
def ring_bell(bell: str) -> None:
    record(BellRung(subject=UUID(bell)), by=SYSTEM)
    threading.Event().wait(float(os.environ.get("SLOW_BELLS", "0")))


@job(outside=True)
def ring_bell_outside(bell: str) -> None:
    with transaction.atomic():
        record(BellRung(subject=UUID(bell)), by=SYSTEM)
    threading.Event().wait(float(os.environ.get("SLOW_BELLS", "0")))


@job(attempts=3)
def poison(bell: str) -> None:
    record(BellRung(subject=UUID(bell)), by=SYSTEM)
    raise Unlucky("words about a person")


@job()
def ring_later(bell: str, times: int) -> None:
    for _ in range(times):
        ring_bell.later(bell=bell)


@job()
def round_the_clock() -> None:
    record(BellRung(subject=uuid4()), by=SYSTEM)


@job(attempts=2, outside=True, lane=Lane.HOSTS, limit=timedelta(seconds=1))
def hang(bell: str) -> None:
    """Sleep for ever, inside a C library that begins again after each signal."""
    with transaction.atomic():
        record(BellRung(subject=UUID(bell)), by=SYSTEM)
    while True:
        ctypes.PyDLL(None).sleep(3600)  # PyDLL: no other thread of Python runs meanwhile


@job(attempts=2, lane=Lane.WATCH)
def kill_own_process(bell: str) -> None:
    record(BellRung(subject=UUID(bell)), by=SYSTEM)
    os.kill(os.getpid(), signal.SIGKILL)


@job(outside=True, lane=Lane.MAIL)
def ring_bell_by_mail(bell: str) -> None:
    with transaction.atomic():
        record(BellRung(subject=UUID(bell)), by=SYSTEM)


@job(lane=Lane.HOSTS)
def ring_on_after(bell: str) -> None:
    record(BellRung(subject=UUID(bell)), by=SYSTEM)


def ring_for_a_library(bell: UUID) -> None:
    """Ring as a task that a library puts in the queue, and that is no job."""
    record(BellRung(subject=bell), by=SYSTEM)
