"""Real worker processes on the tests' own database, stopped and killed."""

import os
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
from balise.foundation.tasks.tests import jobs

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 15.0
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
    worker = workers.start(slow=60)
    until(is_running)
    if job.outside:
        until(lambda: rung(bell) == 1)
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
    bells = [uuid4() for _ in range(60)]
    poisoned = uuid4()
    jobs.poison.later(bell=poisoned)
    for bell in bells:
        jobs.ring_bell.later(bell=bell)
    workers.start(slow=0.02)
    for _ in range(2):
        victim = workers.start(slow=0.02)
        time.sleep(1.7)
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
    until(Heartbeat.objects.exists)
    time.sleep(0.3)
    worker.terminate()

    assert worker.wait(timeout=PATIENCE) == 0
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize("job", [jobs.ring_bell, jobs.ring_bell_outside], ids=lambda j: j.name)
def test_a_stopped_worker_puts_its_job_back_untried(job: Job, workers: Workers) -> None:
    job.later(bell=uuid4())
    worker = workers.start(slow=60)
    until(is_running)
    time.sleep(0.3)
    worker.terminate()

    assert worker.wait(timeout=PATIENCE) == 0
    row = ours().get()
    assert (row.status, row.worker_ids) == ("READY", [])


def test_the_clerk_works_beside_a_long_job(workers: Workers) -> None:
    # On SQLite a job in a transaction holds the only writer.
    job = jobs.ring_bell_outside if connection.vendor == "sqlite" else jobs.ring_bell
    job.later(bell=uuid4())
    workers.start(slow=60)
    until(is_running)
    ring()

    until(lambda: Link.objects.filter(entry__actor_key=STAFF.key).exists())
