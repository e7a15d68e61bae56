"""The jobs that were given up, and their second chance."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, get_date_max

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Event
from balise.foundation.refusals import Refused
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.tasks.rules import Lane


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
        job = running.find(letter.job)
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
