"""`balise tracer`: become the process that touches strangers' servers, and leave the rest."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from balise.takedown.tracing.management import starting

FIRST_FILE_OF_OURS = 3


class Command(BaseCommand):
    help = "Run the tracer: egress only, no database, no keys, an empty environment."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        command = starting.tracer()
        self.stdout.flush()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.closerange(FIRST_FILE_OF_OURS, os.sysconf("SC_OPEN_MAX"))
        os.chdir("/")
        # The program and its arguments are ours, and there is no shell.
        os.execve(sys.executable, command, {})  # noqa: S606
