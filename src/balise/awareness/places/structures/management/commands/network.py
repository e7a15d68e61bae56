"""`balise network check`: what is wrong with a file of the schema of médiation numérique."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from balise.awareness.places.structures.documents import read_sheet
from balise.awareness.places.structures.queries.register import home
from balise.awareness.places.structures.rules.mediation import schema
from balise.awareness.places.structures.rules.mediation.reading import text_of
from balise.foundation.clock import today


class Command(BaseCommand):
    help = "Name what is wrong with a file of structures, line by line; 1 where something is."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        check = commands.add_parser("check", help="read a file; nothing of it is kept")
        check.add_argument("file", type=Path, metavar="FILE.csv")
        check.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        told = schema(settings.COUNTRY)
        if told is None:
            raise CommandError("this country has no schema for such files")
        try:
            octets = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        sheet = read_sheet(text_of(octets), schema=told, atlas=home(), today=today())
        for fault in sheet.every_fault:
            row = asdict(fault)
            words = "\t".join(str(value) for value in row.values())
            self.stdout.write(orjson.dumps(row).decode() if options["json"] else words)
        if sheet.every_fault:
            raise SystemExit(1)
