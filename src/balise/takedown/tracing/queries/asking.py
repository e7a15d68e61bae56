"""Ask the tracer process, which alone touches strangers' servers. No answer is “unknown”, never no.

This side opens nothing but a local socket. What comes back is checked: the tracer reads what
strangers send, so it may be wrong, but it cannot make anyone here look at a private address.
"""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.conf import settings

from balise.takedown.tracing.rules.public import IPAddress, is_public

# The tracer gives itself five seconds for a check; one batch is one wave of them.
TIMEOUT_SECONDS = 8.0
BATCH = 50
_MOST_BYTES = 1 << 20
_STATUSES = frozenset({"online", "gone", "moved", "refused", "unreachable"})


@dataclass(frozen=True, slots=True)
class Check:
    """What a page answered: `status` online, gone, moved, refused, unreachable or unknown.

    gone: the server says so (404, 410, 451), or the name exists no more. moved: it leads to another
    page. refused: it is not an address that may be contacted. unreachable: no answer that says
    anything, or an error of the server. unknown: the tracer did not answer.
    """

    status: str
    http_status: int | None = None


UNKNOWN = Check("unknown")


def check_many(urls: Sequence[str]) -> list[Check]:
    """Return whether each page is still there, in order; UNKNOWN where the tracer does not say."""
    checks: list[Check] = []
    for start in range(0, len(urls), BATCH):
        batch = list(urls[start : start + BATCH])
        answers = ask_tracer({"do": "check", "urls": batch}).get("checks")
        if not isinstance(answers, list) or len(answers) != len(batch):
            answers = [None] * len(batch)
        checks += map(_read_check, answers)
    return checks


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


def _read_check(answer: object) -> Check:
    if not isinstance(answer, dict) or answer.get("status") not in _STATUSES:
        return UNKNOWN
    http_status = answer.get("http_status")
    return Check(answer["status"], http_status if isinstance(http_status, int) else None)
