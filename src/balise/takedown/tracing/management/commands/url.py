"""`balise url`: read web addresses as the public form reads them."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.management.base import BaseCommand, no_translations

from balise.takedown.tracing.rules.addresses import AddressRefused, read_address


class Command(BaseCommand):
    help = "Print the canonical form, host and registrable domain of web addresses."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="+", metavar="ADDRESS", help="or -: lines of stdin")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["json"] or "-" in options["addresses"]
        for written in each(options["addresses"]):
            found = _read(written)
            if as_json:
                self.stdout.write(orjson.dumps(found).decode())
            else:
                words = [found["error"]] if "error" in found else list(found.values())[1:]
                self.stdout.write("\t".join([written, *words]))


def _read(written: str) -> dict[str, str]:
    try:
        address = read_address(written)
    except AddressRefused as refusal:
        return {"input": written, "error": refusal.message}
    return {
        "input": written,
        "canonical": address.canonical,
        "host": address.host,
        "registrable_domain": address.registrable_domain,
    }


def each(arguments: list[str]) -> Iterator[str]:
    """Yield each argument, and in the place of `-` each line of stdin, without its line end."""
    for argument in arguments:
        if argument == "-":
            for line in sys.stdin.buffer:
                yield line.decode("utf-8", "replace").rstrip("\r\n")
        else:
            yield argument.encode("utf-8", "replace").decode()
