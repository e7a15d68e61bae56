"""Scheduled jobs. A slot missed while nothing ran is caught up once."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from balise.foundation import clock
from balise.foundation.tasks import rules
from balise.foundation.tasks.jobs import Job
from balise.foundation.tasks.models import ScheduledRun


@dataclass(frozen=True)
class Every:
    """A job once a period."""

    period: timedelta
    job: Job

    def slot(self, now: datetime) -> datetime:
        """Return the last moment at which the job was due."""
        return rules.slot_of_period(now, self.period)


@dataclass(frozen=True)
class Daily:
    """A job once a day, at a time of the centre's zone."""

    at: time
    job: Job
    period: timedelta = timedelta(days=1)

    def slot(self, now: datetime) -> datetime:
        """Return the last moment at which the job was due."""
        return rules.slot_of_day(now, self.at, timezone.get_default_timezone())


SCHEDULE: dict[str, Every | Daily] = {}


def register_schedule(*schedules: Every | Daily) -> None:
    """Add scheduled jobs; called once, when Balise starts."""
    for schedule in schedules:
        SCHEDULE[schedule.job.module_path] = schedule


def enqueue_due() -> int:
    """Put the scheduled jobs that are due in the queue, each once, and return how many.

    A schedule that is seen for the first time waits for its next slot.
    """
    now = clock.now()
    known = dict(ScheduledRun.objects.values_list("name", "due_at"))
    enqueued = 0
    for name, schedule in SCHEDULE.items():
        slot = schedule.slot(now)
        if name not in known:
            ScheduledRun.objects.get_or_create(name=name, defaults={"due_at": slot})
        elif known[name] != slot:
            with transaction.atomic():
                # The second case: the clock ran far ahead once, and came back.
                moved = ScheduledRun.objects.filter(
                    Q(due_at__lt=slot) | Q(due_at__gt=slot + 2 * schedule.period), name=name
                ).update(due_at=slot)
                if moved:
                    schedule.job.later()
                    enqueued += 1
    return enqueued
