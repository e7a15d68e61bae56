"""Which hosts and IP addresses the public internet can reach; everything else is never touched.

Knows neither Django nor settings, so that the tracer process (`tracer/`) can use it.
"""

from bisect import bisect_right
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

type IPAddress = IPv4Address | IPv6Address

MAX_HOST = 253
MAX_LABEL = 63

# IANA's special-purpose registries (RFC 6890 and its updates), multicast, and one address that a
# large cloud answers its own machines on although it is public (168.63.129.16).
_SPECIAL_V4 = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
)
# Only 2000::/3 is handed out; inside it Teredo, ORCHID, 6to4 and documentation lead elsewhere.
_GLOBAL_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

_V4 = sorted(
    (int(network.network_address), int(network.broadcast_address))
    for network in map(IPv4Network, _SPECIAL_V4)
)
_V4_FIRST = [first for first, _ in _V4]
_V6 = sorted(
    (int(network.network_address), int(network.broadcast_address))
    for network in map(IPv6Network, _SPECIAL_V6)
)
_V6_FIRST = [first for first, _ in _V6]
_V6_BOUNDS = (int(_GLOBAL_V6.network_address), int(_GLOBAL_V6.broadcast_address))

# RFC 6761, 6762, 7686, 8375, 9476, ICANN's .internal, and what home routers invent. `.onion` is
# not here: it is reached another way, and reported like any other. Neither is `.example`: it
# exists nowhere, which is why examples and the demonstration use it.
SPECIAL_SUFFIXES = frozenset(
    [
        "alt",
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "private",
        "test",
    ]
)


def is_public(ip: IPAddress) -> bool:
    """Return whether an IP address is one that the public internet routes to a host."""
    number = int(ip)
    if ip.version == 4:  # noqa: PLR2004 - the version's own name
        place = bisect_right(_V4_FIRST, number) - 1
        return place < 0 or number > _V4[place][1]
    if not _V6_BOUNDS[0] <= number <= _V6_BOUNDS[1]:
        return False
    place = bisect_right(_V6_FIRST, number) - 1
    return place < 0 or number > _V6[place][1]


# RFC 5737 and 3849: they belong to nobody, so that examples and the demonstration may use them.
_DOCUMENTATION = (
    IPv4Network("192.0.2.0/24"),
    IPv4Network("198.51.100.0/24"),
    IPv4Network("203.0.113.0/24"),
    IPv6Network("2001:db8::/32"),
)


def is_documentation(ip: IPAddress) -> bool:
    """Return whether an IP address is one of those kept for examples: nobody is there."""
    return any(ip.version == network.version and ip in network for network in _DOCUMENTATION)


def ip_of(host: str) -> IPAddress | None:
    """Return the IP address that a canonical host is (`192.0.2.1`, `[2001:db8::1]`), or None.

    A canonical host (WHATWG) has no other notation left: octal, hexadecimal and short forms are
    already read.
    """
    if host.startswith("["):
        return IPv6Address(host[1:-1])
    if host and host[-1].isdigit() and host.replace(".", "").isdigit():
        return IPv4Address(host)
    return None


def is_special_name(host: str) -> bool:
    """Return whether a canonical host name belongs to a machine or a home, not to the internet."""
    name, dot, last = host.rpartition(".")
    return not dot or not name or last in SPECIAL_SUFFIXES


def fits_the_dns(host: str) -> bool:
    """Return whether a host name keeps to the lengths that the DNS allows (RFC 1035 §2.3.4)."""
    return len(host) <= MAX_HOST and all(len(label) <= MAX_LABEL for label in host.split("."))
