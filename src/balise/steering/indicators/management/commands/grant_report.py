"""`balise grant_report`: what a grant of the European Commission asks for, for some days."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.refusals import refusals_as
from balise.steering.indicators.queries.grant import told
from balise.steering.indicators.rules import grant as rules


class Command(BaseCommand):
    help = "Print the KPIs of a grant for some days as CSV, in English; with --json all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True)
        parser.add_argument("--grant", type=Path, default=rules.USUAL, help="the file of the grant")
        parser.add_argument("--json", action="store_true", help="all of it as one JSON object")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        first, last = options["first"], options["last"]
        if not first <= last < today():
            raise CommandError("A report is of days that are over, the first before the last.")
        try:
            grant = rules.read(options["grant"])
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['grant']}: {error}") from error
        with refusals_as(CommandError):
            found = told(grant, first, last, seen_by=SYSTEM)
        if options["json"]:
            report = rules.as_object(grant, found, first=first, last=last, today=today())
            self.stdout.write(orjson.dumps(report).decode())
        else:
            self.stdout.write(rules.as_csv(grant, found), ending="")
