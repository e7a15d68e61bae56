"""Ask the tracer process, the only one that connects to foreign servers.

No answer is “unknown”, never no.

This side opens nothing but a local socket. What comes back is checked: the tracer reads what
strangers send, so it may be wrong, but it cannot make anyone here look at a private address.
"""

import json
import socket
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from django.conf import settings

from balise.takedown.tracing.rules.looks import UNKNOWN, Look, from_fields
from balise.takedown.tracing.rules.public import IPAddress, is_public

TIMEOUT_SECONDS = 8.0
# A look takes five seconds at most, and five more where a page is compared with another.
LOOK_SECONDS = 12.0
BATCH = 50
_MOST_BYTES = 1 << 20


def check_many(urls: Sequence[str]) -> list[Look]:
    """Return one look at each page, in order; UNKNOWN where the tracer does not say."""
    looks: list[Look] = []
    for start in range(0, len(urls), BATCH):
        batch = list(urls[start : start + BATCH])
        looks += read_checks(ask_tracer(checking(batch), seconds=LOOK_SECONDS), count=len(batch))
    return looks


def checking(urls: Sequence[str]) -> dict[str, object]:
    """Return the question that asks for a look at each page."""
    return {"do": "check", "urls": list(urls)}


def read_checks(answer: Mapping[str, object], *, count: int) -> list[Look]:
    """Return the looks that an answer holds; UNKNOWN for each if it is not as many as asked."""
    given = answer.get("checks")
    if not isinstance(given, list) or len(given) != count:
        return [UNKNOWN] * count
    return list(map(from_fields, given))


def resolve(host: str) -> tuple[IPAddress, ...]:
    """Return the public IP addresses that a host name leads to now; empty if that is not known."""
    answers = ask_tracer({"do": "resolve", "host": host}).get("addresses")
    if not isinstance(answers, list):
        return ()
    try:
        found = tuple(ip_address(str(answer)) for answer in answers)
    except ValueError:
        return ()
    return found if all(map(is_public, found)) else ()


def ask_tracer(question: dict[str, object], *, seconds: float | None = None) -> dict[str, Any]:
    """Return the tracer's answer to one question; {} if there is none in time."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(TIMEOUT_SECONDS if seconds is None else seconds)
            line.connect(str(settings.TRACER_SOCKET))
            line.sendall(json.dumps(question).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer = json.loads(answers.readline(_MOST_BYTES))
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}
