"""`balise trace`: where IP addresses are hosted, from the data on this machine."""

from argparse import ArgumentParser
from ipaddress import ip_address
from typing import Any

import orjson
from django.core.management.base import BaseCommand, no_translations

from balise.takedown.tracing import queries
from balise.takedown.tracing.management.commands.url import each
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.public import IPAddress

NEEDS_RESOLUTION = "needs live resolution: only IP addresses are traced from data on this machine"


class Command(BaseCommand):
    help = "Print the country and the network of IP addresses, or of URLs whose host is one."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="or -: lines of stdin")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--sources", action="store_true", help="name the data; pack it if needed"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if options["sources"]:
            for source in queries.sources():
                words = (source.what, source.path, str(source.data_date), source.warning)
                self.stdout.write("\t".join(words))
        as_json = options["json"] or "-" in options["addresses"]
        for written in each(options["addresses"]):
            found = _traced(written)
            if as_json:
                self.stdout.write(orjson.dumps(found).decode())
            else:
                self.stdout.write("\t".join(str(word) for word in found.values()))


def _traced(written: str) -> dict[str, object]:
    try:
        trace = queries.trace_ip(_ip_in(written))
    except AddressRefused as refusal:
        return {"input": written, "error": refusal.message}
    except _NeedsResolution:
        return {"input": written, "error": NEEDS_RESOLUTION}
    return {
        "input": written,
        "country": trace.country,
        "asn": trace.asn,
        "network": trace.network,
        "data_date": trace.data_date,
    }


class _NeedsResolution(Exception):
    """The host is a name: only the tracer process may ask where it leads."""


def _ip_in(written: str) -> str | IPAddress:
    """Return the IP address that a text is or leads to."""
    try:
        return ip_address(written.strip().strip("[]"))
    except ValueError:
        address = read_address(written)
    if not address.is_ip:
        raise _NeedsResolution
    return address.host
