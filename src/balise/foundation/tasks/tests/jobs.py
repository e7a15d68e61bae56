"""Jobs for the tests; a worker process of theirs imports them by name."""

import os
import time
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.tests.makers import BellRung
from balise.foundation.tasks.jobs import job


class Unlucky(RuntimeError):
    """What a poisoned job fails with."""


@job()
def ring_bell(bell: str) -> None:
    record(BellRung(subject=UUID(bell)), by=SYSTEM)
    time.sleep(float(os.environ.get("SLOW_BELLS", "0")))


@job(outside=True)
def ring_bell_outside(bell: str) -> None:
    with transaction.atomic():
        record(BellRung(subject=UUID(bell)), by=SYSTEM)
    time.sleep(float(os.environ.get("SLOW_BELLS", "0")))


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
