"""`balise badge verify`: what a badge is that someone shows, as the public page says it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.learning.training.queries import verify
from balise.awareness.learning.training.rules.verdicts import Verdict


class Command(BaseCommand):
    help = "Verify a badge: exit status 0 where it is valid, 1 for any other verdict."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        one = commands.add_parser("verify", help="say whether a badge is valid, and why")
        one.add_argument("file", metavar="FILE", type=Path, help="SVG or JSON")
        one.add_argument("--json", action="store_true", help="one JSON object")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sent = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        found = verify(sent)
        told = {"version": 1, "verdict": found.verdict.value, "reason": found.reason.value}
        if options["json"]:
            self.stdout.write(orjson.dumps(told).decode())
        else:
            self.stdout.write(f"{found.verdict.value}: {found.reason.label}")
        if found.verdict is not Verdict.VALID:
            raise SystemExit(1)
