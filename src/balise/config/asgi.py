"""Everything at one address: streams as they are, all else through WSGI.

Django's ASGI handler costs several times its WSGI handler (docs/measurements.md), so pages, forms
and the API keep to WSGI, in a few threads that each hold a database connection.
"""

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import close_old_connections, connection

from balise.config import wsgi
from balise.config.bodies import Body, BodyRefused, Limits, Receive, Rooms, length_of, longest, said
from balise.config.copies import Copies
from balise.config.first import SHORT, comes_first
from balise.config.look_ups import HEADERS, LookUps
from balise.config.modules import modules
from balise.config.server import READERS, THREADS, THREADS_ON_POSTGRESQL
from balise.config.urls import kept
from balise.foundation import giving_way
from balise.foundation.group_commit import company

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

type Scope = dict[str, Any]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]

_READ = frozenset({"GET", "HEAD", "OPTIONS"})
_PIECE: Final = 1 << 17  # octets of a file that are in memory for one reader
_FILE_READERS: Final = 2  # threads: a page never waits behind a large file
_BESIDE: Final = 4  # of so many threads, one more for what does not come first
_LONGEST_REST: Final = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that is the whole of an answer, to be read piece by piece (PEP 3333, file_wrapper)."""

    file: IO[bytes]
    size: int = _PIECE  # what WSGI proposes; ours is what is read


def split(
    *, streams: ASGIApplication, pages: ASGIApplication, prefixes: Sequence[str]
) -> ASGIApplication:
    """Return an application that gives the streams' paths to one and all others to the other."""
    open_paths = tuple(prefixes)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        is_stream = bool(open_paths) and scope["path"].startswith(open_paths)
        await (streams if is_stream else pages)(scope, receive, send)

    return application


