"""Real worker processes on the tests' own database, stopped and killed."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult
from tests.waiting import PATIENCE, until

from balise.foundation import clock
from balise.foundation.journal.models import Entry, Link
from balise.foundation.journal.tests.makers import STAFF, ring
from balise.foundation.tasks.jobs import Job
from balise.foundation.tasks.models import DeadLetter, Heartbeat
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.tests import jobs
from balise.foundation.tasks.tests.workers import Workers, copies_of, environment, is_alive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

BALISE = Path(sys.executable).with_name("balise")


def ours() -> QuerySet[Any]:
    """Return the jobs of these tests: those of the schedule come round in any minute."""
    return DBTaskResult.objects.filter(task_path__startswith=jobs.__name__)


def is_running() -> bool:
    return bool(ours().filter(status="RUNNING").exists())


def rung(bell: UUID) -> int:
    return Entry.objects.filter(subject=bell, event="tower.bell.rung").count()


def let_time_pass() -> None:
    """Make every sign of life old, and every pause over."""
    Heartbeat.objects.update(seen_at=clock.now() - timedelta(seconds=61))
    ours().filter(status="READY").update(run_after=clock.now())


@pytest.mark.parametrize("job", [jobs.ring_bell, jobs.ring_bell_outside], ids=lambda j: j.name)
def test_a_job_survives_the_death_of_its_worker(job: Job, workers: Workers) -> None:
    bell = uuid4()
    job.later(bell=bell)
    worker = workers.start(slow=3600)
    until(is_running)
    if job.outside:
        until(lambda: rung(bell) == 1)
    assert copies_of(worker.pid)
    worker.kill()
    worker.join()
    assert is_running()

    let_time_pass()
    workers.start()
    until(lambda: not is_running())
    let_time_pass()
    until(lambda: not ours().exists())

    # What a job does in its own transaction happens once; an outside job must bear repetition.
    assert rung(bell) == (2 if job.outside else 1)


@pytest.mark.whole
def test_every_job_has_its_effect_once_though_workers_are_killed(workers: Workers) -> None:
    """T091, T092: effects in the database happen once, whenever a worker is killed."""
    bells = [uuid4() for _ in range(60)]
    poisoned = uuid4()
    jobs.poison.later(bell=poisoned)
    for bell in bells:
        jobs.ring_bell.later(bell=bell)
    workers.start(slow=0.02)
    for enough in (20, 40):
        victim = workers.start(slow=0.02)
        until(lambda: Entry.objects.filter(event="tower.bell.rung").count() >= enough)  # noqa: B023 - asked at once
        victim.kill()
        victim.join()
        let_time_pass()

    def done() -> bool:
        ours().filter(status="READY").update(run_after=clock.now())
        return not ours().exists()

    until(done)
    assert [rung(bell) for bell in bells] == [1] * len(bells)
    assert DeadLetter.objects.get().ids == {"bell": str(poisoned)}
    assert rung(poisoned) == 0
    until(lambda: Link.objects.count() == Entry.objects.count())


def test_an_idle_worker_stops_at_once() -> None:
    command = (BALISE, "work")  # as a centre starts it
    with subprocess.Popen(command, env=environment()) as worker:  # noqa: S603 - our own command
        try:
            until(lambda: len(copies_of(worker.pid)) == len(Lane) + 1)
        finally:
            worker.terminate()
        assert worker.wait(timeout=PATIENCE) == 0
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize("job", [jobs.ring_bell, jobs.ring_bell_outside], ids=lambda j: j.name)
def test_a_stopped_worker_puts_its_job_back_untried(job: Job, workers: Workers) -> None:
    bell = uuid4()
    job.later(bell=bell)
    worker = workers.start(slow=3600)
    until(is_running)
    if job.outside:  # it is in its function, not on the way there
        until(lambda: rung(bell) == 1)
    worker.terminate()
    worker.join(PATIENCE)

    assert worker.exitcode == 0
    row = ours().get()
    assert (row.status, row.worker_ids) == ("READY", [])


def test_a_job_that_hangs_is_killed_while_other_lanes_work(workers: Workers) -> None:
    """T092: a poison task goes to the dead letters, others proceed; so does one that hangs."""
    hung, bells = uuid4(), [uuid4() for _ in range(3)]
    jobs.hang.later(bell=hung)
    workers.start()
    until(lambda: rung(hung) == 1)
    for bell in bells:
        jobs.ring_bell_by_mail.later(bell=bell)
    until(lambda: all(rung(bell) for bell in bells))

    def is_given_up() -> bool:
        ours().filter(status="READY").update(run_after=clock.now())
        return DeadLetter.objects.exists()

    until(is_given_up)
    letter = DeadLetter.objects.get()
    assert (letter.job, letter.error) == (jobs.hang.module_path, "OutOfTime")
    assert (letter.attempts, rung(hung)) == (2, 2)
    killed = Entry.objects.filter(event="tasks.job.killed")
    assert [entry.facts["of_lane"] for entry in killed] == ["hosts", "hosts"]

    late = uuid4()
    jobs.ring_on_after.later(bell=late)
    until(lambda: rung(late) == 1)  # the lane goes on


def test_a_job_that_kills_its_process_is_given_up_and_stops_no_lane(workers: Workers) -> None:
    """T092: a poison task goes to the dead letters, others proceed."""
    poisoned, bell = uuid4(), uuid4()
    jobs.kill_own_process.later(bell=poisoned)
    jobs.ring_bell_by_mail.later(bell=bell)
    worker = workers.start()

    def is_given_up() -> bool:
        ours().filter(status="READY").update(run_after=clock.now())
        return DeadLetter.objects.exists()

    until(is_given_up)
    assert DeadLetter.objects.get().error == "WorkerLost"
    until(lambda: rung(bell) == 1)
    assert rung(poisoned) == 0
    assert worker.is_alive()


def test_no_lane_survives_its_worker(workers: Workers) -> None:
    bell = uuid4()
    jobs.ring_bell_outside.later(bell=bell)
    worker = workers.start(slow=3600)
    until(lambda: rung(bell) == 1)
    until(lambda: len(copies_of(worker.pid)) == len(Lane) + 1)
    copies = copies_of(worker.pid)
    worker.kill()
    worker.join()

    until(lambda: not any(is_alive(pid) for pid in copies))


def test_a_lane_that_is_killed_comes_back(workers: Workers) -> None:
    """T095: the kernel may kill any process for want of memory."""
    worker = workers.start()
    until(lambda: len(copies_of(worker.pid)) == len(Lane) + 1)
    before = copies_of(worker.pid)
    for pid in before:
        os.kill(pid, signal.SIGKILL)

    until(lambda: len(copies_of(worker.pid) - before) == len(Lane) + 1)
    bell = uuid4()
    jobs.ring_bell.later(bell=bell)
    until(lambda: rung(bell) == 1)


def test_the_clerk_works_beside_a_long_job(workers: Workers) -> None:
    # On SQLite a job in a transaction holds the only writer.
    job = jobs.ring_bell_outside if connection.vendor == "sqlite" else jobs.ring_bell
    job.later(bell=uuid4())
    workers.start(slow=3600)
    until(is_running)
    ring()

    until(lambda: Link.objects.filter(entry__actor_key=STAFF.key).exists())
