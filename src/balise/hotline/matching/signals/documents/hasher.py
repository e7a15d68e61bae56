"""The hasher's own process: reads one picture at an address, in memory, and answers its hashes.

A child with limits: it writes no file and no log, has no key, and ends with its answer. What it
may connect to is looked up once, and then connected to: a name cannot change between the two.
"""

import json
import socket
from ipaddress import ip_address
from typing import Final

from balise.foundation.limited.child import CannotWork
from balise.foundation.outgoing import Bounds, Line, NoAnswer, request
from balise.foundation.url import PORTS, split_url
from balise.hotline.matching.signals.rules.pictures import hashed
from balise.takedown.tracing.rules.public import IPAddress, is_public

ADDRESS, NOT_ALLOWED, NO_ANSWER, STATUS = "address", "not-allowed", "no-answer", "status"
MOST_OCTETS: Final = 32 * 1024 * 1024
_BOUNDS: Final = Bounds(seconds=20.0, longest=MOST_OCTETS)
_SUCCESS: Final = 200
_HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible)", "Accept": "image/*"}


def asked(address: str, *, is_demonstration: bool) -> bytes:
    """Return what `read_and_hash` reads. A demonstration's pictures are on this machine alone."""
    return json.dumps([address, is_demonstration]).encode()


def read_and_hash(given: bytes) -> bytes:
    """Return what is known of the picture at an address, as `rules.pictures.hashed` tells it.

    Raises CannotWork as that does, and with `ADDRESS` for what is no address of the web,
    `NOT_ALLOWED` for one that may not be connected to, `NO_ANSWER` for none within 20 seconds and
    32 MB, `STATUS` for an answer that is no success: no redirect is followed.
    """
    address, is_demonstration = json.loads(given)
    try:
        parts = split_url(address)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise CannotWork(ADDRESS) from None
    host = parts.hostname
    if not host or parts.username is not None:
        raise CannotWork(ADDRESS)
    if not is_demonstration and port not in PORTS.values():
        raise CannotWork(NOT_ALLOWED)
    at = _vetted(host, port, is_demonstration=is_demonstration)
    place = f"[{at}]:{port}" if at.version == 6 else f"{at}:{port}"  # noqa: PLR2004
    try:
        answer = request(
            "GET",
            parts._replace(netloc=place, fragment="").geturl(),
            bounds=_BOUNDS,
            headers={**_HEADERS, "Host": parts.netloc},
            line=Line(server_name=host if parts.scheme == "https" else ""),
        )
    except NoAnswer:
        raise CannotWork(NO_ANSWER) from None
    if answer.status != _SUCCESS:
        raise CannotWork(STATUS)
    return hashed(answer.body)


def _vetted(host: str, port: int, *, is_demonstration: bool) -> IPAddress:
    """Return an address of a host, all of which may be connected to; one that may not is enough."""
    try:
        found = {
            ip_address(str(told[4][0]))
            for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        }
    except (OSError, ValueError):
        raise CannotWork(NO_ANSWER) from None
    for ip in found:
        if not (ip.is_loopback if is_demonstration else is_public(ip)):
            raise CannotWork(NOT_ALLOWED)
    return min(found, key=lambda ip: (ip.version, ip))
