"""Jobs and schedules that a centre holds from before this package had its name."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult

from balise.foundation import clock
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter, ScheduledRun
from balise.foundation.tasks.running import run_due
from balise.foundation.tasks.schedule import SCHEDULE, enqueue_due
from balise.takedown.onward.exchange.tasks import carrying

pytestmark = pytest.mark.django_db

NEW, OLD = "balise.takedown.onward.", "balise.takedown.referrals."


def old(path: str) -> str:
    return path.replace(NEW, OLD)


def migrate() -> None:
    import_module("balise.foundation.tasks.migrations.0002_jobs_of_onward").forwards(apps, None)


def test_a_job_queued_before_the_upgrade_runs() -> None:
    carrying.forget_nonces.later()
    DBTaskResult.objects.update(task_path=old(carrying.forget_nonces.module_path))

    migrate()

    assert run_due() == 1
    assert not DeadLetter.objects.exists()


def test_a_job_given_up_before_the_upgrade_can_be_tried_again() -> None:
    now = clock.now()
    DeadLetter.objects.create(
        id=uuid4(),
        job=old(carrying.carry_due.module_path),
        ids={},
        attempts=1,
        error="",
        enqueued_at=now,
        died_at=now,
    )

    migrate()

    assert running.find(DeadLetter.objects.get().job) is carrying.carry_due


def test_a_schedule_known_before_the_upgrade_does_not_run_twice() -> None:
    enqueue_due()
    known = dict(ScheduledRun.objects.values_list("name", "due_at"))
    assert sum(name.startswith(NEW) for name in known) > 5
    for name in known:
        ScheduledRun.objects.filter(name=name).update(name=old(name))
    # A worker of the new version has seen one already.
    name = carrying.carry_due.module_path
    ScheduledRun.objects.create(name=name, due_at=known[name] + timedelta(seconds=30))
    known[name] += timedelta(seconds=30)

    migrate()

    assert dict(ScheduledRun.objects.values_list("name", "due_at")) == known
    assert set(known) == set(SCHEDULE)
