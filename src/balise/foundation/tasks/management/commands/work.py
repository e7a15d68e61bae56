"""`balise work`: the worker process."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from balise.foundation import patience
from balise.foundation.tasks.working import Worker

# On a shared processor, people who wait for a page come before background work.
YIELDS = 10  # nice(2)


class Command(BaseCommand):
    help = "Run the worker: jobs, the schedule, the journal's clerk. SIGTERM stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(f"{Worker().once()} jobs ran")
        else:
            os.nice(YIELDS)
            patience.wait_as(patience.WORKER)
            Worker().run()
