"""What a worker of these tests is a copy of: a process that has everything loaded."""

import os

import django
from django.apps import apps
from django.core.management import call_command
from tests.waiting import PATIENCE

if not apps.ready:
    django.setup()

from balise.foundation.tasks import working


def work(slow: float) -> None:
    """Do as `balise work` does; the jobs of these tests take so many seconds.

    A lane that is told to stop has all the time that a busy machine needs to put its job back.
    """
    os.environ["SLOW_BELLS"] = str(slow)
    working._LAST_MOMENT = PATIENCE
    call_command("work")
