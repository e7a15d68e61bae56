"""`balise chi`: the file for Child Helpline International, each year."""

from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import refusals_as
from balise.helpline.contacts.actions import taking
from balise.helpline.contacts.rules.reports import as_csv, as_object


class Command(BaseCommand):
    help = "Print the year's figures for Child Helpline International; from 31 days after its end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="one JSON object")
        form.add_argument("--csv", action="store_true", help="CSV (as without it)")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        with refusals_as(CommandError):
            report = taking.take_chi(year=options["year"], by=SYSTEM)
        text = (
            orjson.dumps(as_object(report)).decode() + "\n" if options["json"] else as_csv(report)
        )
        self.stdout.write(text, ending="")