def in_threads(
    application: "WSGIApplication",
    limits: Limits,
    *,
    threads: int = THREADS,
    look_ups: LookUps | None = None,
    comes_first: Callable[[str], bool] = lambda _path: True,
) -> ASGIApplication:
    """Return a WSGI application as an ASGI one, which runs so many writings at a time.

    Requests that only read have threads of their own: they go on while all others wait for a
    database that is locked. What does not come first has a few threads beside, whose writings
    begin after those of people (SQLite). What `look_ups` answers never reaches the application.
    """
    pool = partial(ThreadPoolExecutor, initializer=giving_way.give_way_here)
    writers = ThreadPoolExecutor(threads, thread_name_prefix="pages")
    readers = ThreadPoolExecutor(READERS, thread_name_prefix="reading")
    others = pool(max(1, threads // _BESIDE), thread_name_prefix="others")
    other_readers = pool(READERS, thread_name_prefix="others-reading")
    files = ThreadPoolExecutor(_FILE_READERS, thread_name_prefix="files")
    company.at_once = threads
    rooms = Rooms(limits)

    async def read(
        scope: Scope, headers: dict[str, str], receive: Receive, *, is_first: bool
    ) -> Body:
        length = length_of(headers.get)
        is_large = length > limits.plain
        if is_large:
            most = await asyncio.get_running_loop().run_in_executor(
                readers if is_first else other_readers,
                _longest,
                scope["path"],
                headers.get("HTTP_COOKIE", ""),
            )
            if length > most:
                raise BodyRefused(HTTPStatus.CONTENT_TOO_LARGE)
        return await rooms.read(receive, length, is_large=is_large, comes_first=is_first)

    async def pages(scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        is_first = comes_first(scope["path"])
        try:
            body = await read(scope, headers, receive, is_first=is_first)
        except BodyRefused as refused:
            cookies = headers.get("HTTP_COOKIE", "")
            status, told, words = said(refused.status, path=scope["path"], cookies=cookies)
            encoded = [(name.encode(), value.encode()) for name, value in told.items()]
            await _answer(send, status.value, encoded, words)
            return
        reads = scope["method"] in _READ
        try:
            if look_ups and (found := await look_ups.answer(scope, headers, body.content)):
                length = (b"content-length", str(len(found)).encode())
                await _answer(send, HTTPStatus.OK, [*HEADERS, length], found)
                return
            with company if is_first and not reads else nullcontext():
                first, other = (readers, other_readers) if reads else (writers, others)
                answered = await asyncio.get_running_loop().run_in_executor(
                    first if is_first else other,
                    _run if is_first or reads else _run_beside,
                    application,
                    _environ(scope, headers, body.content),
                )
        finally:
            body.leave()
        code, pairs, content = answered
        if isinstance(content, Leaving):
            await _give(send, code, pairs, content, files, whole=scope["method"] != "HEAD")
        else:
            await _answer(send, code, pairs, content)

    return pages


def _longest(path: str, cookies: str) -> int:
    close_old_connections()
    return longest(path, cookies)


def _run(
    application: "WSGIApplication", environ: dict[str, Any]
) -> tuple[int, list[tuple[bytes, bytes]], bytes | Leaving]:
    status = 500
    headers: list[tuple[bytes, bytes]] = []

    def start_response(line: str, pairs: list[tuple[str, str]], _error: object = None) -> Any:
        nonlocal status, headers
        status = int(line[:3])
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]

    content: Iterable[bytes] | Leaving = application(environ, start_response)
    if isinstance(content, Leaving):
        return status, headers, content
    try:
        return status, headers, b"".join(content)
    finally:
        close = getattr(content, "close", None)
        if close is not None:
            close()


_rests = threading.local()


def _run_beside(
    application: "WSGIApplication", environ: dict[str, Any]
) -> tuple[int, list[tuple[bytes, bytes]], bytes | Leaving]:
    """Run what does not come first: its thread rests for as long as it last worked."""
    time.sleep(max(0.0, getattr(_rests, "until", 0.0) - time.monotonic()))
    began = time.monotonic()
    try:
        return _run(application, environ)
    finally:
        ended = time.monotonic()
        _rests.until = ended + min(ended - began, _LONGEST_REST)


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _give(
    send: Send,
    status: int,
    headers: list[tuple[bytes, bytes]],
    content: Leaving,
    threads: ThreadPoolExecutor,
    *,
    whole: bool,
) -> None:
    """Send a file as fast as its reader takes it: the next piece is read once the last has left."""
    loop = asyncio.get_running_loop()
    try:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        while whole and (piece := await loop.run_in_executor(threads, content.file.read, _PIECE)):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        await loop.run_in_executor(threads, content.file.close)


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers as WSGI names them; several of one name are joined, as HTTP joins them."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if b"_" in name:
            continue  # X_Forwarded_For would pass for X-Forwarded-For
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
            key = f"HTTP_{key}"
        said = value.decode("latin-1")
        if key in found:
            said = f"{found[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{said}"
        found[key] = said
    return found


def _environ(scope: Scope, headers: dict[str, str], body: IO[bytes]) -> dict[str, Any]:
    """Return the WSGI environment of a request (PEP 3333)."""
    server = scope.get("server") or ("localhost", None)
    client = scope.get("client") or ("", 0)
    path = unquote_to_bytes(scope.get("raw_path") or b"") or scope["path"].encode()
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.file_wrapper": Leaving,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


pages = in_threads(
    wsgi.application,
    Limits(
        plain=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        with_files=settings.BODY_MAX_BYTES,
        plain_in_all=settings.BODIES_IN_ALL,
        files_in_all=settings.BODY_MAX_BYTES,
        short=SHORT,
        first_in_all=settings.BODIES_IN_ALL,
    ),
    threads=THREADS_ON_POSTGRESQL if connection.vendor == "postgresql" else THREADS,
    look_ups=LookUps() if "api" in settings.DOORS else None,
    comes_first=comes_first,
)
application: ASGIApplication = Copies(pages, kept()) if "public" in settings.DOORS else pages
# The paths whose answers stay open, of the doors that are mounted.
STREAMS: list[str] = []
for _name in [name for name, module in modules().items() if module.streams]:
    serving = import_module(f"{_name}.streams.serving")
    _paths = [path for door, path in serving.PATHS.items() if door in settings.DOORS]
    application = split(streams=serving.application, pages=application, prefixes=_paths)
    STREAMS += _paths
