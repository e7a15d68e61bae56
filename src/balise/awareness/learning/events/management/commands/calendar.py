"""`balise calendar read`: the events of a calendar file, and what is wrong with each."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.learning.events.documents.calendars import read
from balise.awareness.learning.events.queries.calendar import sequences
from balise.awareness.learning.events.rules.calendars import LARGEST, CalendarUnreadable
from balise.foundation.apart import Unreadable, octets_of


class Command(BaseCommand):
    help = "Read a calendar (iCalendar): its events, and what is wrong with each of them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        reading = commands.add_parser("read", help="print the events, in the order of the file")
        reading.add_argument("file", metavar="FILE", type=Path)
        reading.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            octets = octets_of(file, most=LARGEST)
            found = read(octets, known={})
            known = sequences([each.uid for each in found])
            if known:  # some are ours: which of them were imported before a change
                found = read(octets, known=known)
        except Unreadable:
            raise CommandError(f"{file}: the file is too large") from None
        except (CalendarUnreadable, OSError) as fault:
            raise CommandError(f"{file}: {fault}") from None
        for each in found:
            self.stdout.write(
                orjson.dumps(each.told()).decode()
                if options["json"]
                else f"{each.start or '–'}  {each.summary or each.uid or '–'}  "
                f"{', '.join(each.problems) or 'nothing wrong'}"
            )
