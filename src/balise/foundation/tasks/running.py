"""Take one job from the queue and run it: done, tried again later, or given up.

A row that is done disappears; one that is given up becomes a dead letter. So the queue holds only
what is still to do. A job belongs to the worker that claimed it last: one that was taken for dead
and comes back finds its claim gone, and what it did in its transaction is undone.
"""

import logging
import secrets
import traceback
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Q, QuerySet
from django.tasks.base import TaskResultStatus
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, get_date_max

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.refusals import Refused
from balise.foundation.tasks import rules
from balise.foundation.tasks.jobs import ATTEMPTS, Job
from balise.foundation.tasks.models import DeadLetter, Heartbeat
from balise.foundation.tasks.rules import LIMITS, Fate, Lane

log = logging.getLogger(__name__)

type Row = DBTaskResult[..., Any]

LOST_AFTER = timedelta(seconds=60)
_SOURCE = Path(__file__).resolve().parents[3]


class Stopped(BaseException):
    """The worker must stop now; the job is put back as if it had not been tried."""


class ClaimLost(RuntimeError):
    """Another worker has this job by now."""


class WorkerLost(RuntimeError):
    """The worker died, or was taken for dead, during the attempt."""


class JobUnknown(RuntimeError):
    """The queue names a job that this programme does not have."""


class OutOfTime(RuntimeError):
    """The attempt took longer than the job's limit; its process was killed."""


class JobKilled(Event):
    """An attempt was killed because its time was over; the subject is the job's id."""

    name: ClassVar[str] = "tasks.job.killed"

    of_lane: Code
    job: Code  # the function's name, without its module
    attempt: int


def is_anyone_working() -> bool:
    """Return whether a worker of this centre has given a sign of life lately."""
    return Heartbeat.objects.filter(seen_at__gte=clock.now() - LOST_AFTER).exists()


def find(path: str) -> Job | None:
    """Return the job that a path names, or None where this programme does not have it."""
    try:
        found = import_string(path)
    except ImportError:
        return None
    return found if isinstance(found, Job) else None


def _in_lane(rows: QuerySet[Any], lane: Lane) -> QuerySet[Any]:
    """Return the rows of a lane; see `rules.lane_of`."""
    if lane is Lane.HOUSE:
        return rows.exclude(queue_name__in=set(Lane) - {Lane.HOUSE})
    return rows.filter(queue_name=lane)


def claim(worker: str, *, lane: Lane | None = None) -> Row | None:
    """Return the next job that is due, in a lane or in all, now this worker's, or None.

    It counts as an attempt.
    """
    due: QuerySet[Any] = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=clock.now())
    )
    if lane is not None:
        due = _in_lane(due, lane)
    if not due.exists():
        return None  # seen without a transaction: an idle worker never takes SQLite's writer
    with transaction.atomic():
        row: Row | None = due.select_for_update(skip_locked=True).first()
        if row is not None:
            row.claim(worker)
        return row


def run(row: Row) -> Exception | None:
    """Run a claimed job to its fate and return what it failed with, if it failed."""
    try:
        job = _job(row)
        arguments = row.args_kwargs["kwargs"]
        if job.outside:
            job.func(**arguments)
            with transaction.atomic():
                _finish(row)
        else:
            with transaction.atomic():
                _hold(row)
                job.func(**arguments)
                _finish(row)
    except Stopped:
        _give_back(row)
        raise
    except ClaimLost:
        log.warning("tasks: %s was taken over by another worker", _named(row))
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this job's failure alone
        _failed(row, error)
        return error
    return None


def limit(row: Row) -> timedelta:
    """Return how long an attempt of a job may take."""
    job = find(row.task_path)
    return job.limit if job else LIMITS[Lane.HOUSE]


def reap() -> int:
    """Put back what ran in workers that are dead, and return how many jobs that were."""
    living = set(
        Heartbeat.objects.filter(seen_at__gte=clock.now() - LOST_AFTER).values_list(
            "worker", flat=True
        )
    )
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    orphans = [row for row in running if _runner(row).partition("/")[0] not in living]
    reaped = sum(_let_go(row, WorkerLost()) for row in orphans)
    Heartbeat.objects.filter(seen_at__lt=clock.now() - timedelta(days=1)).delete()
    return reaped


def settle(runner: str, error: Exception) -> bool:
    """Put back what is still marked as run by a runner that is dead; return whether all is.

    On PostgreSQL the row of a killed process stays locked until the server notices its death.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return all(_let_go(row, error) for row in running if _runner(row) == runner)


def _runner(row: Row) -> str:
    """Return who claimed a row last, as `worker` or `worker/lane`."""
    return row.worker_ids[-1] if row.worker_ids else ""


def _let_go(row: Row, error: Exception) -> bool:
    """Count the attempt as failed; return False where its row is locked, or no longer theirs."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    with transaction.atomic():
        # A job that runs in a transaction holds its row: what is locked is alive after all.
        held = running.select_for_update(skip_locked=True).filter(pk=row.pk).first()
        if held is None or held.worker_ids != row.worker_ids:
            return False
        if isinstance(error, OutOfTime):
            name = row.task_path.rpartition(".")[2]
            record(
                JobKilled(
                    subject=row.pk,
                    of_lane=Code(row.queue_name),
                    job=Code(name[:60]),
                    attempt=len(row.worker_ids),
                ),
                by=SYSTEM,
            )
        _failed(row, error)
        return True


