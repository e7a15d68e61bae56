"""`balise inhope`: the file for INHOPE, each year."""

from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import refusals_as
from balise.hotline.reports.actions import taking
from balise.hotline.reports.rules.inhope import as_csv, as_object


class Command(BaseCommand):
    help = "Print the year's figures for INHOPE; from 31 days after its end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="one JSON object")
        form.add_argument("--csv", action="store_true", help="CSV (as without it)")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_as(CommandError):
            file = taking.take_inhope(year=options["year"], by=SYSTEM)
        text = orjson.dumps(as_object(file)).decode() + "\n" if options["json"] else as_csv(file)
        self.stdout.write(text, ending="")
