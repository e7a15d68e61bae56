"""`balise url`: read web addresses as the public form reads them."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.management.base import BaseCommand, no_translations

from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.written import apart


class Command(BaseCommand):
    help = "Print the canonical form, host and registrable domain of addresses, and what changed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="+", metavar="ADDRESS", help="or -: lines of stdin")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["json"] or "-" in options["addresses"]
        for written in each(options["addresses"]):
            for piece in apart(written):
                found = _read(piece)
                if as_json:
                    self.stdout.write(orjson.dumps(found).decode())
                else:
                    self.stdout.write("\t".join(map(_shown, found.values())))


def _shown(value: str | list[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _read(written: str) -> dict[str, str | list[str]]:
    try:
        address = read_address(written)
    except AddressRefused as refusal:
        return {"input": written, "error": refusal.message}
    return {
        "input": written,
        "canonical": address.canonical,
        "host": address.host,
        "registrable_domain": address.registrable_domain,
        "changed": list(address.changed),
    }


def each(arguments: list[str]) -> Iterator[str]:
    """Yield each argument, and in the place of `-` each line of stdin, without its line end."""
    for argument in arguments:
        if argument == "-":
            for line in sys.stdin.buffer:
                yield line.decode("utf-8", "replace").rstrip("\r\n")
        else:
            yield argument.encode("utf-8", "replace").decode()
