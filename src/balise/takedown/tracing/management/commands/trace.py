"""`balise trace`: where addresses are hosted, by this machine's data or by the registers."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.takedown.tracing import queries
from balise.takedown.tracing.management.commands.url import each
from balise.takedown.tracing.rules.addresses import REFUSALS, AddressRefused, read_address
from balise.takedown.tracing.rules.live import LiveTrace, Role, Rung, problem_words
from balise.takedown.tracing.rules.public import IPAddress

LIVE_AT_ONCE = 8
NO_TRACER = (
    "No tracer answers: nothing was asked of the DNS and the registers. Start one with "
    "`balise tracer` (in a centre: `systemctl start balise-tracer`), then ask again."
)
NEEDS_RESOLUTION = "needs live resolution: use --live (this asks the DNS and the registers)"


class Command(BaseCommand):
    help = "Print where IP addresses are hosted; with --live, of names too, and whom to tell."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="or -: lines of stdin")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--live", action="store_true", help="ask the DNS and the registers, through the tracer"
        )
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
        traced = _all_live if options["live"] else partial(map, _traced)
        is_silent = False
        for found in traced(each(options["addresses"])):
            if as_json:
                self.stdout.write(orjson.dumps(found).decode())
            else:
                self.stdout.write("\n".join(_lines(found)))
            sys.stdout.flush()
            is_silent = is_silent or _tracer_is_silent(found)
        if is_silent:
            raise CommandError(NO_TRACER)


def _tracer_is_silent(found: dict[str, object]) -> bool:
    problems = found.get("problems")
    return isinstance(problems, list) and any(one["code"] == "tracer-silent" for one in problems)


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


def _all_live(addresses: Iterable[str]) -> Iterator[dict[str, object]]:
    """Trace several at a time: each waits for strangers most of its time."""
    with ThreadPoolExecutor(LIVE_AT_ONCE) as threads:
        for written, found in threads.map(_live, addresses):
            if isinstance(found, AddressRefused):
                yield {"input": written, "error": str(REFUSALS[found.code])}
            else:
                yield _shown_live(written, found)


def _live(written: str) -> tuple[str, LiveTrace | AddressRefused]:
    try:
        return written, queries.trace_live(written)
    except AddressRefused as refusal:
        return written, refusal


def _shown_live(written: str, trace: LiveTrace) -> dict[str, object]:
    return {
        "input": written,
        "host": trace.host,
        "addresses": [spot.address for spot in trace.spots],
        "aliases": list(trace.aliases),
        "country": trace.country,
        "asn": trace.asn,
        "network": trace.network,
        "prefix": trace.prefix,
        "registrar": trace.registrar,
        "registry": trace.registry,
        "nameservers": list(trace.nameservers),
        "mail_servers": list(trace.mail_servers),
        "cdn": trace.cdn.code if trace.cdn else None,
        "contacts": [
            {"kind": one.kind, "address": one.address, "role": role, "source": one.source}
            for role, one in trace.contacts
        ],
        "ladder": [_rung(trace, rung) for rung in trace.ladder],
        "problems": [
            {"about": one.about, "code": one.code, "where": one.where, "says": problem_words(one)}
            for one in trace.problems
        ],
        "data_date": trace.data_date,
        "at": trace.at,
    }


def _rung(trace: LiveTrace, rung: Rung) -> dict[str, object]:
    return {
        "role": rung.role,
        "name": rung.name,
        "handle": rung.handle,
        "country": rung.country,
        "source": rung.source,
        "contacts": len(rung.contacts),
        "asks": list(trace.asks) if rung.role is Role.CDN else [],
    }


def _lines(found: dict[str, object]) -> list[str]:
    """Return what was found for a person: one line, or for a live trace one a fact."""
    if "ladder" not in found:
        return ["\t".join(str(word) for word in found.values())]
    lines = [str(found["input"])]
    for name, value in found.items():
        if name != "input" and value not in (None, "", []):
            values = value if isinstance(value, list) else [value]
            lines += [f"  {name}\t{_shown(one)}" for one in values]
    return lines


def _shown(one: object) -> str:
    if not isinstance(one, dict):
        return str(one)
    words = (" / ".join(value) if isinstance(value, list) else value for value in one.values())
    return "\t".join(str(word) for word in words if word not in ("", 0))


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
