"""`balise shield`: what Project Arachnid says of entries of our banks, by their numbers."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from balise.hotline.matching.exchange.rules.sources import arachnid
from balise.hotline.matching.exchange.tasks.calling import NotRead
from balise.hotline.matching.exchange.tasks.shielding import opinions


class Command(BaseCommand):
    help = "Ask Project Arachnid about entries: only their hashes leave. It decides nothing here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entries", nargs="+", type=int, metavar="ENTRY")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, **options: Any) -> None:
        entries: list[int] = options["entries"]
        if len(entries) > arachnid.MOST:
            raise CommandError(f"At most {arachnid.MOST} entries at once.")
        try:
            said = opinions(entries)
        except NotRead as error:
            raise CommandError(f"There is no answer: {error.fault.value}.") from None
        rows = [
            {"entry": entry, "classification": said[entry].value if entry in said else None}
            for entry in entries
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        for row in rows:
            self.stdout.write(f"{row['entry']}: {row['classification'] or 'no answer'}")