def _job(row: Row) -> Job:
    job = find(row.task_path)
    if job is None:
        raise JobUnknown
    return job


def _hold(row: Row) -> None:
    """Lock the row until the transaction ends, or find that it is no longer ours."""
    held = DBTaskResult.objects.select_for_update().filter(pk=row.pk).first()
    if held is None or held.status != TaskResultStatus.RUNNING or held.worker_ids != row.worker_ids:
        raise ClaimLost


def _finish(row: Row) -> None:
    _hold(row)
    DBTaskResult.objects.filter(pk=row.pk).delete()


def _failed(row: Row, error: Exception) -> None:
    """Give the job another attempt, or give it up; only the kind of error is kept."""
    kind, place = type(error).__qualname__, _place(error)
    made = len(row.worker_ids)
    job = find(row.task_path)
    allowed = 0 if isinstance(error, JobUnknown) else job.attempts if job else ATTEMPTS
    try:
        with transaction.atomic():
            _hold(row)
            if rules.fate(made=made, allowed=allowed) is Fate.AGAIN:
                wait = rules.pause(made=made, chance=secrets.SystemRandom().random())
                _put_back(row, worker_ids=row.worker_ids, wait=wait)
                log.warning("tasks: %s failed (%s %s), attempt %d", _named(row), kind, place, made)
            else:
                _bury(row, kind, place)
                log.error("tasks: %s given up (%s %s)", _named(row), kind, place)
    except ClaimLost:
        log.warning("tasks: %s was taken over by another worker", _named(row))
    if settings.DEBUG:
        log.warning("tasks: %s", "".join(traceback.format_exception(error)))


def _give_back(row: Row) -> None:
    try:
        with transaction.atomic():
            _hold(row)
            _put_back(row, worker_ids=row.worker_ids[:-1], wait=timedelta())
    except (ClaimLost, DatabaseError, InterfaceError):
        log.warning("tasks: %s was not put back: done, or left to the reaper", _named(row))


def _put_back(row: Row, *, worker_ids: list[str], wait: timedelta) -> None:
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.READY, worker_ids=worker_ids, run_after=clock.now() + wait
    )


def _bury(row: Row, kind: str, place: str) -> None:
    DeadLetter.objects.create(
        id=row.pk,
        job=row.task_path,
        ids=row.args_kwargs["kwargs"],
        attempts=len(row.worker_ids),
        error=kind[:200],
        place=place[:200],
        enqueued_at=row.enqueued_at,
        died_at=clock.now(),
    )
    DBTaskResult.objects.filter(pk=row.pk).delete()


def _place(error: Exception) -> str:
    """Return the last line of our own code that the error came by, as `file:line`."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_relative_to(_SOURCE) and file != Path(__file__):
            place = f"{file.relative_to(_SOURCE)}:{frame.lineno}"
    return place


def _named(row: Row) -> str:
    return f"{row.task_path} {row.pk}"


# The jobs that were given up, and their second chance.


class JobRetried(Event):
    """Someone gave a dead job its attempts again; the subject is the job's id."""

    name: ClassVar[str] = "tasks.job.retried"

    attempts: int


class LetterUnknown(Refused, code="letter-unknown"):
    """No dead letter has this id: someone was quicker, or it was mistyped."""


def dead() -> list[DeadLetter]:
    """Return the jobs that were given up, the latest first."""
    return list(DeadLetter.objects.order_by("-died_at", "id"))


@transaction.atomic
def retry(*, letters: Iterable[UUID], by: Actor) -> int:
    """Put dead jobs back in the queue with all their attempts, and return how many.

    Raises LetterUnknown, and puts nothing back, if one of them is not there.
    """
    wanted = set(letters)
    found = list(DeadLetter.objects.select_for_update().filter(id__in=wanted))
    if len(found) < len(wanted):
        raise LetterUnknown(_("This task is no longer in the list."))
    for letter in found:
        job = find(letter.job)
        DBTaskResult.objects.create(
            id=uuid4(),
            args_kwargs={"args": [], "kwargs": letter.ids},
            task_path=letter.job,
            queue_name=job.queue_name if job else Lane.HOUSE,
            priority=job.priority if job else 0,
            backend_name="default",
            run_after=get_date_max(),
        )
    record_many((JobRetried(subject=one.id, attempts=one.attempts) for one in found), by=by)
    DeadLetter.objects.filter(id__in=wanted).delete()
    return len(found)


# For tests alone: run what a worker would run now.


_ENDLESS = 10_000


def run_due(*, tolerate: bool = False) -> int:
    """Run every job that is due, also those that they enqueue, and return how many ran.

    The first failure is raised, unless the test says that it tolerates failures: then a failed
    job waits for its next attempt, as it would in a centre.
    """
    for done in range(_ENDLESS):
        row = claim("test")
        if row is None:
            return done
        error = run(row)
        if error and not tolerate:
            raise error
    raise AssertionError("the jobs enqueue each other without end")
