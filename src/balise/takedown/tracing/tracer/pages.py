"""Addresses of pages, questions to their servers, and the heads of the answers (HTTP/1.1)."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from balise.foundation.url import join_web, parse_web
from balise.takedown.tracing.rules.public import IPAddress
from balise.takedown.tracing.tracer.failures import NotAllowed, Unreachable
from balise.takedown.tracing.tracer.reach import Reach

MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[ \r\n]")
_FIRST_FINAL = 200  # 1xx announces another answer
_PROVISIONAL_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Target:
    """A page to ask for: where to connect, and what to ask there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    def is_same_page(self, other: "Target") -> bool:
        """Return whether two addresses differ only as sites redirect to themselves."""
        return self._page() == other._page()

    def _page(self) -> tuple[str, str]:
        return self.host.removeprefix("www."), self.path.rstrip("/")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer: its status, and its header fields by lower-case name."""

    status: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def location(self) -> str:
        """Where it redirects to; "" if nowhere."""
        return self.fields.get("location", "") if self.status in REDIRECTS else ""


def read_target(reach: Reach, url: str) -> Target:
    """Return a page's address; refuse (NotAllowed) what is none, or uses another port."""
    if not url.isascii():  # a canonical address is, and so is what join_url gives
        raise NotAllowed
    read = parse_web(url)
    scheme = read.protocol[:-1]
    if scheme not in {"http", "https"} or not read.hostname:
        raise NotAllowed
    port = int(read.port or (443 if scheme == "https" else 80))
    if not reach.may_use(port):
        raise NotAllowed
    path = read.pathname + read.search
    return Target(read.href, scheme, read.hostname.rstrip("."), port, path)


def redirected(reach: Reach, target: Target, head: Head) -> Target:
    """Return where an answer redirects to, vetted like the first address."""
    return read_target(reach, join_web(target.url, head.location))


@asynccontextmanager
async def asked(
    reach: Reach, method: str, target: Target, ip: IPAddress, *headers: str
) -> AsyncIterator[tuple[Head, asyncio.StreamReader]]:
    """Ask one question of one address; give the answer's head, and the rest to be read."""
    server_name = target.host.strip("[]") if target.scheme == "https" else ""
    reader, writer = await reach.connected(ip, target.port, server_name=server_name)
    try:
        writer.write(_request(method, target, reach.agent, headers))
        await writer.drain()
        yield await _read_head(reader), reader
    finally:
        writer.transport.abort()


def _request(method: str, target: Target, agent: str, headers: tuple[str, ...]) -> bytes:
    default = 443 if target.scheme == "https" else 80
    host = target.host if target.port == default else f"{target.host}:{target.port}"
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {agent}",
        "Accept-Encoding: identity",
        *headers,
        "Connection: close",
        "\r\n",
    ]
    return "\r\n".join(lines).encode("ascii")


async def _read_head(reader: asyncio.StreamReader) -> Head:
    for _provisional in range(_PROVISIONAL_AT_MOST):
        try:
            written = await reader.readuntil((b"\r\n\r\n", b"\n\n"))
        except asyncio.LimitOverrunError:
            raise Unreachable from None
        status = _STATUS_LINE.match(written)
        if status is None:
            raise Unreachable
        if int(status[1]) >= _FIRST_FINAL:
            return Head(int(status[1]), _fields(written))
    raise Unreachable


def _fields(written: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in written.decode("utf-8", "replace").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields
