"""What a worker of these tests is a copy of: a process that has everything loaded."""

import os

import django
from django.apps import apps
from django.core.management import call_command

if not apps.ready:
    django.setup()


def work(slow: float) -> None:
    """Do as `balise work` does; the jobs of these tests take so many seconds."""
    os.environ["SLOW_BELLS"] = str(slow)
    call_command("work")
