"""Everything at one address: streams as they are, all else through WSGI.

Django's ASGI handler costs several times its WSGI handler (docs/measurements.md), so pages, forms
and the API keep to WSGI, in a few threads that each hold a database connection.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import connection

from balise.config import wsgi
from balise.config.bodies import Limits, said
from balise.config.server import THREADS, THREADS_ON_POSTGRESQL
from balise.foundation.group_commit import company
from balise.helpline.conversations.streams import serving

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]

# The paths whose answers stay open, of the doors that are mounted.
STREAMS = tuple(path for door, path in serving.PATHS.items() if door in settings.DOORS)


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
    application: "WSGIApplication", limits: Limits, *, threads: int = THREADS
) -> ASGIApplication:
    """Return a WSGI application as an ASGI one, which runs so many requests at a time."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")
    company.at_once = threads

    async def pages(scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        refusal = limits.refusal(headers.get)
        if refusal is not None:
            cookies = headers.get("HTTP_COOKIE", "")
            refused, told, words = said(refusal, path=scope["path"], cookies=cookies)
            encoded = [(name.encode(), value.encode()) for name, value in told.items()]
            await _answer(send, refused.value, encoded, words)
            return
        body = b""
        if headers.get("CONTENT_LENGTH", "0") != "0":
            body = await _body(receive)  # no longer than it said: HTTP/1 sees to that
        environ = _environ(scope, headers, body)
        loop = asyncio.get_running_loop()
        with company:
            status, answer_headers, content = await loop.run_in_executor(
                pool, _run, application, environ
            )
        await _answer(send, status, answer_headers, content)

    return pages


def _run(
    application: "WSGIApplication", environ: dict[str, Any]
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    status = 500
    headers: list[tuple[bytes, bytes]] = []

    def start_response(line: str, pairs: list[tuple[str, str]], _error: object = None) -> Any:
        nonlocal status, headers
        status = int(line[:3])
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]

    content: Iterable[bytes] = application(environ, start_response)
    try:
        return status, headers, b"".join(content)
    finally:
        close = getattr(content, "close", None)
        if close is not None:
            close()


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


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


def _environ(scope: Scope, headers: dict[str, str], body: bytes) -> dict[str, Any]:
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
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


application = split(
    streams=serving.application,
    pages=in_threads(
        wsgi.application,
        wsgi.limits,
        threads=THREADS_ON_POSTGRESQL if connection.vendor == "postgresql" else THREADS,
    ),
    prefixes=STREAMS,
)
