"""`balise harvest URL`: a catalogue of others, by OAI-PMH, into drafts."""

from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.publications.management.fetching import NotRead
from balise.awareness.publications.management.harvesting import harvested
from balise.foundation.actors import SYSTEM


class Command(BaseCommand):
    help = "Harvest a feed of OAI-PMH into drafts, each record once; editors publish them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="URL", help="the base URL of the feed")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            for record, found in harvested(address, by=SYSTEM):
                told = {
                    "identifier": record.identifier,
                    "fate": found.fate.value,
                    "page": found.page or None,
                    "title": found.title,
                }
                words = f"{found.fate.value}\t{record.identifier}\t{found.title}"
                self.stdout.write(orjson.dumps(told).decode() if options["json"] else words)
        except NotRead as fault:
            why = str(fault).rstrip(".")
            raise CommandError(f"{why}. What was harvested before stays.") from None
