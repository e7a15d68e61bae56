"""`balise catalogue check`: what someone has to look at in the public pages."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.management.base import BaseCommand, no_translations

from balise.awareness.publications.management.links import DEAD, faulty_links
from balise.awareness.publications.queries.editorial import Looked, looked_at
from balise.foundation.clock import today


class Command(BaseCommand):
    help = "Name dead links, reviews that are due, missing descriptions and old translations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        check = commands.add_parser("check", help="look at each public page, and where it leads")
        check.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        for told in _found():
            words = "\t".join(str(value) for value in told.values() if value)
            self.stdout.write(orjson.dumps(told).decode() if options["json"] else words)


def _found() -> Iterator[dict[str, Any]]:
    """Yield one fault of one page at a time; links of others come last, for they take long."""
    pages = list(looked_at(today()))
    for page in pages:
        for fault in page.faults:
            yield _told(page, fault.lack.value, since=fault.since)
        for link in page.own:
            yield _told(page, DEAD, link=link)
    for link, state, why in faulty_links(link for page in pages for link in page.links):
        for page in pages:
            if link in page.links:
                yield _told(page, state, link=link, why=why)


def _told(page: Looked, fault: str, **more: Any) -> dict[str, Any]:
    return {"fault": fault, "page": page.address, "title": page.title, **more}
