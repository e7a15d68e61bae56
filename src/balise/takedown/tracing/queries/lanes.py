"""Several questions to the tracer at once, asked by one thread that may be interrupted anywhere."""

import json
import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Self

from django.conf import settings

from balise.foundation.url import PORTS, is_this_machine, split_url
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.looks import UNKNOWN, Look, from_fields
from balise.takedown.tracing.rules.public import IPAddress, is_public

# Ask the tracer process, the only one that connects to foreign servers.
#
# No answer is “unknown”, never no.
#
# This side opens nothing but a local socket. What comes back is checked: the tracer reads what
# strangers send, so it may be wrong, but it cannot make anyone here look at a private address.


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


_PIECE = 1 << 16


@dataclass(slots=True)
class _Lane:
    """One question on its way, and what has come back of its answer."""

    line: socket.socket
    number: int
    count: int
    until: float
    came: bytearray = field(default_factory=bytearray)


class Lanes:
    """Looks under way. `send` a batch while `is_free`, then take what `arrived`, in any order.

    A batch that is not answered in time, or not as it should be, arrives as UNKNOWN looks.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._selector = selectors.DefaultSelector()
        self._under_way: dict[int, _Lane] = {}
        self._lost: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        for lane in list(self._under_way.values()):
            self._end(lane)
        self._selector.close()

    @property
    def is_free(self) -> bool:
        """Whether another batch may be sent."""
        return len(self) < self._width

    def __len__(self) -> int:
        return len(self._under_way) + len(self._lost)

    def send(self, number: int, urls: Sequence[str]) -> None:
        """Ask for a look at each page; `number` names the batch when it arrives."""
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(1.0)
            line.connect(str(settings.TRACER_SOCKET))
            line.sendall(json.dumps(checking(urls)).encode() + b"\n")
            line.setblocking(False)
        except OSError:
            line.close()
            self._lost.append((number, len(urls)))
            return
        lane = _Lane(line, number, len(urls), time.monotonic() + LOOK_SECONDS)
        self._under_way[number] = lane
        self._selector.register(line, selectors.EVENT_READ, lane)

    def arrived(self, *, within: float) -> Iterator[tuple[int, list[Look]]]:
        """Yield the batches that arrive within some seconds, by number; all that are there."""
        while self._lost:
            number, count = self._lost.pop()
            yield number, [UNKNOWN] * count
        if not self._under_way:
            return
        for key, _events in self._selector.select(within):
            lane: _Lane = key.data
            if self._is_whole(lane):
                self._end(lane)
                yield lane.number, _read(lane)
        now = time.monotonic()
        for lane in [lane for lane in self._under_way.values() if lane.until < now]:
            self._end(lane)
            yield lane.number, [UNKNOWN] * lane.count

    def _is_whole(self, lane: _Lane) -> bool:
        try:
            piece = lane.line.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            piece = b""
        lane.came += piece
        return not piece or lane.came.endswith(b"\n") or len(lane.came) > _MOST_BYTES

    def _end(self, lane: _Lane) -> None:
        self._under_way.pop(lane.number, None)
        with suppress(KeyError, ValueError):
            self._selector.unregister(lane.line)
        lane.line.close()


def _read(lane: _Lane) -> list[Look]:
    try:
        answer = json.loads(lane.came)
    except (ValueError, RecursionError):
        answer = {}
    return read_checks(answer if isinstance(answer, dict) else {}, count=lane.count)


# Where to connect for an address that someone wrote: only where the public internet leads.
#
# The tracer process resolves the host; the connection goes to that same IP address, so a second
# answer of the DNS changes nothing. In a demonstration, this machine itself may be asked too.


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
        here = split_url(address)
    except ValueError:
        raise NoWay("not-an-address") from None
    is_here = here.scheme in PORTS and is_this_machine(here.hostname or "")
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
    url = split_url(address)
    port = url.port or PORTS[url.scheme]
    place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
    return Way(address, url._replace(netloc=place).geturl(), url.netloc, url.hostname or "")
