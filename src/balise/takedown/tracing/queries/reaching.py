"""Where to connect for an address that someone wrote: only where the public internet leads.

The tracer process resolves the host; the connection goes to that same IP address, so a second
answer of the DNS changes nothing. In a demonstration, this machine itself may be asked too.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from balise.foundation.url import is_this_machine
from balise.takedown.tracing.queries.asking import resolve
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

_PORTS = {"http": 80, "https": 443}


class NoWay(RuntimeError):
    """An address leads nowhere that may be asked. The message is a code."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an address is asked: where to connect, the Host field, the name in the certificate."""

    address: str
    pinned: str
    authority: str
    server_name: str


def way_to(address: str, *, schemes: frozenset[str] = frozenset({"https"})) -> Way:
    """Return the way to an address. Raises NoWay for what is not public, or another scheme."""
    try:
        here = urlsplit(address)
    except ValueError:
        raise NoWay("not-an-address") from None
    is_here = here.scheme in _PORTS and is_this_machine(here.hostname or "")
    if settings.DEMONSTRATION and is_here:
        ip = "127.0.0.1" if here.hostname == "localhost" else str(here.hostname)
        return _way(address, ip)
    try:
        read = read_address(address)
    except AddressRefused as refusal:
        raise NoWay(refusal.code) from None
    if read.scheme not in schemes:
        raise NoWay("scheme-not-asked")
    ips = resolve(read.host)
    if not ips:
        raise NoWay("not-public-or-no-tracer")
    return _way(read.canonical, str(ips[0]))


def _way(address: str, ip: str) -> Way:
    url = urlsplit(address)
    port = url.port or _PORTS[url.scheme]
    place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
    return Way(address, url._replace(netloc=place).geturl(), url.netloc, url.hostname or "")
