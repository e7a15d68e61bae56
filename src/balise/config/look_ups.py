"""Look-ups of partners' programs, answered without the pages' machinery.

A platform asks thousands of times a second, and the pages' machinery costs more than the answer.
What is exactly as it should be is answered here; all else goes on as if nothing had been here.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.http import parse_header_parameters

from balise.config.api import QUICK

LONGEST: Final = 1 << 16  # octets of a body that is read here
HEADERS: Final = [
    (b"content-type", b"application/json; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]
_THREADS: Final = 2  # a look-up never waits behind a page


class LookUps:
    """The answers to look-ups, in threads of their own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="look-ups")

    async def answer(
        self, scope: Mapping[str, Any], headers: Mapping[str, str], body: IO[bytes]
    ) -> bytes | None:
        """Return the answer to a look-up as JSON, None for what the pages answer themselves.

        `headers` are named as WSGI names them; `body` is at its beginning before and after.
        """
        door = QUICK.get(scope["path"])
        if door is None or not _is_plain(scope, headers):
            return None
        content = body.read(LONGEST + 1)
        body.seek(0)
        if len(content) > LONGEST:
            return None
        authorization = headers["HTTP_AUTHORIZATION"]
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, door.answer, authorization, content
        )


def _is_plain(scope: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    """Return whether it is a POST of JSON with a token to one of our hosts, and nothing else."""
    domain, _port = split_domain_port(headers.get("HTTP_HOST", ""))
    return (
        scope["method"] == "POST"
        and not scope["query_string"]
        and _type(headers.get("CONTENT_TYPE", "")) == "application/json"
        and bool(headers.get("HTTP_AUTHORIZATION"))
        and bool(domain)
        and validate_host(domain, settings.ALLOWED_HOSTS)
    )


def _type(told: str) -> str:
    """Return the type of a body without its parameters, as Django reads it; "" where it cannot."""
    try:
        return parse_header_parameters(told)[0]
    except ValueError:
        return ""
