"""Real worker processes on the tests' own database, stopped and killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from balise.foundation import clock
from balise.foundation.journal.models import Entry, Link
from balise.foundation.journal.tests.makers import STAFF, ring
from balise.foundation.tasks.jobs import Job
from balise.foundation.tasks.models import DeadLetter, Heartbeat
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.tests import jobs

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 300.0  # seconds: only that it comes matters, on a machine that does more
BALISE = Path(sys.executable).with_name("balise")


def database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    known = connection.settings_dict
    return f"postgres://{known['USER']}@{quote(str(known['HOST']), safe='')}:{known['PORT']}/{name}"


class Workers:
    """Starts worker processes, and stops by its pid each that still runs."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *, slow: float = 0) -> subprocess.Popen[bytes]:
        env = {**os.environ, "DATABASE_URL": database_url(), "SLOW_BELLS": str(slow)}
        env["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
        worker = subprocess.Popen([BALISE, "work"], env=env)  # noqa: S603 - our own command
        self.started.append(worker)
        return worker


@pytest.fixture
def workers() -> Iterator[Workers]:
    started = Workers()
    yield started
    for worker in started.started:
        worker.kill()
        worker.wait()


def until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up_at, "it never came to that"
        time.sleep(0.05)


def ours() -> QuerySet[Any]:
    """Return the jobs of these tests: those of the schedule come round in any minute."""
    return DBTaskResult.objects.filter(task_path__startswith=jobs.__name__)


def copies_of(worker: subprocess.Popen[bytes]) -> set[int]:
    """Return the processes of the worker's lanes."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    return {int(pid) for pid in children.read_text().split()}


def is_alive(pid: int) -> bool:
    """Return whether a process still runs; one that nobody has asked after counts as ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


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
    assert copies_of(worker)
    worker.kill()
    worker.wait()
    assert is_running()

    let_time_pass()
    workers.start()
    until(lambda: not is_running())
    let_time_pass()
    until(lambda: not ours().exists())

    # What a job does in its own transaction happens once; an outside job must bear repetition.
    assert rung(bell) == (2 if job.outside else 1)


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
        victim.wait()
        let_time_pass()

    def done() -> bool:
        ours().filter(status="READY").update(run_after=clock.now())
        return not ours().exists()

    until(done)
    assert [rung(bell) for bell in bells] == [1] * len(bells)
    assert DeadLetter.objects.get().ids == {"bell": str(poisoned)}
    assert rung(poisoned) == 0
    until(lambda: Link.objects.count() == Entry.objects.count())


def test_an_idle_worker_stops_at_once(workers: Workers) -> None:
    worker = workers.start()
    until(lambda: len(copies_of(worker)) == len(Lane) + 1)
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

    assert worker.wait(timeout=PATIENCE) == 0
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
    assert worker.poll() is None


def test_no_lane_survives_its_worker(workers: Workers) -> None:
    bell = uuid4()
    jobs.ring_bell_outside.later(bell=bell)
    worker = workers.start(slow=3600)
    until(lambda: rung(bell) == 1)
    until(lambda: len(copies_of(worker)) == len(Lane) + 1)
    copies = copies_of(worker)
    worker.kill()
    worker.wait()

    until(lambda: not any(is_alive(pid) for pid in copies))


def test_a_lane_that_is_killed_comes_back(workers: Workers) -> None:
    """T095: the kernel may kill any process for want of memory."""
    worker = workers.start()
    until(lambda: len(copies_of(worker)) == len(Lane) + 1)
    before = copies_of(worker)
    for pid in before:
        os.kill(pid, signal.SIGKILL)

    until(lambda: len(copies_of(worker) - before) == len(Lane) + 1)
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
