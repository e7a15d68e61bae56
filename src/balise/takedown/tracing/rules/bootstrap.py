"""Which RDAP server answers for what: IANA's bootstrap files (RFC 9224). Pure."""

from dataclasses import dataclass
from ipaddress import ip_network

from balise.foundation.url import web_host
from balise.takedown.tracing.rules.public import IPAddress

FILES = ("dns", "ipv4", "ipv6", "asn")
MOST_SERVERS = 4


class BootstrapFaulty(ValueError):
    """What was read is no bootstrap file."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """One file: which keys (suffixes, prefixes, ranges of numbers) which servers answer for."""

    publication: str
    services: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def for_domain(self, domain: str) -> tuple[str, ...]:
        """Return the servers for a domain: those of its longest suffix that is named."""
        by_suffix = {key.lower().strip("."): urls for keys, urls in self.services for key in keys}
        rest = domain
        while rest:
            if rest in by_suffix:
                return by_suffix[rest]
            rest = rest.partition(".")[2]
        return ()

    def for_address(self, ip: IPAddress) -> tuple[str, ...]:
        """Return the servers for an IP address: those of its longest prefix that is named."""
        best = -1
        found: tuple[str, ...] = ()
        for keys, urls in self.services:
            for key in keys:
                try:
                    network = ip_network(key, strict=False)
                except ValueError:
                    continue
                if ip.version == network.version and ip in network and network.prefixlen > best:
                    best, found = network.prefixlen, urls
        return found

    def for_system(self, asn: int) -> tuple[str, ...]:
        """Return the servers for an autonomous system."""
        for keys, urls in self.services:
            for key in keys:
                first, _dash, last = key.partition("-")
                is_range = first.isdecimal() and (last or first).isdecimal()
                if is_range and int(first) <= asn <= int(last or first):
                    return urls
        return ()


def read_bootstrap(written: object) -> Bootstrap:
    """Return a bootstrap file (RFC 9224 §3); refuse (BootstrapFaulty) what is none.

    An entry that is malformed is passed over; servers by https come before others (§6).
    """
    if not isinstance(written, dict) or not isinstance(written.get("services"), list):
        raise BootstrapFaulty("a bootstrap file has services")
    services = []
    for entry in written["services"]:
        match entry:
            case [[*keys], [*urls]]:
                named = tuple(key for key in keys if isinstance(key, str))
                servers = tuple(sorted(filter(_is_server, urls), key=_is_clear))
                services.append((named, servers[:MOST_SERVERS]))
            case _:
                continue
    if not any(keys and urls for keys, urls in services):
        raise BootstrapFaulty("a bootstrap file names servers")
    return Bootstrap(str(written.get("publication", ""))[:40], tuple(services))


def _is_server(url: object) -> bool:
    if not isinstance(url, str) or len(url) > 300:  # noqa: PLR2004 - far beyond any that exists
        return False
    return bool(web_host(url))


def _is_clear(url: str) -> bool:
    return not url.startswith("https://")
