"""`balise resource read`: a resource of anyone, as we would hold it, and what would be lost."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.publications.management.fetching import NotRead, fetch, read_apart
from balise.awareness.publications.rules import linked
from balise.awareness.publications.rules.metadata import as_json_ld
from balise.awareness.publications.rules.metadata.reading import described_of, lost, told_of
from balise.awareness.publications.rules.taxonomy import taxonomy


class Command(BaseCommand):
    help = "Read the JSON-LD of a resource (schema.org, LRMI) as this catalogue holds it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        read = commands.add_parser("read", help="print what is held, and what is lost")
        read.add_argument("places", nargs="+", metavar="FILE|URL", help="JSON-LD, or a page of it")
        read.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        for place in options["places"]:
            try:
                told = _told(place)
            except (NotRead, OSError) as fault:
                raise CommandError(f"{place}: {fault}") from None
            self.stdout.write(
                orjson.dumps(told).decode() if options["json"] else _in_words(place, told)
            )


def _told(place: str) -> dict[str, Any]:
    is_address = place.startswith(("http://", "https://"))
    octets = fetch(place) if is_address else Path(place).read_bytes()
    given = orjson.loads(read_apart(linked.parse, octets))
    facets = taxonomy(settings.COUNTRY)
    held = described_of(told_of(given), facets)
    return {
        "place": place,
        "held": as_json_ld(held, facets),
        "lost": [{"name": one.name, "why": one.why} for one in lost(given, held, facets)],
    }


def _in_words(place: str, told: dict[str, Any]) -> str:
    held = orjson.dumps(told["held"], option=orjson.OPT_INDENT_2).decode()
    missing = ", ".join(f"{one['name']} ({one['why']})" for one in told["lost"])
    return f"{place}\n{held}\nlost: {missing or '–'}"
