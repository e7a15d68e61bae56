"""Where a house on one machine is found: its address, and the ports that follow from it.

`balise run` settles them and keeps them in the file `served` of its home, which the settings read:
so links in mails, and the commands beside it, know where the centre is. What the environment says
goes first.
"""

import errno
import os
import socket
from fcntl import LOCK_EX, LOCK_NB, lockf
from itertools import chain
from pathlib import Path
from typing import TextIO

from django.core.management.base import CommandError

from balise.config.environment import SERVED
from balise.config.management.addresses import PORTS, Address
from balise.config.management.readiness import fault_of, make_sure_free
from balise.foundation.url import is_this_machine

_HERE = "127.0.0.1"
_STEP = 10  # between two centres: what follows from one port is far from what follows from another
_UNRESERVED = 1024  # ports below are for root

# Ports of a demonstration's own servers, from the port of its pages.
_APP, _MAIL, _DNS, _RDAP, _WHOIS, _PLATFORMS, _HASHES = 1, 25, 53, 54, 55, 56, 57


def hold(home: Path, *, address: str) -> TextIO:
    """Return what keeps a home for this process while it is open; refuse a home that is served."""
    file = (home / "running").open("a")
    try:
        lockf(file, LOCK_EX | LOCK_NB)  # a copy of this process does not hold it
    except OSError as error:
        file.close()
        raise CommandError(
            f"The centre in {home} is served already, at {address}. Another one beside it has a "
            "home of its own; type: BALISE_HOME=var/second make run ADDRESS=127.0.0.1:8010"
        ) from error
    return file


def make_sure_is_ours(where: Address) -> None:
    """Refuse a place that is taken, and say which one is free and what to type for it."""
    fault = fault_of(where)
    if fault is None or fault.errno != errno.EADDRINUSE:
        make_sure_free(where)
        return
    others = (Address(where.host, port) for port in range(where.port, PORTS.stop, _STEP))
    free = next((other for other in others if fault_of(other) is None), None)
    if free is None:
        raise CommandError(f"{where} is taken, and so is what follows it.")
    raise CommandError(
        f"{where} is taken. {free} is free; type: make run ADDRESS={free}\n"
        f"(without make: balise run --address {free})"
    )


def settled(where: Address, *, is_demonstration: bool) -> dict[str, str]:
    """Return, by variable, what follows from an address and the environment does not say."""
    seen = where if is_this_machine(str(where)) else Address(_HERE, where.port)
    found = {"BALISE_PUBLIC_ADDRESS": f"http://{seen}"}
    if is_demonstration:
        app, mail, dns, rdap, whois, platforms, hashes = _free_ports(
            where.port, _APP, _MAIL, _DNS, _RDAP, _WHOIS, _PLATFORMS, _HASHES
        )
        found |= {
            "BALISE_APP_ADDRESS": f"http://{Address(seen.host, app)}",
            "BALISE_MAIL": f"smtp://{_HERE}:{mail}",
            "BALISE_TRACER_LOOPBACK": f"dns={dns},rdap={rdap},whois={whois}",
            "BALISE_PLATFORMS_LOOPBACK": f"http={platforms}",
            "BALISE_HASH_SOURCES_LOOPBACK": f"http={hashes}",
        }
    said = {name for name in found if name in os.environ or f"{name}_FILE" in os.environ}
    return {name: value for name, value in found.items() if name not in said}


def keep(home: Path, places: dict[str, str]) -> bool:
    """Store where a centre is served, for the settings; return whether that was new."""
    file = home / SERVED
    words = "".join(f"{name}={value}\n" for name, value in places.items())
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if before == words:
        return False
    unfinished = file.with_suffix(".part")
    unfinished.write_text(words, encoding="utf-8")
    unfinished.replace(file)
    return True


def _free_ports(first: int, *further: int) -> list[int]:
    """Return a free port for each distance from the first, that one or the next."""
    found: list[int] = []
    for distance in further:
        wished = first + distance
        ports = chain(range(wished, PORTS.stop), range(_UNRESERVED, min(wished, PORTS.stop)))
        found.append(next(port for port in ports if port not in found and _is_free(port)))
    return found


def _is_free(port: int) -> bool:
    """Return whether nobody listens on a port of this machine, by TCP and by UDP."""
    here = Address(_HERE, port)
    return all(fault_of(here, by=by) is None for by in (socket.SOCK_STREAM, socket.SOCK_DGRAM))
