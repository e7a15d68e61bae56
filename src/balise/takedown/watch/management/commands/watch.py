"""`balise watch`: look at what is due, in a process of its own; count removals again."""

import json
import signal
import time
from argparse import ArgumentParser
from dataclasses import asdict
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.db import close_old_connections

from balise.foundation import rows
from balise.foundation.actors import SYSTEM
from balise.takedown.watch import tasks
from balise.takedown.watch.actions import counting

PASS_SECONDS = 30.0
IDLE_SECONDS = 2.0


class Stopped(BaseException):
    """The process was told to stop; what it had claimed comes again ten minutes later."""


class Command(BaseCommand):
    help = "Look at watched contents that are due, beside the worker, or count removals again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        run = orders.add_parser("run", help="look until SIGTERM")
        run.add_argument("--once", action="store_true", help="stop when nothing is due now")
        run.add_argument("--json", action="store_true", dest="as_json", help="one object a pass")
        recount = orders.add_parser("recount", help="make the table of removals anew")
        recount.add_argument("--json", action="store_true", dest="as_json")

    @no_translations
    def handle(self, *args: Any, order: str, as_json: bool, **options: Any) -> None:
        if order == "recount":
            differing = counting.recount_removals(by=SYSTEM)
            words = f"{differing} rows were not as the journal says"
            self.stdout.write(json.dumps({"differing": differing}) if as_json else words)
            return
        signal.signal(signal.SIGTERM, _stop)
        rows.expect_many()
        try:
            self._run(once=options["once"], as_json=as_json)
        except (Stopped, KeyboardInterrupt):
            return

    def _run(self, *, once: bool, as_json: bool) -> None:
        while True:
            started = time.monotonic()
            passed = tasks.look_at_due(seconds=PASS_SECONDS, waits=not once)
            if passed.looks or passed.unknown or once:
                told = asdict(passed) | {"seconds": round(time.monotonic() - started, 1)}
                words = ", ".join(f"{name} {value}" for name, value in told.items())
                self.stdout.write(json.dumps(told) if as_json else words)
                self.stdout.flush()
            if once and not passed.looks:
                return
            close_old_connections()
            time.sleep(0 if passed.looks else IDLE_SECONDS)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's shape
    raise Stopped
