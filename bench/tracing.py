"""How many IP addresses a second are traced: ours beside the bound, in one run.

The bound is what it stands on with nothing around it: the MMDB library's own `get` for the
country, and a bisection of arrays in memory for the network.
"""

import csv
import os
import random
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, ip_address

COUNT = 50_000
GOAL = 20_000
ROUNDS = 3


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")
    import django  # noqa: PLC0415 - settings first

    django.setup()
    import maxminddb  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from balise.takedown.tracing import queries  # noqa: PLC0415
    from balise.takedown.tracing.rules.public import is_public  # noqa: PLC0415

    chance = random.Random(2026)  # noqa: S311 - a sample, not a secret
    sample: list[str] = []
    while len(sample) < COUNT:
        address = IPv4Address(chance.randrange(1 << 24, 224 << 24))
        if is_public(address):
            sample.append(str(address))

    start = time.perf_counter()
    queries.trace_ip(sample[0])
    opened = time.perf_counter() - start

    firsts, lasts, networks = array("I"), array("I"), []
    with (settings.IP_NETWORK_DATA / "asn-ipv4-num.csv").open(newline="") as table:
        for first, last, asn, name in csv.reader(table):
            firsts.append(int(first))
            lasts.append(int(last))
            networks.append((int(asn), name))
    countries = maxminddb.open_database(settings.IP_COUNTRY_DATA)

    def bound(text: str) -> object:
        address = ip_address(text)
        record = countries.get(address)
        number = int(address)
        place = bisect_right(firsts, number) - 1
        return record, networks[place] if number <= lasts[place] else None

    ours = _best(queries.trace_ip, sample)
    bare = _best(bound, sample)
    print(f"{COUNT:,} addresses, best of {ROUNDS}; opening takes {opened * 1000:.1f} ms")
    print(f"{'balise trace_ip':<44}{ours:>12,.0f}/s")
    print(f"{'bound: bare maxminddb + bisect in memory':<44}{bare:>12,.0f}/s")
    print(f"{'ours, of the bound':<44}{ours / bare:>12.0%}")
    print(f"{'goal':<44}{GOAL:>12,}/s  {'met' if ours >= GOAL else 'MISSED'}")


def _best(look_up: Callable[[str], object], sample: Sequence[str]) -> float:
    """Return the addresses a second of the best round."""
    fastest = float("inf")
    for _round in range(ROUNDS):
        start = time.perf_counter()
        for text in sample:
            look_up(text)
        fastest = min(fastest, time.perf_counter() - start)
    return len(sample) / fastest


if __name__ == "__main__":
    main()
