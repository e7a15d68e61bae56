"""Look-ups of partners' programs, answered before Django is asked.

A platform asks thousands of times a second, and the pages' machinery costs more than the answer.
What is exactly as it should be is answered here; all else goes on as if nothing had been here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from balise.hotline.matching.banks.web import quick

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Pages = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST: Final = 1 << 16  # octets of a body that is read here
_THREADS: Final = 2
_HEADERS: Final = [
    (b"content-type", b"application/json; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


class LookUps:
    """The pages, with the answers to look-ups before them."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="look-ups")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a look-up, or as the pages do."""
        authorization = _authorization(scope) if scope["path"] == quick.PATH else ""
        if not authorization:
            await self._pages(scope, receive, send)
            return
        first = await receive()
        body = first.get("body", b"")
        if not first.get("more_body") and body:
            answer = await asyncio.get_running_loop().run_in_executor(
                self._threads, quick.answer, authorization, body
            )
            if answer is not None:
                headers = [*_HEADERS, (b"content-length", str(len(answer)).encode())]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
                await send({"type": "http.response.body", "body": answer})
                return
        await self._pages(scope, _again(first, receive), send)


def _authorization(scope: Scope) -> str:
    """Return the token's header of a plain POST of JSON to one of our hosts, "" for any other."""
    if scope["method"] != "POST" or scope["query_string"]:
        return ""
    found = dict(scope["headers"])
    domain, _port = split_domain_port(found.get(b"host", b"").decode("latin-1"))
    length = found.get(b"content-length", b"")
    is_ours = (
        found.get(b"content-type") == b"application/json"
        and length.isdigit()
        and int(length) <= LONGEST
        and bool(domain)
        and validate_host(domain, settings.ALLOWED_HOSTS)
    )
    return found.get(b"authorization", b"").decode("latin-1") if is_ours else ""


def _again(first: dict[str, Any], receive: Receive) -> Receive:
    """Return what receives the message that was read already, then what follows."""
    kept = [first]

    async def received() -> dict[str, Any]:
        return kept.pop() if kept else await receive()

    return received
