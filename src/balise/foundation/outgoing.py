"""One HTTP request to a server that is not ours, whose answer is not trusted.

The whole exchange ends within a time; the answer is read as it comes, and given up once it is
longer than allowed, compressed or not. TLS is checked, no redirect is followed, and no proxy of the
environment is used.
"""

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    import httpx

LONGEST = 65_536  # bytes of an answer, where the caller sets no other limit
# A compressed answer may grow so many times. Text grows ten times; zeros, a thousand.
MOST_GROWTH = 100
_GROWS_FREELY = 4_096  # bytes of the answer within which the growth is not looked at
_CONNECT = 5.0  # seconds
_HEADERS = {"Accept-Encoding": "identity"}
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class NoAnswer(RuntimeError):
    """There was no answer that could be used. The message is a code, without any address.

    `was_sent` is False where the request certainly never left.
    """

    def __init__(self, code: str, *, was_sent: bool = True) -> None:
        self.was_sent = was_sent
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, its body, decompressed, and where it leads (Location)."""

    status: int
    body: bytes = b""
    location: str = ""

    @property
    def is_success(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> object:
        """Return the JSON that the body holds, None for an empty body; ValueError for the rest."""
        return orjson.loads(self.body) if self.body else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of an exchange: seconds in all and to connect, bytes of the answer.

    `longest` 0 reads the status alone.
    """

    seconds: float
    connect: float = _CONNECT
    longest: int = LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the server is reached: the name in its certificate, whom to trust, who we are.

    `server_name` is for an address that names an IP address. `tls` None trusts the system's
    authorities.
    """

    server_name: str = ""
    tls: ssl.SSLContext | None = None
    user: tuple[str, str] | None = None


def request(
    method: str,
    url: str,
    *,
    bounds: Bounds,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    line: Line | None = None,
) -> Answer:
    """Return a server's answer, whatever its status; raise NoAnswer.

    Not for a thread that runs an event loop.
    """
    import httpx  # noqa: PLC0415 - a tenth of a second of each process that asks nobody

    asked = _asked(method, url, bounds, body, {**_HEADERS, **(headers or {})}, line or Line())
    try:
        return asyncio.run(asked)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NoAnswer(type(error).__name__, was_sent=False) from None
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
        # The library's words may hold the address, and that a token.
        raise NoAnswer(type(error).__name__) from None


@cache
def _trusting(_paths: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """Return what trusts the machine's certificates; to read them takes longer than an answer."""
    return ssl.create_default_context()


async def _asked(
    method: str, url: str, bounds: Bounds, body: bytes, headers: Mapping[str, str], line: Line
) -> Answer:
    import httpx  # noqa: PLC0415 - as above

    named = {"sni_hostname": line.server_name} if line.server_name else {}
    async with (
        # The library's own limits are for each step: a server that drips would never end.
        asyncio.timeout(bounds.seconds),
        httpx.AsyncClient(
            timeout=httpx.Timeout(bounds.seconds, connect=bounds.connect),
            follow_redirects=False,
            trust_env=False,
            verify=line.tls or _trusting(ssl.get_default_verify_paths()),
            auth=line.user,
        ) as client,
        client.stream(
            method, url, content=body or None, headers=dict(headers), extensions=named
        ) as answer,
    ):
        content = await _read(answer, bounds.longest) if bounds.longest else b""
        return Answer(answer.status_code, content, answer.headers.get("Location", ""))


async def _read(answer: "httpx.Response", longest: int) -> bytes:
    opened = _Opened(answer.headers.get("Content-Encoding", ""), longest)
    async for piece in answer.aiter_raw():
        opened.add(piece)
    return opened.whole()


class _Opened:
    """A body, decompressed as it comes, within its bounds."""

    def __init__(self, encoding: str, longest: int) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", *_WINDOWS}:
            raise NoAnswer("encoding-unknown")
        self._zlib = zlib.decompressobj(_WINDOWS[name]) if name in _WINDOWS else None
        self._longest, self._came, self._body = longest, 0, bytearray()

    def add(self, piece: bytes) -> None:
        self._came += len(piece)
        if self._came > self._longest:
            raise NoAnswer("too-long")
        room = self._longest - len(self._body) + 1
        try:
            self._body += self._zlib.decompress(piece, room) if self._zlib else piece
        except zlib.error:
            raise NoAnswer("not-compressed-as-said") from None
        if len(self._body) > self._longest:
            raise NoAnswer("too-long")
        if len(self._body) > max(_GROWS_FREELY, self._came * MOST_GROWTH):
            raise NoAnswer("grows-too-much")

    def whole(self) -> bytes:
        if self._zlib and self._came and not self._zlib.eof:
            raise NoAnswer("cut-short")
        return bytes(self._body)
