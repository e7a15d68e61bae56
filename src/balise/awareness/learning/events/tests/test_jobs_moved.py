"""Jobs that a centre queued before the folders of awareness had their names."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult

from balise.awareness.learning.events.tasks import tell_views
from balise.awareness.learning.training.tasks import sign_badge
from balise.awareness.partnership.trends.tasks import mail_edition
from balise.awareness.places.structures.tasks import look_at_due
from balise.foundation import clock
from balise.foundation.tasks import running
from balise.foundation.tasks.jobs import Job
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db

OLD = {
    "balise.awareness.events.tasks.tell_views": tell_views,
    "balise.awareness.network.structures.tasks.look_at_due": look_at_due,
    "balise.awareness.network.training.tasks.sign_badge": sign_badge,
    "balise.awareness.network.trends.tasks.mail_edition": mail_edition,
}


def migrate() -> None:
    name = "balise.foundation.tasks.migrations.0003_jobs_of_awareness"
    import_module(name).forwards(apps, None)


def test_a_job_queued_before_the_upgrade_runs() -> None:
    tell_views.later()
    DBTaskResult.objects.update(task_path=next(iter(OLD)))
    migrate()
    assert run_due() == 1
    assert not DeadLetter.objects.exists()


@pytest.mark.parametrize("old", OLD)
def test_a_job_given_up_before_it_can_be_tried_again(old: str) -> None:
    now = clock.now()
    DeadLetter.objects.create(
        id=uuid4(), job=old, ids={}, attempts=1, error="", enqueued_at=now, died_at=now
    )
    migrate()
    job: Job = OLD[old]
    assert running.find(DeadLetter.objects.get().job) is job
