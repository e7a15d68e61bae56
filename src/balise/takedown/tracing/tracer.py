"""The one process that touches strangers' servers. It has egress and nothing else.

No settings, no database, no keys, no Django: `balise tracer` starts it with an empty environment
and no open file. It answers one JSON object a line on a local socket:

    {"do": "resolve", "host": "site.example"}      → {"addresses": ["…"]}
    {"do": "check", "urls": ["https://…", …]}      → {"checks": [{"status": "online", …}, …]}
    {"do": "inventory"}                            → what this process holds, told from inside

It connects only to an address that it has vetted itself, so a second answer of the DNS changes
nothing. It asks for headers (HEAD; a GET of one byte where HEAD is not understood), because the
content must not be fetched; it reads 64 KB at most, decodes nothing, and gives up after five
seconds.
"""

import asyncio
import json
import os
import re
import resource
import signal
import socket
import ssl
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import ada_url
import can_ada
import dns.asyncresolver
import dns.exception
import dns.resolver

from balise.takedown.tracing.rules.public import IPAddress, ip_of, is_public, is_special_name

DEADLINE_SECONDS = 5.0
DNS_SECONDS = 3.0
MAX_REDIRECTS = 3
MAX_BYTES = 65_536
MAX_LINE = 1 << 20
MAX_AT_ONCE = 64
MAX_URLS = 100
IDLE_SECONDS = 60.0
WEB_PORTS = frozenset({80, 443})

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[ \r\n]")
_LOCATION = re.compile(rb"\nlocation:[ \t]*([^\r\n]+)", re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410, 451})
_UNSATISFIABLE_RANGE = 416  # the page is there, and empty


class NotAllowed(Exception):
    """Not an address that may be contacted."""


class Vanished(Exception):
    """The name exists no more."""


class Unreachable(Exception):
    """No answer that says anything."""


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
class Answer:
    """The head of an answer: its status, and where it redirects to ("" if nowhere)."""

    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracer:
    """Resolve and check. Tests give it other rules here; no setting or variable can."""

    is_allowed: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = WEB_PORTS
    nameserver: tuple[str, int] | None = None
    deadline: float = DEADLINE_SECONDS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_AT_ONCE))

    async def resolve(self, host: str) -> list[IPAddress]:
        """Return a host's addresses, all of them allowed; one that is not condemns them all."""
        literal = ip_of(host)
        if literal is None and (is_special_name(host) or host.endswith(".onion")):
            raise NotAllowed
        found = [literal] if literal is not None else await self._looked_up(host)
        if not all(map(self.is_allowed, found)):
            raise NotAllowed
        return found

    async def _looked_up(self, host: str) -> list[IPAddress]:
        resolver = dns.asyncresolver.Resolver(configure=self.nameserver is None)
        if self.nameserver is not None:
            resolver.nameservers, resolver.port = [self.nameserver[0]], self.nameserver[1]
        resolver.lifetime = DNS_SECONDS
        answers = await asyncio.gather(
            *(
                resolver.resolve(host, kind, search=False, raise_on_no_answer=False)
                for kind in ("A", "AAAA")
            ),
            return_exceptions=True,
        )
        found: list[IPAddress] = []
        for answer in answers:
            if isinstance(answer, dns.resolver.Answer):
                texts = (record.to_text() for record in answer.rrset or ())
                found += [
                    ip for text in texts if (ip := ip_of(f"[{text}]" if ":" in text else text))
                ]
        if found:
            return found
        is_settled = all(
            isinstance(answer, dns.resolver.Answer | dns.resolver.NXDOMAIN) for answer in answers
        )
        raise Vanished if is_settled else Unreachable

    async def check(self, url: str) -> dict[str, object]:
        """Return whether a page is still there, as the protocol says it."""
        try:
            async with self.turn, asyncio.timeout(self.deadline):
                return await self._followed(url)
        except NotAllowed:
            return {"status": "refused", "http_status": None}
        except Vanished:
            return {"status": "gone", "http_status": None}
        except (Unreachable, OSError, ValueError, EOFError):  # timeouts and TLS are OSErrors
            return {"status": "unreachable", "http_status": None}

    async def _followed(self, url: str) -> dict[str, object]:
        first = target = self._read(url)
        for _hop in range(MAX_REDIRECTS + 1):
            answer = await self._asked(target)
            if answer.status not in _REDIRECTS or not answer.location:
                return {
                    "status": _verdict(answer.status, first, target),
                    "http_status": answer.status,
                }
            target = self._read(ada_url.join_url(target.url, answer.location))
        raise Unreachable

    def _read(self, url: str) -> Target:
        if not url.isascii():  # a canonical address is, and so is what join_url gives
            raise NotAllowed
        read = can_ada.parse(url)
        scheme = read.protocol[:-1]
        if scheme not in {"http", "https"} or not read.hostname:
            raise NotAllowed
        port = int(read.port or (443 if scheme == "https" else 80))
        if port not in self.ports:
            raise NotAllowed
        path = read.pathname + read.search
        return Target(read.href, scheme, read.hostname.rstrip("."), port, path)

    async def _asked(self, target: Target) -> Answer:
        """Return what the server says of a page; an error to HEAD is asked again with GET."""
        addresses = await self.resolve(target.host)
        answer = await self._exchange("HEAD", target, addresses)
        if answer.status >= 400:  # noqa: PLR2004 - the first of HTTP's errors
            answer = await self._exchange("GET", target, addresses)
        return answer

    async def _exchange(self, method: str, target: Target, addresses: list[IPAddress]) -> Answer:
        failure: Exception = Unreachable()
        for ip in addresses[:2]:
            try:
                return await self._exchanged(method, target, ip)
            except OSError as error:
                failure = error
        raise failure

    async def _exchanged(self, method: str, target: Target, ip: IPAddress) -> Answer:
        reader, writer = await self._connected(target, ip)
        try:
            writer.write(_request(method, target))
            await writer.drain()
            for _provisional in range(3):
                answer = _read_head(await reader.readuntil((b"\r\n\r\n", b"\n\n")))
                if answer.status >= 200:  # noqa: PLR2004 - 1xx announces another answer
                    return answer
            raise Unreachable
        except asyncio.LimitOverrunError:
            raise Unreachable from None
        finally:
            writer.transport.abort()

    async def _connected(
        self, target: Target, ip: IPAddress
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if not self.is_allowed(ip):
            raise NotAllowed
        family = socket.AF_INET6 if ip.version == 6 else socket.AF_INET  # noqa: PLR2004
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            # Neither the kernel nor the reader (which holds twice its limit) takes in more.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MAX_BYTES // 2)
            line.setblocking(False)
            await asyncio.get_running_loop().sock_connect(line, (str(ip), target.port))
        except BaseException:
            line.close()
            raise
        is_tls = target.scheme == "https"
        return await asyncio.open_connection(
            sock=line,
            limit=MAX_BYTES // 2,
            ssl=self.tls if is_tls else None,
            server_hostname=target.host.strip("[]") if is_tls else None,
        )


def _request(method: str, target: Target) -> bytes:
    default = 443 if target.scheme == "https" else 80
    host = target.host if target.port == default else f"{target.host}:{target.port}"
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: Mozilla/5.0 (compatible)",
        "Accept: */*",
        "Accept-Encoding: identity",
        *(["Range: bytes=0-0"] if method == "GET" else []),
        "Connection: close",
        "\r\n",
    ]
    return "\r\n".join(lines).encode("ascii")


