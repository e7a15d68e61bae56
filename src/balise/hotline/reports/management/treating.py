"""Batches of a file's lines, from text to reports: in this process, or in several beside it."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from uuid import UUID

from django.db import Error as DatabaseFailed, connections

from balise.foundation import giving_way, rows
from balise.foundation.actors import SYSTEM
from balise.foundation.failures import is_outage
from balise.hotline.reports.actions import submitting
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.given import Note
from balise.hotline.reports.rules.imports.files import Written
from balise.hotline.reports.rules.imports.lines import (
    NotUnderstood,
    Reading,
    Understood,
    understand,
)
from balise.takedown.tracing.rules.addresses import ASKED

LARGE = 2_000_000  # bytes from which a second process is worth its start
_MOST_WORKERS = 2  # the database writes for one at a time


class Stopped(Exception):
    """No further batch can be taken in now; those before are. The words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to do with each line: `file` is the SHA-256, hexadecimal, that it is of."""

    file: str
    reading: Reading
    partner: UUID | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A line that was taken, and what was understood of its addresses that it may not mean."""

    number: int
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True)
class Treated:
    """What became of a batch; in a dry run, what would."""

    lines: int
    new: int
    known: int
    refused: Sequence[NotUnderstood]
    noted: Sequence[Noted]


def workers_for(size: int) -> int:
    """Return how many processes are worth having for a file of so many bytes."""
    return min(os.process_cpu_count() or 1, _MOST_WORKERS) if size >= LARGE else 1


def treated(
    batches: Iterable[Sequence[Written]], *, errand: Errand, workers: int
) -> Iterator[Treated]:
    """Yield what became of each batch, in their order; few are held at a time.

    Raises Stopped where the database can't write, or a process was ended.
    """
    if workers < 2:  # noqa: PLR2004 - one is this process
        rows.expect_many()
        yield from (treat(errand, batch) for batch in batches)
        return
    connections.close_all()  # each process opens its own
    with ProcessPoolExecutor(
        workers, mp_context=get_context("fork"), initializer=rows.expect_many
    ) as pool:
        waiting: deque[Future[Treated]] = deque()
        for batch in batches:
            waiting.append(pool.submit(treat, errand, batch))
            if len(waiting) > 2 * workers:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(future: Future[Treated]) -> Treated:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise Stopped(str(error)) from None


def treat(errand: Errand, batch: Sequence[Written]) -> Treated:
    """Take in the lines that can be understood, and return the others."""
    lines = [understand(written, reading=errand.reading) for written in batch]
    refused = [line for line in lines if isinstance(line, NotUnderstood)]
    good = [line for line in lines if isinstance(line, Understood)]
    if errand.dry_run:
        known = receipts.known_count(lines=good, file=errand.file, seen_by=SYSTEM)
    else:
        known = _taken_in(good, errand)
    return Treated(len(batch), len(good) - known, known, refused, list(_noted(good)))


def _taken_in(lines: Sequence[Understood], errand: Errand) -> int:
    """Take lines in, and return how many of them were known."""
    try:
        return sum(
            submitting.take_in(
                lines=some, file=errand.file, partner=errand.partner, by=SYSTEM
            ).known
            for some in giving_way.portions(lines)
        )
    except DatabaseFailed as error:
        if is_outage(error):
            raise Stopped(str(error)) from None  # a driver's error does not pass between processes
        raise


def _noted(lines: Iterable[Understood]) -> Iterator[Noted]:
    for line in lines:
        notes = [note for note in line.notes if note.code in ASKED]
        if notes:
            yield Noted(line.number, notes)