def _read_head(head: bytes) -> Answer:
    status = _STATUS_LINE.match(head)
    if status is None:
        raise Unreachable
    location = _LOCATION.search(head)
    return Answer(
        int(status[1]), location[1].decode("utf-8", "replace").strip() if location else ""
    )


def _verdict(status: int, first: Target, last: Target) -> str:
    if status in _GONE:
        return "gone"
    if status // 100 == 2 or status == _UNSATISFIABLE_RANGE:  # noqa: PLR2004 - success
        return "online" if last.is_same_page(first) else "moved"
    return "unreachable"


async def answer(tracer: Tracer, line: bytes) -> dict[str, object]:
    """Return the answer to one line of the protocol; never raises for what a line may hold."""
    try:
        question = json.loads(line)
        match question:
            case {"do": "resolve", "host": str(host)}:
                return {"addresses": [str(ip) for ip in await tracer.resolve(host)]}
            case {"do": "check", "urls": [*urls]} if len(urls) <= MAX_URLS:
                checks = await asyncio.gather(*(tracer.check(str(url)) for url in urls))
                return {"checks": list(checks)}
            case {"do": "inventory"}:
                return inventory()
            case _:
                return {"error": "not understood"}
    except (NotAllowed, Vanished, Unreachable, ValueError) as error:
        return {"error": type(error).__name__}


def inventory() -> dict[str, object]:
    """Return what this process holds: variables, open files, imported packages, folder."""
    files = []
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 - links, not paths to walk
        with suppress(OSError):
            files.append(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
    return {
        "environment": sorted(os.environ),
        "files": sorted(files),
        "packages": sorted({name.partition(".")[0] for name in sys.modules}),
        "folder": os.getcwd(),  # noqa: PTH109
    }


async def serve(
    tracer: Tracer, door: socket.socket, *, ready: Callable[[], None] = lambda: None
) -> None:
    """Answer on a local socket until the process is told to stop."""

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ValueError, asyncio.IncompleteReadError):
            while line := await asyncio.wait_for(reader.readline(), IDLE_SECONDS):
                writer.write(json.dumps(await answer(tracer, line)).encode() + b"\n")
                await writer.drain()
        writer.close()

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError, RuntimeError):  # a test serves from a thread
            loop.add_signal_handler(number, stop.set)
    async with await asyncio.start_unix_server(hear, sock=door, limit=MAX_LINE):
        ready()
        await stop.wait()


def open_door(place: Path) -> socket.socket:
    """Return a local socket at a path, for its owner and group; one left behind is replaced."""
    if place.exists() and stat.S_ISSOCK(place.stat().st_mode):
        place.unlink()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(place))
    place.chmod(0o660)
    door.listen()  # whoever sees the socket may ask: the answer comes when the loop runs
    return door


def main(arguments: Iterable[str]) -> None:
    """Serve on the socket named; this process can write no file and leave no core."""
    (place,) = arguments
    door = open_door(Path(place))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asyncio.run(serve(Tracer(), door))


if __name__ == "__main__":
    main(sys.argv[1:])
